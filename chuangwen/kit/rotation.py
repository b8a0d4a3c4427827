"""A new key for everything that is encrypted: in small steps, each whole, taken up again where it stopped."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from . import vault
from .vault import BlindIndex, EncryptedText

BATCH = 200


@dataclass(frozen=True)
class Column:
    """One encrypted field with its index, if it has one."""

    model: type[models.Model]
    field: EncryptedText
    index: str | None

    def rows(self) -> models.QuerySet[models.Model]:
        """All rows with a text, each with the stored form as `stored`."""
        rows = self.model._base_manager.annotate(stored=Cast(self.field.name, models.TextField()))
        return rows.exclude(stored="").exclude(stored=None)

    def behind(self, number: int) -> models.QuerySet[models.Model]:
        """Rows that are not yet under the key `number`."""
        old = ~models.Q(stored__startswith=f"v{number}:")
        if self.index:
            old |= ~models.Q(**{f"{self.index}__startswith": f"v{number}:"})
        return self.rows().filter(old)


def columns() -> Iterator[Column]:
    for model in apps.get_models(include_auto_created=True):
        indexes = {field.of: field.name for field in model._meta.fields if isinstance(field, BlindIndex)}
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedText):
                yield Column(model, field, indexes.get(field.name))


def rotate() -> int:
    """Encrypt all of it under a new key, then retire the others; returns how many texts were written.

    Run again after an interruption it goes on with the key it had begun. Raises KeyMissing.
    """
    numbers = vault.key_numbers()
    if len(numbers) == 1:
        vault.add_key(numbers[-1] + 1)
    newest = vault.key_numbers()[-1]
    written = sum(_renew(column, newest) for column in columns())
    for number in vault.key_numbers()[:-1]:
        vault.retire_key(number)
    return written


def _renew(column: Column, newest: int) -> int:
    """Nobody's change in between is overwritten: a row that changed meanwhile is looked at again."""
    written = 0
    while batch := list(column.behind(newest).values_list("pk", "stored")[:BATCH]):
        with transaction.atomic():
            for pk, stored in batch:
                plain = vault.decrypt(stored, column.field.context())
                values = {column.field.name: plain}
                if column.index:
                    values[column.index] = vault.blind_index(plain)
                written += column.rows().filter(pk=pk, stored=stored).update(**values)
    return written
