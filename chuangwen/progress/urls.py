from django.urls import path

from .views import exports, indicator, overview, unit

app_name = "progress"

_plan = "<int:plan_id>/"
_unit = _plan + "units/<int:unit_id>/"

urlpatterns = [
    path("", overview.followings, name="list"),
    # how a plan stands
    path(_plan, overview.overview, name="overview"),
    path(_plan + "judgement/", overview.judgement, name="judgement"),
    path(_plan + "leader/", overview.leader, name="leader"),
    path(_plan + "indicators/", overview.indicators, name="indicators"),
    path(_plan + "indicators/<str:key>/", indicator.indicator, name="indicator"),
    path(_unit, unit.unit, name="unit"),
    path(_unit + "monthly.xlsx", exports.monthly, name="monthly"),
    path(_plan + "ledger.xlsx", exports.ledger, name="ledger"),
    path(_plan + "values.csv", exports.values, name="values"),
]
