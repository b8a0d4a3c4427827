"""The plan as JSON: all versions that were confirmed, with the documents' texts and every citation.

Deterministic: out, in (here or in another database) and out again gives the same bytes. Units are named by
their code and the names from the city down, so that they are found again elsewhere; people are not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from chuangwen.orgs.access import visible_groups, visible_posts, visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Document, Plan, PlanVersion
from ..queries.content import content_of
from ..rules.content import Content, Row
from ..rules.plain import to_plain
from ..rules.states import VersionState

SCHEMA = "chuangwen.plan/1"
Places = list[list[int]]


def json_out(actor: Actor, plan_id: int) -> bytes:
    """The plan with its confirmed and superseded versions, or with its draft where nothing was confirmed yet.

    Raises Hidden.
    """
    plan = access.one_plan(actor, plan_id)
    versions = access.visible_versions(actor).filter(plan=plan).order_by("pk")
    chosen = list(versions.filter(state__in=access.FROZEN)) or list(versions.filter(state=VersionState.DRAFT))
    return dump(_Writer(actor, plan, chosen).plan_json())


def dump(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


class _Writer:
    def __init__(self, actor: Actor, plan: Plan, versions: list[PlanVersion]) -> None:
        self.actor, self.plan, self.versions = actor, plan, versions
        self.contents = [content_of(version) for version in versions]
        self.documents = self._documents()
        self.document_index = {document.pk: n for n, document in enumerate(self.documents)}
        self.groups = dict(visible_groups(actor).filter(pk__in=self._used("group")).values_list("pk", "name"))
        self.posts = {post.pk: post for post in visible_posts(actor).filter(pk__in=self._used("post"))}
        self.units = self._units()
        self.unit_index = {number: n for n, number in enumerate(self.units)}

    def plan_json(self) -> dict[str, Any]:
        plan, cycle = self.plan, self.plan.cycle
        return {
            "schema": SCHEMA,
            "title": plan.title,
            "jurisdiction": plan.jurisdiction.name,
            "cycle": None
            if cycle is None
            else {
                "name": cycle.name,
                "first_year": cycle.first_year,
                "last_year": cycle.last_year,
                "honour": cycle.honour,
                "goal": cycle.goal,
            },
            "units": [{"code": code, "names": names} for code, names in self.units.values()],
            "documents": [self.document_json(document) for document in self.documents],
            "tasks": _identities(plan.tasks.prefetch_related("replaced_by")),
            "indicators": _identities(plan.indicators.prefetch_related("replaced_by")),
            "versions": [self.version_json(version, content) for version, content in self._pairs()],
        }

    def document_json(self, document: Document) -> dict[str, Any]:
        return {
            "name": document.name,
            "sha256": document.sha256,
            "size": document.size,
            "format": document.format,
            "encoding": document.encoding,
            "text": document.text,
            "text_sha256": document.text_sha256,
            "received_at": document.received_at.isoformat(),
        }

    def version_json(self, version: PlanVersion, content: Content) -> dict[str, Any]:
        numbers = [one.pk for one in self.versions]
        return {
            "number": version.number,
            "state": version.state,
            "reason": version.reason,
            "base": numbers.index(version.base_id) if version.base_id in numbers else None,
            "document": self.document_index.get(version.document_id or 0),
            "created_at": version.created_at.isoformat(),
            "confirmed_at": version.confirmed_at.isoformat() if version.confirmed_at else None,
            "content": self.content_json(content),
        }

    def content_json(self, content: Content) -> dict[str, Any]:
        data: dict[str, Any] = to_plain(content)
        for places in places_in(data):
            for place in places:
                place[0] = self.document_index[place[0]]
        for goal in data["goals"]:
            goal["jurisdictions"] = self._unit_refs(goal["jurisdictions"])
        for indicator in data["indicators"]:
            for target in indicator["targets"]:
                target["unit"] = self._unit_ref(target["unit"])
        for task in data["tasks"]:
            for one in task["assignments"]:
                one["unit"] = self._unit_ref(one["unit"])
                one["units"] = self._unit_refs(one["units"])
                one["group"] = self.groups.get(one["group"])
                post = self.posts.get(one["post"])
                one["post"] = {"unit": self.unit_index[post.unit_id], "title": post.title} if post else None
        return data

    def _pairs(self) -> list[tuple[PlanVersion, Content]]:
        return list(zip(self.versions, self.contents, strict=True))

    def _documents(self) -> list[Document]:
        """Documents of the versions and of their citations, in the order in which they came."""
        numbers = {
            place.document for content in self.contents for row in all_rows(content) for place in row.places
        }
        numbers |= {version.document_id for version in self.versions if version.document_id}
        return list(Document.objects.filter(pk__in=numbers).order_by("received_at", "sha256"))

    def _used(self, name: str) -> set[int]:
        lines = (line for content in self.contents for task in content.tasks for line in task.assignments)
        return {number for line in lines if (number := getattr(line, name)) is not None}

    def _units(self) -> dict[int, tuple[str, list[str]]]:
        """Code and names from the city down, of every unit that is spoken of, in the order of the names."""
        numbers = self._used("unit") | {post.unit_id for post in self.posts.values()}
        for content in self.contents:
            numbers |= {unit for task in content.tasks for line in task.assignments for unit in line.units}
            numbers |= {unit for goal in content.goals for unit in goal.jurisdictions}
            numbers |= {t.unit for row in content.indicators for t in row.targets if t.unit is not None}
        city = visible_units(self.actor).filter(path__startswith=self.plan.jurisdiction.path)
        register = dict(city.values_list("pk", "name"))
        parents = dict(city.values_list("pk", "parent"))
        codes = dict(city.values_list("pk", "code"))
        named = {
            number: (codes[number], _names(number, self.plan.jurisdiction_id, register, parents))
            for number in numbers
        }
        return dict(sorted(named.items(), key=lambda item: (item[1][1], item[1][0])))

    def _unit_ref(self, number: int | None) -> int | None:
        return None if number is None else self.unit_index[number]

    def _unit_refs(self, numbers: Iterable[int]) -> list[int]:
        return sorted(self.unit_index[number] for number in numbers)


def all_rows(content: Content) -> list[Row]:
    return [
        *content.programs,
        *content.tasks,
        *content.indicators,
        *content.results,
        *content.goals,
        *content.stages,
        *content.rhythm,
        *content.mechanisms,
    ]


def places_in(data: Any) -> Iterable[Places]:
    """Every list of places in plain content."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "places":
                yield value
            else:
                yield from places_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from places_in(value)


def _identities(ones: Iterable[Any]) -> list[dict[str, Any]]:
    named = [
        {"key": one.key, "replaced_by": sorted(other.key for other in one.replaced_by.all())} for one in ones
    ]
    return sorted(named, key=lambda one: (len(str(one["key"])), str(one["key"])))


def _names(number: int, city: int, register: dict[int, str], parents: dict[int, int | None]) -> list[str]:
    """Names from below the city down to the unit; none for the city itself."""
    names: list[str] = []
    at: int | None = number
    while at is not None and at != city:
        names.insert(0, register[at])
        at = parents.get(at)
    return names
