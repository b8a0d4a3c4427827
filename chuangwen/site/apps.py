from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "chuangwen.site"
    label = "site"
