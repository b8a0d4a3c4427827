from django.urls import path

from . import views

app_name = "orgs"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("profile/", views.profile, name="profile"),
    path("change-password/", views.change_password, name="change_password"),
    path("choose-seat/", views.choose_seat, name="choose_seat"),
    path("choose-language/", views.choose_language, name="choose_language"),
    path("log-ins/", views.log_ins, name="log_ins"),
    path("log-ins/<int:log_in_id>/end", views.end_log_in, name="end_log_in"),
    path("invitation/", views.invitation, name="invitation"),
    path("invitation/<str:token>/", views.open_invitation, name="open_invitation"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:person_id>/invite", views.invite, name="invite"),
    path(
        "accounts/<int:person_id>/remove-second-factor",
        views.remove_second_factor,
        name="remove_second_factor",
    ),
    path("accounts/lockouts/<int:lockout_id>/unlock", views.unlock, name="unlock"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/make", views.make_token, name="make_token"),
    path("tokens/<int:token_id>/revoke", views.revoke_token, name="revoke_token"),
    path("people/<int:person_id>/reveal", views.reveal, name="reveal"),
    path("profile/phone", views.change_phone, name="change_phone"),
    path("units/", views.units, name="units"),
    path("units/<int:unit_id>/", views.unit, name="unit"),
    path("units/<int:unit_id>/add-unit", views.add_unit, name="add_unit"),
    path("units/<int:unit_id>/add-name", views.add_name, name="add_name"),
    path("units/<int:unit_id>/remove-name/<int:name_id>", views.remove_name, name="remove_name"),
    path("units/<int:unit_id>/rename", views.rename_unit, name="rename_unit"),
    path("units/<int:unit_id>/close", views.close_unit, name="close_unit"),
    path("groups/", views.groups, name="groups"),
    path("groups/add", views.add_group, name="add_group"),
    path("groups/<int:group_id>/change", views.change_group, name="change_group"),
]
