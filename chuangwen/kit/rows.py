"""Every row of the database as lines of JSON, alike on SQLite and PostgreSQL: for backup and restore.

What is encrypted stays encrypted. Left out are sessions, which would open doors, and the cache.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Cast
from django.utils.duration import duration_string

from .vault import EncryptedText

LEFT_OUT = {"sessions", "usersessions"}
BATCH = 500


def tables() -> list[type[models.Model]]:
    """Models whose rows are kept, in the order of their labels."""
    every = apps.get_models(include_auto_created=True)
    kept = [model for model in every if _is_kept(model)]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def _is_kept(model: type[models.Model]) -> bool:
    meta = model._meta
    return meta.managed and not meta.proxy and not meta.swapped and meta.app_label not in LEFT_OUT


def migrations() -> list[str]:
    """What was applied to this database, such as "orgs.0001_initial"; empty for one without tables."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment; on SQLite writers go on meanwhile."""
    if connection.vendor == "sqlite":
        reader: Any = connections[DEFAULT_DB_ALIAS]
        reader.ensure_connection()
        mode = reader.transaction_mode
        reader.transaction_mode = "DEFERRED"  # it takes no lock
        try:
            with transaction.atomic():
                yield
        finally:
            reader.transaction_mode = mode
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write_rows(model: type[models.Model], file: IO[bytes]) -> int:
    """One line for each row, an object of columns; returns how many."""
    fields = _columns(model)
    names = [field.column for field in fields]
    stored = {
        f"stored_{field.name}": Cast(field.name, models.TextField()) for field in fields if _sealed(field)
    }
    wanted = [f"stored_{field.name}" if _sealed(field) else field.attname for field in fields]
    rows = model._base_manager.order_by("pk").annotate(**stored).values_list(*wanted)
    count = 0
    for row in rows.iterator(chunk_size=BATCH):
        line = json.dumps(dict(zip(names, row, strict=True)), default=_plain, ensure_ascii=False)
        file.write(line.encode() + b"\n")
        count += 1
    return count


def read_rows(model: type[models.Model], lines: Iterable[bytes]) -> None:
    """Insert what `write_rows` wrote, as it is: no default, no signal, nothing encrypted anew."""
    fields = _columns(model)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 (names of our own tables)
    rows = (
        [_stored(field, json_row[field.column]) for field in fields] for json_row in map(json.loads, lines)
    )
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)


def remove_rows(models_with_rows: Iterable[type[models.Model]]) -> None:
    """What `migrate` puts into a new database."""
    with connection.cursor() as cursor:
        for model in models_with_rows:
            if model._base_manager.exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def go_on_counting(kept: Iterable[type[models.Model]]) -> None:
    """The next row gets the number after the highest that was read."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept)):
            cursor.execute(statement)


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _sealed(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, EncryptedText)


def _stored(field: Any, value: Any) -> Any:
    if value is None or _sealed(field):
        return value
    return field.get_db_prep_save(field.to_python(value), connection)


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(type(value))
