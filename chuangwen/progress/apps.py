from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "chuangwen.progress"
    label = "progress"

    def ready(self) -> None:
        from chuangwen.desk import registry
        from chuangwen.kit import audit, http, menu, outbox, papers, slots, sources
        from chuangwen.orgs import scopes, token_scopes

        from . import desk_kinds, jobs, wording
        from .access import SCOPES, UNIT_SCOPES, UNITS, has_reports, sees_progress, sees_reports
        from .queries.papers import papers_of
        from .views import panels

        scopes.declare("progress", SCOPES, title=_("Progress"))
        scopes.declare(UNITS, UNIT_SCOPES, title=_("Reports and values of single units"))
        token_scopes.add(
            {"progress:read": _("Read progress, values and reports"), "progress:write": _("Fill in reports")}
        )
        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSALS)
        for kind in desk_kinds.KINDS:
            registry.register(kind)
        slots.fill("plans.overview", panels.plan_panel)
        slots.fill("plans.task", panels.task_panel)
        slots.fill("plans.indicator", panels.indicator_panel)
        slots.fill("orgs.unit", panels.unit_panel)
        papers.register(papers_of)
        outbox.subscribe("plans.confirmed", jobs.follow_plan)
        outbox.subscribe(sources.CHANGED, jobs.recompute_source)
        menu.add(
            menu.Entry(
                part="mine",
                title=_("Reports of my unit"),
                url="progress:my_reports",
                lit=("progress:my_reports", "progress:report"),
                shown=has_reports,
            ),
            menu.Entry(
                part="mine",
                title=_("Look over the reports"),
                url="progress:reviews",
                lit=("progress:review",),
                shown=sees_reports,
                badge="progress:review_count",
            ),
            menu.Entry(
                part="plans",
                title=_("Progress"),
                url="progress:list",
                lit=("progress:",),
                shown=sees_progress,
            ),
        )
