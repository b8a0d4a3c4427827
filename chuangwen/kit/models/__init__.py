from .audit import AuditEntry
from .outbox import OutboxRow

__all__ = ["AuditEntry", "OutboxRow"]
