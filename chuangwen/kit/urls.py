from django.urls import path

from . import views

app_name = "kit"
urlpatterns = [path("", views.components, name="components")]
