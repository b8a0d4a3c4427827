from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("chuangwen.orgs.urls")),
    path("", include("chuangwen.orgs.account_urls")),
    path("plans/", include("chuangwen.plans.urls")),
    path("progress/", include("chuangwen.progress.urls")),
    path("standards/", include("chuangwen.standards.urls")),
    path("points/", include("chuangwen.points.urls")),
    path("assessments/", include("chuangwen.assessments.urls")),
    path("registers/", include("chuangwen.registers.urls")),
    path("desk/", include("chuangwen.desk.urls")),
    path("jobs/", include("chuangwen.jobs.urls")),
    path("kit/", include("chuangwen.kit.urls")),
    path("api/v1/", include("chuangwen.api.urls")),
]

handler400 = "chuangwen.kit.http.bad_request"
handler403 = "chuangwen.kit.http.permission_denied"
handler404 = "chuangwen.kit.http.not_found"
handler500 = "chuangwen.kit.http.server_error"
