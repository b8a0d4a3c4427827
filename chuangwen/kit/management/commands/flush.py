from typing import Any

from django.core.management.commands import flush
from django.db import connections

from chuangwen.kit import audit_chain, audit_triggers


class Command(flush.Command):
    """Django's own, which the triggers of the audit would refuse.

    Where the numbers begin anew, the head file of the chain goes as well.
    """

    def handle(self, **options: Any) -> None:
        with audit_triggers.lifted(connections[options["database"]]):
            super().handle(**options)
        if options.get("reset_sequences", True):
            audit_chain.forget_head()
