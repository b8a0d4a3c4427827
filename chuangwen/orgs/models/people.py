"""People with accounts."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.vault import BlindIndex, EncryptedText


class Person(AbstractBaseUser):
    """Somebody with an account. What a person may do comes from seats, not from the account."""

    username = models.CharField(_("account"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=64)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(_("language"), max_length=16, choices=settings.LANGUAGES, default="zh-hans")
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # The unit that keeps the account; None for an account that a command opened.
    home = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    phone = EncryptedText(_("phone"), blank=True, default="")
    phone_index = BlindIndex(of="phone")
    id_number = EncryptedText(_("identity number"), blank=True, default="")
    id_number_index = BlindIndex(of="id_number")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager["Person"]()

    def __str__(self) -> str:
        return self.name
