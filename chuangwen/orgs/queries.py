"""Reads. Those for pages start from what the actor may see; those for other rooms take the jurisdiction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from chuangwen.kit import audit

from . import access, link_access
from .actors import Actor
from .models import ApiToken, Deputy, FirmLink, Person, Post, PostTerm, Seat, Unit, UnitGroup, UnitName
from .models.seats import ROLES
from .rules import PATH_STEP, NameKind, ancestor_paths
from .rules.naming import core, nearest, plain, spellings

if TYPE_CHECKING:
    from chuangwen.kit.models import AuditEntry


LINKS_AT_MOST = 50


def seats_of(person: Person, day: date) -> list[Seat]:
    """Seats from which `person` acts on `day`, each with its unit and `city_name`: the own ones first, then
    those of absent holders. One query.
    """
    city = Unit.objects.filter(path=Substr(OuterRef("unit__path"), 1, PATH_STEP)).values("name")
    stood_in = Deputy.objects.on(day).filter(person=person).values("seat")
    seats = (
        Seat.objects.on(day).filter(Q(person=person) | Q(pk__in=stood_in)).select_related("unit", "person")
    )
    found = seats.annotate(city_name=Subquery(city))
    return sorted(found, key=lambda seat: seat.person_id != person.pk)


def tokens_for(actor: Actor) -> QuerySet[ApiToken]:
    """Tokens that the actor may see and revoke, the latest first; their secrets are nowhere."""
    return access.visible_tokens(actor).select_related("person", "seat__unit").order_by("-pk")


def root(actor: Actor) -> Unit | None:
    """The city itself, for the head of the list; None without a seat."""
    return access.visible_units(actor).filter(parent=None).first()


def first_units(actor: Actor) -> QuerySet[Unit]:
    """Units directly below the city, in the order of entry, each with how many are `below`."""
    first = access.visible_units(actor).filter(parent__parent=None, parent__isnull=False)
    return first.annotate(below=Count("children")).order_by("path")


def units_like(actor: Actor, text: str) -> QuerySet[Unit]:
    """Visible units, open or closed, with the words of `text` in a name; all for an empty `text`."""
    units = access.visible_units(actor)
    for word in text.split():
        other = UnitName.objects.filter(unit=OuterRef("pk"), name__icontains=word)
        found = Q(name__icontains=word) | Q(short_name__icontains=word)
        codes = Q(code__istartswith=word) | Q(division_code__startswith=word)
        units = units.filter(found | codes | Exists(other))
    return units.select_related("parent").annotate(below=Count("children")).order_by("path")


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, the city first."""
    return list(Unit.objects.filter(path__in=ancestor_paths(unit.path)[:-1]))


def links_of(actor: Actor, unit: Unit) -> QuerySet[FirmLink]:
    """Links of the firm that the actor may revoke, the latest first, those that are over too."""
    return link_access.visible_links(actor).filter(unit=unit).select_related("made_by")[:LINKS_AT_MOST]


def code_above(unit: Unit) -> str:
    """Division code of the nearest unit above that has one, "" for none: the unit's own begins with it."""
    return next((above.division_code for above in reversed(ancestors(unit)) if above.division_code), "")


def subunits(unit: Unit) -> QuerySet[Unit]:
    return unit.children.order_by("path")


def seats_in(unit: Unit, day: date) -> QuerySet[Seat]:
    return Seat.objects.on(day).filter(unit=unit).select_related("person")


def seats_asked(*, unit: Unit, seat_id: int | None, role: str, day: date) -> QuerySet[Seat]:
    """Whom an ask means on `day`: one seat, those with `role` in `unit` and below, or all of `unit`."""
    seats = Seat.objects.on(day).filter(person__is_active=True).select_related("person")
    if seat_id is not None:
        return seats.filter(pk=seat_id)
    if role:
        return seats.filter(role=role, unit__in=Unit.objects.below(unit.path))
    return seats.filter(unit=unit)


def posts_in(unit: Unit, day: date) -> QuerySet[Post]:
    """Posts of the unit; `holding` of each lists the terms that run on the day."""
    terms = Prefetch("terms", queryset=PostTerm.objects.on(day), to_attr="holding")
    return Post.objects.filter(unit=unit).prefetch_related(terms)


def posts_of(person: Person, day: date) -> set[int]:
    """Ids of the posts that the person holds on the day."""
    return set(PostTerm.objects.on(day).filter(person=person).values_list("post", flat=True))


def groups_with(unit: Unit) -> QuerySet[UnitGroup]:
    """Groups of the jurisdiction that `unit` falls under, by its kind or by name."""
    named = UnitGroup.members.through.objects.filter(unitgroup=OuterRef("pk"), unit=unit)
    groups = UnitGroup.objects.filter(jurisdiction__path=unit.jurisdiction_path).annotate(named=Exists(named))
    by_kind = [group.pk for group in groups if unit.kind in group.kinds]
    return groups.filter(Q(named=True) | Q(pk__in=by_kind))


def group_members(group: UnitGroup, on: date) -> list[Unit]:
    """Who the group is on the day: what a plan freezes. Two queries at most."""
    named = UnitGroup.members.through.objects.filter(unitgroup=group).values("unit")
    members = Unit.objects.below(group.jurisdiction.path).filter(Q(kind__in=group.kinds) | Q(pk__in=named))
    return list(members.open_on(on))


def groups_and_members(actor: Actor, on: date) -> list[tuple[UnitGroup, list[Unit]]]:
    """Each visible group with who it is on the day. Three queries for any number of groups."""
    groups = list(access.visible_groups(actor).prefetch_related("members"))
    kinds = {kind for group in groups for kind in group.kinds}
    by_kind = list(access.visible_units(actor).open_on(on).filter(kind__in=kinds))
    return [(group, _members(group, by_kind, on)) for group in groups]


def _members(group: UnitGroup, by_kind: list[Unit], on: date) -> list[Unit]:
    named = {unit for unit in group.members.all() if unit.is_open_on(on)}
    members = named | {unit for unit in by_kind if unit.kind in group.kinds}
    return sorted(members, key=lambda unit: unit.path)


@dataclass(frozen=True)
class Match:
    """What a printed name means.

    `how`: exact | short | alias | old | normalised (a unit); group; several (look at `candidates`);
    none (`candidates` then are suggestions, perhaps none).
    """

    printed: str
    how: str
    unit: Unit | None = None
    group: UnitGroup | None = None
    candidates: tuple[Unit, ...] = ()


def match_name(jurisdiction: Unit, printed: str, on: date) -> Match:
    return match_names(jurisdiction, [printed], on)[printed]


def match_names(
    jurisdiction: Unit, printed: Iterable[str], on: date, *, suggest: bool = True
) -> dict[str, Match]:
    """Each printed name with the unit or group that it means on the day. Three queries in all.

    With `suggest`, a name that nobody has comes with those that are like it: slow for thousands.
    """
    book = _NameBook(jurisdiction, on, suggest)
    return {name: book.match(name) for name in printed}


class _NameBook:
    """All names of the open units and the groups of one jurisdiction, read once."""

    def __init__(self, jurisdiction: Unit, on: date, suggest: bool) -> None:
        self.city, self.suggest = jurisdiction.name, suggest
        units = Unit.objects.below(jurisdiction.path).open_on(on)
        self.units = {unit.pk: unit for unit in units}
        self.names: dict[int, list[str]] = {number: [] for number in self.units}
        self.printed: dict[str, dict[int, str]] = {}  # plain name -> unit -> how
        self.cores: dict[str, dict[int, str]] = {}  # folded name -> unit -> how
        for unit in self.units.values():
            self._enter(unit.pk, unit.name, "exact")
            self._enter(unit.pk, unit.short_name, "short")
        for other in UnitName.objects.filter(unit__in=units.values("pk")):
            self._enter(other.unit_id, other.name, _how(other, on))
        self.groups = {
            plain(name): group
            for group in UnitGroup.objects.filter(jurisdiction=jurisdiction)
            for name in [group.name, *group.other_names]
        }

    def _enter(self, unit_id: int, name: str, how: str) -> None:
        if name:
            self.names[unit_id].append(name)
            self.printed.setdefault(plain(name), {}).setdefault(unit_id, how)
            folded = NameKind.OLD if how == NameKind.OLD else "normalised"
            self.cores.setdefault(core(name, self.city), {}).setdefault(unit_id, folded)

    def match(self, printed: str) -> Match:
        for name in spellings(printed):
            found = self._unit(printed, self.printed.get(plain(name), {}))
            found = found or self._group(printed, name)
            found = found or self._unit(printed, self.cores.get(core(name, self.city), {}))
            if found is not None:
                return found
        like = nearest(printed, self.names) if self.suggest else []
        return Match(printed, "none", candidates=self._units(like))

    def _unit(self, printed: str, hows: dict[int, str]) -> Match | None:
        """The unit among `hows`, where names of today go before old ones."""
        now = [number for number, how in hows.items() if how != NameKind.OLD] or list(hows)
        if len(now) == 1:
            return Match(printed, hows[now[0]], unit=self.units[now[0]])
        return Match(printed, "several", candidates=self._units(now)) if now else None

    def _group(self, printed: str, name: str) -> Match | None:
        group = self.groups.get(plain(name)) or self.groups.get(core(name, self.city))
        return Match(printed, "group", group=group) if group else None

    def _units(self, numbers: Iterable[int]) -> tuple[Unit, ...]:
        return tuple(self.units[number] for number in numbers)


def _how(other: UnitName, on: date) -> str:
    """A name outside its days counts as an old one."""
    begun = other.starts_on is None or other.starts_on <= on
    return other.kind if begun and (other.ends_on is None or on < other.ends_on) else NameKind.OLD


def match_posts(jurisdiction: Unit, printed: Iterable[str], on: date) -> dict[str, Post]:
    """The post that each printed leader means, by its title or its holder's name on the day. Two queries.

    A name that no post has is left out, and so is one that two share: a person must say which.
    """
    wanted = list(printed)
    posts = Post.objects.filter(unit__path__startswith=jurisdiction.path)
    found: dict[str, set[Post]] = {}
    for post in posts.prefetch_related(Prefetch("terms", PostTerm.objects.on(on), to_attr="holding")):
        for name in {post.title, *(term.holder_name for term in post.holding)}:
            found.setdefault(plain(name), set()).add(post)
    means = {name: found.get(plain(name), set()) for name in wanted}
    return {name: next(iter(posts)) for name, posts in means.items() if len(posts) == 1}


@dataclass(frozen=True)
class AuditRow:
    """What an audit administrator reads of a row; `seat` is "" for a system."""

    at: datetime
    who: str
    seat: str
    deed: str
    kind: str


def audit_rows(entries: Iterable["AuditEntry"]) -> list[AuditRow]:
    """`entries` in words, without values. One query for the names, and one for the entries themselves."""
    return [
        AuditRow(
            entry.at, audit.by(entry), _seat_words(entry.seat), audit.deed(entry.action), audit.kind(entry)
        )
        for entry in audit.opened(entries)
    ]


def _seat_words(stored: str) -> str:
    """Unit and role as `Actor.seat_name` stores them, with the role in words."""
    unit, _dot, role = stored.removesuffix(audit.DEPUTY).rpartition("·")
    words = {str(one): word for one, word in ROLES.items()}
    return f"{unit} · {words[role]}" if role in words else stored
