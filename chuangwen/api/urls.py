from . import assessments, plans, points, progress, registers, results, standards, units
from .frame import new_api, urls_of

api = new_api()
api.add_router("", units.router)
api.add_router("", plans.router)
api.add_router("", progress.reading)
api.add_router("", progress.writing)
api.add_router("", registers.router)
api.add_router("", points.router)
api.add_router("", assessments.reading)
api.add_router("", assessments.writing)
api.add_router("", results.reading)
api.add_router("", standards.router)

app_name = "api"
urlpatterns = urls_of(api)
