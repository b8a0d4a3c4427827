"""The database itself refuses to change or delete what the audit holds, whoever asks.

Only what a tombstone covers may be deleted (see `audit_purge`). The triggers are put in place after every
migration, because SQLite drops them when a table is made anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("kit_auditentry", "kit_auditseal", "kit_audittombstone")
REFUSED = "Rows of the audit are never changed or deleted."
COVERED = {
    "kit_auditentry": "EXISTS (SELECT 1 FROM kit_auditseal s JOIN kit_audittombstone t ON s.number <= t.last"
    " WHERE s.entry_id = OLD.id)",
    "kit_auditseal": "EXISTS (SELECT 1 FROM kit_audittombstone t WHERE OLD.number <= t.last)",
    "kit_audittombstone": "1 = 0",
}


def put(connection: BaseDatabaseWrapper) -> None:
    """Nothing happens where the triggers are in place, or the tables are not there yet."""
    if set(TABLES) <= set(connection.introspection.table_names()):
        _run(connection, _on_sqlite if connection.vendor == "sqlite" else _on_postgresql)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction without triggers, for a database that is emptied as a whole. Others never see it so."""
    with transaction.atomic(using=connection.alias):
        _run(connection, _dropped_on_sqlite if connection.vendor == "sqlite" else _dropped_on_postgresql)
        yield
        put(connection)


def _run(connection: BaseDatabaseWrapper, statements: Callable[[str], list[str]]) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in statements(table):
                cursor.execute(statement)


def _on_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}"
        f" WHEN NOT ({COVERED[table]}) {refuse}",
    ]


def _dropped_on_sqlite(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_{event}" for event in ("no_update", "no_delete")]


def _on_postgresql(table: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSED}'; RETURN NULL;"
    body = {
        "no_update": f"BEGIN {refuse} END",
        "no_delete": f"BEGIN IF {COVERED[table]} THEN RETURN OLD; END IF; {refuse} END",
    }
    events = {"no_update": "UPDATE", "no_delete": "DELETE"}
    statements = _dropped_on_postgresql(table)
    for name, event in events.items():
        made = f"{table}_{name}"
        statements += [
            f"CREATE OR REPLACE FUNCTION {made}() RETURNS trigger LANGUAGE plpgsql AS $${body[name]}$$",
            f"CREATE TRIGGER {made} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {made}()",
        ]
    truncate = f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
    return [*statements, f"{truncate} EXECUTE FUNCTION {table}_no_update()"]


def _dropped_on_postgresql(table: str) -> list[str]:
    events = ("no_update", "no_delete", "no_truncate")
    return [f"DROP TRIGGER IF EXISTS {table}_{event} ON {table}" for event in events]
