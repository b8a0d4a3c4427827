from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "chuangwen.orgs"
    label = "orgs"
