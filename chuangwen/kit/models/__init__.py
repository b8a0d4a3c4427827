from .audit import AuditEntry, AuditSeal, AuditTombstone, PersonKey
from .outbox import OutboxRow

__all__ = ["AuditEntry", "AuditSeal", "AuditTombstone", "OutboxRow", "PersonKey"]
