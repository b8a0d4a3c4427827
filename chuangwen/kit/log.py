"""Logs without secrets: what every handler writes, and what a report of an error may hold."""

import logging
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from .masking import redacted

_PLAIN = logging.Formatter()


class WithoutSecrets(logging.Filter):
    """Redacts message, traceback and stack of each record; stands on every handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit: they may be what must not be shown
            message = str(record.msg)
        record.msg, record.args = redacted(message), None
        if record.exc_info and record.exc_info[0]:
            record.exc_text = _PLAIN.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return True


class NothingPersonal(SafeExceptionReporterFilter):
    """A report of an error in production names variables and form fields, and shows the value of none."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        if not self.is_active(request):
            return dict(request.POST)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        if not self.is_active(request):
            return dict(super().get_traceback_frame_variables(request, tb_frame)).items()
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
