from django.urls import path

from .views import pages

app_name = "progress"

urlpatterns = [
    path("", pages.followings, name="list"),
]
