from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "chuangwen.jobs"
    label = "jobs"

    def ready(self) -> None:
        from chuangwen.kit import menu

        from .views import keeps_jobs

        menu.add(
            menu.Entry(part="settings", title=_("Jobs"), url="jobs:jobs", lit=("jobs:",), shown=keeps_jobs)
        )
