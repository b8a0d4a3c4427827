"""Who acts: every action takes an Actor, and every audit row is written from one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from chuangwen.kit import audit

from .models import FirmLink, Person, Seat
from .rules import PATH_STEP, Role

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person in a seat, a named system (a job, a command), or a firm's link; and the way by which it came.

    `seat` is None for a system, for a link, and for a person who holds no seat today: such a person sees
    nothing. A link has no `unit_id` either: what is open to it asks for `link`, so that all else is closed.
    """

    person: Person | None = None
    system: str = ""
    seat: Seat | None = None
    link: FirmLink | None = None
    via: str = "web"
    address: str = ""

    @property
    def is_system(self) -> bool:
        return bool(self.system)

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def name(self) -> str:
        if self.link is not None:
            return str(self.link)
        return self.person.name if self.person else self.system

    @property
    def is_deputy(self) -> bool:
        """Whether the seat is another's, who is absent."""
        return self.seat is not None and self.seat.person_id != self.person_id

    @property
    def seat_name(self) -> str:
        """Unit and role as stored codes, and "deputy" for one who stands in; empty for a system."""
        if self.link is not None:
            return f"{self.link.unit.name}·{Role.FIRM}"
        if self.seat is None:
            return ""
        return f"{self.seat.unit.name}·{self.seat.role}{audit.DEPUTY if self.is_deputy else ''}"

    @property
    def role(self) -> Role | None:
        if self.link is not None:
            return Role.FIRM
        return Role(self.seat.role) if self.seat else None

    @property
    def unit_id(self) -> int | None:
        return self.seat.unit_id if self.seat else None

    @property
    def city_name(self) -> str:
        """Name of the jurisdiction, as `queries.seats_of` brings it with the seat."""
        return getattr(self.seat, "city_name", "")

    @property
    def jurisdiction_path(self) -> str:
        """Path of the city whose business the actor sees; "" for a system, which sees every city."""
        if self.link is not None:
            return self.link.unit.jurisdiction_path
        return self.seat.unit.path[:PATH_STEP] if self.seat else ""


class Request(HttpRequest):
    """A request as views get it, after the middleware of this house."""

    actor: Actor
    seats: list[Seat]  # from which the person may act today
    user: Person
    confined: bool  # to one page, until the password is changed or the second step set up
    htmx: "HtmxDetails"


def system_actor(name: str, *, via: str = "command") -> Actor:
    """Acts as the named system, such as "demo" or "import"."""
    return Actor(system=name, via=via)
