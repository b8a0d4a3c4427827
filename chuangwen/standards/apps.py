from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"
