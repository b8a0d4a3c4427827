"""Phone and identity numbers: changed, shown, and searched. Neither stands in the audit."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit

from ..actors import Actor
from ..models import Person
from ..personal_access import reachable_person
from ..rules.personal import plain_id_number, plain_phone


@dataclass(frozen=True)
class Personal:
    """Unmasked; "" is not known."""

    phone: str
    id_number: str


@transaction.atomic
def change_personal(
    *, actor: Actor, person_id: int, phone: str | None = None, id_number: str | None = None, today: date
) -> Person:
    """None leaves a number as it is, "" removes it. Raises Hidden; BadInput for what is no such number."""
    person = reachable_person(actor, person_id, today)
    changed = []
    if phone is not None:
        person.phone = _checked("orgs.no_phone", phone, plain_phone(phone))
        changed += ["phone", "phone_index"]
    if id_number is not None:
        person.id_number = _checked("orgs.no_id_number", id_number, plain_id_number(id_number))
        changed += ["id_number", "id_number_index"]
    person.save(update_fields=changed)
    audit.record(actor, "orgs.personal_changed", person, fields=changed[::2])
    return person


@transaction.atomic
def reveal_personal(*, actor: Actor, person_id: int, today: date) -> tuple[Person, Personal]:
    """The numbers unmasked; that they were shown, to whom and when, is recorded. Raises Hidden."""
    person = reachable_person(actor, person_id, today)
    audit.record(actor, "orgs.phone_shown", person)
    return person, Personal(person.phone, person.id_number)


def _checked(code: str, typed: str, plain: str | None) -> str:
    if plain is None and typed.strip():
        raise BadInput(code)
    return plain or ""
