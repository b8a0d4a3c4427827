"""Reminders, and what of them reaches a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.vault import EncryptedText

from ..rules.notices import Channel, HookKind, NoticeState, Step
from .todos import Todo

STEPS = {
    Step.ASKED: _("new"),
    Step.BEFORE: _("due in one working day"),
    Step.DUE: _("is due"),
    Step.OVERDUE: _("is overdue"),
    Step.REFUSED: _("was not let through"),
}
CHANNELS = {Channel.IN_APP: _("here"), Channel.MAIL: _("mail"), Channel.WEBHOOK: _("webhook")}
NOTICE_STATES = {
    NoticeState.WAITING: _("waiting"),
    NoticeState.SENDING: _("being sent"),
    NoticeState.SENT: _("sent"),
    NoticeState.FAILED: _("not delivered"),
    NoticeState.UNCERTAIN: _("uncertain whether it arrived"),
}
HOOK_KINDS = {HookKind.PLAIN: _("plain"), HookKind.DINGTALK: _("DingTalk"), HookKind.WECOM: _("WeCom")}


class NoticeWish(models.Model):
    """What reaches a person; without a row what is here and mail does."""

    person = models.OneToOneField("orgs.Person", models.CASCADE, related_name="+")
    in_app = models.BooleanField(_("here"), default=True)
    mail = models.BooleanField(_("mail"), default=True)
    hook_kind = models.CharField(_("kind of webhook"), max_length=12, choices=HOOK_KINDS, default="plain")
    hook_url = EncryptedText(_("address of the webhook"), blank=True, default="")
    hook_secret = EncryptedText(_("secret of the webhook"), blank=True, default="")

    def __str__(self) -> str:
        return str(self.person)


class Notice(models.Model):
    """One reminder to one person by one channel. What is sent was claimed before, under `claim`."""

    person = models.ForeignKey("orgs.Person", models.CASCADE, related_name="+")
    todo = models.ForeignKey(Todo, models.CASCADE, related_name="+")
    step = models.CharField(max_length=12, choices=STEPS)
    channel = models.CharField(max_length=12, choices=CHANNELS)
    state = models.CharField(max_length=12, choices=NOTICE_STATES, default="waiting")
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["person", "todo", "step", "channel"], name="notice_once"),
        )
        indexes = (
            models.Index(fields=["state", "try_at"], name="notice_waiting"),
            models.Index(fields=["person", "channel", "-id"], name="notice_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.todo_id} {self.step} {self.channel}"
