from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("chuangwen.orgs.urls")),
    path("plans/", include("chuangwen.plans.urls")),
    path("kit/", include("chuangwen.kit.urls")),
    path("favicon.ico", login_not_required(RedirectView.as_view(url=static("kit/favicon.ico")))),
]

handler400 = "chuangwen.kit.http.bad_request"
handler403 = "chuangwen.kit.http.permission_denied"
handler404 = "chuangwen.kit.http.not_found"
handler500 = "chuangwen.kit.http.server_error"
