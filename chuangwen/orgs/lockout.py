"""Wrong tries at the door, counted for all processes together: 5 in 15 minutes, 30 from one address.

Measure of GB/T 22239-2019 (8.1.4.1 b): failed log-ins are limited.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from chuangwen.kit import audit
from chuangwen.kit.throttle import Throttle

from .actors import Actor
from .models import Lockout, Person

SECONDS = 15 * 60
BY_ACCOUNT_AND_ADDRESS = Throttle("sign-in", tries=5, seconds=SECONDS)
BY_ADDRESS = Throttle("sign-in-address", tries=30, seconds=SECONDS)
BY_CODE = Throttle("sign-in-code", tries=5, seconds=SECONDS)


@dataclass(frozen=True)
class Try:
    """One try that was let through, to be taken back if it succeeds."""

    pair: str
    slot: str

    def succeeded(self) -> None:
        BY_ACCOUNT_AND_ADDRESS.forget(self.pair)
        BY_ADDRESS.give_back(self.slot)


def try_password(username: str, address: str, now: datetime) -> Try | None:
    """Counts a try before the password is looked at; None if the door is closed."""
    slot = BY_ADDRESS.take(address)
    if not slot:
        _close(None, address, now)
        return None
    pair = _pair(username, address)
    if not BY_ACCOUNT_AND_ADDRESS.take(pair):
        if person := Person.objects.filter(username=username).first():
            _close(person, address, now)
        return None
    return Try(pair, slot)


def try_code(person: Person, address: str, now: datetime) -> bool:
    """Counts a try of a one-time code, from wherever; whether it may be looked at."""
    if BY_CODE.take(str(person.pk)):
        return True
    _close(person, address, now)
    return False


def code_was_right(person: Person) -> None:
    BY_CODE.forget(str(person.pk))


def open_again(lockout: Lockout) -> None:
    """Forget the tries behind `lockout`."""
    if lockout.person is None:
        BY_ADDRESS.forget(lockout.address)
    else:
        BY_ACCOUNT_AND_ADDRESS.forget(_pair(lockout.person.username, lockout.address))
        code_was_right(lockout.person)
    lockout.delete()


@transaction.atomic
def _close(person: Person | None, address: str, now: datetime) -> None:
    """Note for the security administrator that the door is closed; the first time also in the audit."""
    until = now + timedelta(seconds=SECONDS)
    Lockout.objects.filter(until__lt=now).delete()
    if not Lockout.objects.filter(person=person, address=address).update(until=until):
        lockout = Lockout.objects.create(person=person, address=address, until=until)
        audit.record(Actor(system="sign_in", address=address), "orgs.locked_out", person or lockout)


def _pair(username: str, address: str) -> str:
    return f"{username}@{address}"
