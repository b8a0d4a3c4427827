from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "chuangwen.kit"
    label = "kit"
