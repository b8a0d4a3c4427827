"""What was taken out and comes back in: an edited table as differences, a plan as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.orgs.access import jurisdiction, visible_groups, visible_posts, visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..exchange import breakdown, sheet
from ..exchange.document import SCHEMA, places_in
from ..models import CampaignCycle, Document, Indicator, Plan, PlanVersion, Task
from ..queries.content import content_of
from ..rules import content as rows
from ..rules.plain import from_plain
from ..rules.states import VersionState
from .asks import ask_about_doubts
from .draft import open_draft
from .reissuing import propose
from .store import head, store_rows
from .versions import amendable, version_in_force

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

LISTS: dict[str, type[Any]] = {
    "programs": rows.ProgramRow,
    "tasks": rows.TaskRow,
    "indicators": rows.IndicatorRow,
    "results": rows.ResultRow,
    "goals": rows.GoalRow,
    "stages": rows.StageRow,
    "rhythm": rows.RhythmRow,
    "mechanisms": rows.MechanismRow,
    "doubts": rows.DoubtLine,
}


@transaction.atomic
def bring_in_table(*, actor: Actor, plan_id: int, name: str, data: bytes, now: datetime) -> PlanVersion:
    """Lay what an edited table changes open in the plan's draft; without one, an amendment is begun.

    Raises Hidden, Denied, NotAllowedNow, and BadInput: plans.table_unreadable, plans.table_foreign (not
    given out by this plan), plans.table_columns, plans.table_errors (`errors`: row, column, what),
    plans.table_same.
    """
    plan = access.plan_for_change(actor, plan_id)
    table = sheet.read(name, data)
    if table.plan != plan.pk or not plan.versions.filter(pk=table.version).exists():
        raise BadInput("plans.table_foreign", name=name)
    draft = plan.versions.filter(state=VersionState.DRAFT).first()
    base = None if draft else version_in_force(actor, plan_id)
    content = content_of(draft) if draft else amendable(base) if base else rows.Content()
    changes = breakdown.merge(table, content)
    if not changes:
        raise BadInput("plans.table_same", name=name)
    if draft is None and base is not None:
        draft = open_draft(plan, content, document=base.document, base=base, reason="", now=now)
        ask_about_doubts(actor, draft, now)
    elif draft is not None:
        draft = access.version_for_change(actor, draft.pk)
    assert draft is not None  # noqa: S101  # for the type: one of both branches made it
    propose(draft, changes)
    audit.record(actor, "plans.table_read", draft, name=name, count=len(changes))
    return draft


@transaction.atomic
def bring_in_json(*, actor: Actor, data: bytes, now: datetime) -> Plan:
    """A new plan of the actor's city from its JSON, with all versions in the states that they had.

    Raises Denied, and BadInput:
    plans.json_bad, plans.json_unknown (`names`: units, groups and posts that are not in the register).
    """
    access.require_keeper(actor)
    try:
        given = json.loads(data)
        if given.get("schema") != SCHEMA:
            raise BadInput("plans.json_bad", why=str(given.get("schema")))
        with transaction.atomic():
            return _Builder(actor, given).build()
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        DatabaseError,
    ) as error:
        raise BadInput("plans.json_bad", why=str(error)[:200]) from None


class _Builder:
    def __init__(self, actor: Actor, given: dict[str, Any]) -> None:
        self.actor, self.given = actor, given
        self.unknown: list[str] = []
        self.city = self._city()
        self.units = [self._unit(unit) for unit in given["units"]]

    def build(self) -> Plan:
        contents = [self.content(version["content"]) for version in self.given["versions"]]
        if self.unknown:
            raise BadInput("plans.json_unknown", names="、".join(dict.fromkeys(self.unknown)))
        plan = Plan.objects.create(jurisdiction=self.city, title=self.given["title"], cycle=self._cycle())
        self.identities(Task, plan, self.given["tasks"])
        self.identities(Indicator, plan, self.given["indicators"])
        documents = [self.document(document) for document in self.given["documents"]]
        made: list[PlanVersion] = []
        for data, content in zip(self.given["versions"], contents, strict=True):
            made.append(self.version(plan, data, content, documents, made))
        audit.record(self.actor, "plans.brought_in", made[-1], versions=len(made))
        return plan

    def version(
        self,
        plan: Plan,
        data: dict[str, Any],
        content: rows.Content,
        documents: list[Document],
        made: list[PlanVersion],
    ) -> PlanVersion:
        for row in _cited(content):
            row.places = [rows.Place(documents[place.document].pk, *place[1:]) for place in row.places]
        version = PlanVersion.objects.create(
            plan=plan,
            document=None if data["document"] is None else documents[data["document"]],
            base=None if data["base"] is None else made[data["base"]],
            state=VersionState(data["state"]),
            number=data["number"],
            reason=data["reason"],
            created_at=datetime.fromisoformat(data["created_at"]),
            confirmed_at=datetime.fromisoformat(data["confirmed_at"]) if data["confirmed_at"] else None,
            **head(content),
        )
        store_rows(version, content)
        return version

    def content(self, data: dict[str, Any]) -> rows.Content:
        """Plain content with units, groups and posts as numbered here; places still count the documents."""
        for places in places_in(data):
            for document, start, end in places:
                if not 0 <= start < end <= len(self.given["documents"][document]["text"]):
                    raise ValueError(f"[{start}, {end})")
        for goal in data["goals"]:
            goal["jurisdictions"] = [self.units[ref] for ref in goal["jurisdictions"]]
        for indicator in data["indicators"]:
            for target in indicator["targets"]:
                target["unit"] = None if target["unit"] is None else self.units[target["unit"]]
        for task in data["tasks"]:
            for one in task["assignments"]:
                one["unit"] = None if one["unit"] is None else self.units[one["unit"]]
                one["units"] = [self.units[ref] for ref in one["units"]]
                one["group"] = one["group"] and self._group(one["group"])
                one["post"] = one["post"] and self._post(one["post"])
        lists = {name: [from_plain(kind, row) for row in data[name]] for name, kind in LISTS.items()}
        return rows.Content(**{**data, **lists})

    def document(self, data: dict[str, Any]) -> Document:
        """The document with its text; the original file comes along only where the city has it already."""
        document, new = Document.objects.get_or_create(
            jurisdiction=self.city,
            sha256=data["sha256"],
            defaults={**data, "received_at": datetime.fromisoformat(data["received_at"])},
        )
        if not new and document.text_sha256 != data["text_sha256"]:
            raise ValueError(data["name"])
        return document

    def identities(self, model: type[Any], plan: Plan, given: list[dict[str, Any]]) -> None:
        made = {one["key"]: model(plan=plan, key=one["key"]) for one in given}
        made = {one.key: one for one in model.objects.bulk_create(made.values())}
        for one in given:
            if one["replaced_by"]:
                made[one["key"]].replaced_by.set([made[key] for key in one["replaced_by"]])

    def _city(self) -> Unit:
        if self.actor.seat is not None:
            return jurisdiction(self.actor)
        return visible_units(self.actor).get(parent=None, name=self.given["jurisdiction"])

    def _unit(self, data: dict[str, Any]) -> int:
        """The unit with the code, or the names from the city down; 0, and noted, where there is none."""
        if data["code"]:
            register = visible_units(self.actor).filter(path__startswith=self.city.path)
            found = register.filter(code=data["code"]).first()
            if found is not None:
                return found.pk
        unit: Unit | None = self.city
        for name in data["names"]:
            unit = unit and unit.children.filter(name=name).first()
        if unit is None:
            self.unknown.append(data["names"][-1])
            return 0
        return unit.pk

    def _group(self, name: str) -> int | None:
        group = visible_groups(self.actor).filter(jurisdiction=self.city, name=name).first()
        if group is None:
            self.unknown.append(name)
        return group.pk if group else None

    def _post(self, data: dict[str, Any]) -> int | None:
        unit = self.units[data["unit"]]
        post = visible_posts(self.actor).filter(unit=unit, title=data["title"]).first()
        if post is None:
            self.unknown.append(data["title"])
        return post.pk if post else None

    def _cycle(self) -> CampaignCycle | None:
        data = self.given["cycle"]
        if data is None:
            return None
        cycle, _ = CampaignCycle.objects.get_or_create(name=data["name"], defaults=data)
        return cycle


def _cited(content: rows.Content) -> list[Any]:
    """Everything in the content that has places."""
    found: list[Any] = []
    for name in LISTS:
        for row in getattr(content, name):
            if name != "doubts":
                found.append(row)
            for inside in ("measures", "assignments", "targets"):
                found += getattr(row, inside, ())
    return found
