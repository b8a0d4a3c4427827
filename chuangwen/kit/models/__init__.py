from .audit import AuditEntry, AuditSeal, AuditTombstone, PersonKey
from .outbox import OutboxRow
from .timetable import JobSlot

__all__ = ["AuditEntry", "AuditSeal", "AuditTombstone", "JobSlot", "OutboxRow", "PersonKey"]
