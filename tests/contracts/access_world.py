"""Two cities with the same things in each, and somebody in every role, all in one unit of the first."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chuangwen.assessments import actions as assessments
from chuangwen.assessments.models import (
    Adjustment,
    Cycle,
    Filing,
    FilingFile,
    FramePoint,
    LostPoint,
    Mark,
    MarkPhoto,
    OfficialResult,
    PartScore,
    Round,
    TeamMember,
)
from chuangwen.assessments.rules.states import VisitState
from chuangwen.assessments.testing import make_round, make_visits
from chuangwen.desk import actions as desk
from chuangwen.desk.models import Slip
from chuangwen.desk.rules import Delay
from chuangwen.desk.tests.world import BY_HAND, offered
from chuangwen.kit import files
from chuangwen.kit.clock import now, today
from chuangwen.orgs import token_scopes
from chuangwen.orgs.actions import add_name, make_firm_link, make_token, receive_import, take_over_import
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.import_queries import planned
from chuangwen.orgs.models import FirmLink, Import, Lockout, PeerGroup, Unit, UnitContact, UnitGroup
from chuangwen.orgs.rules import NameKind, UnitKind
from chuangwen.orgs.rules.imports import ImportKind, digest
from chuangwen.orgs.rules.roles import SEATED
from chuangwen.orgs.testing import SYSTEM, Cast, make_cast, make_unit, seat
from chuangwen.plans import actions as plans
from chuangwen.plans.tests.world import LATER, NOW, TEXT, make_plan
from chuangwen.points import actions as points
from chuangwen.points.tests.world import jpeg, square
from chuangwen.progress import actions as progress
from chuangwen.progress.models import Following, Milestone, ReportItem, UnitReport, Value
from chuangwen.registers import actions as registers
from chuangwen.standards import actions as standards
from chuangwen.standards import queries as standards_queries
from chuangwen.standards.models import NegativeReport, PointType
from chuangwen.standards.rules.drafting import ItemValues, NodeValues
from chuangwen.standards.rules.words import Level, Method, NegativeLevel, Purpose

from .access_table import TABLE, View

Things = dict[str, Any]  # what stands in an address: "plan_id", or for one view "plans:task.key"
WORDS: Things = {  # what is no thing of a city
    "key": "T1",
    "plans:program.key": "P1",
    "plans:indicator.key": "I1",
    "api:indicator.key": "I1",
    "progress:indicator.key": "I1",
    "subject": "task",
    "every": "month",
    "year": 2021,
    "change_id": 1,
    "token": "unknown",
    "task_id": UUID(int=0),
    "provider_id": "unknown",
    "uidb36": "1",
    "account_reset_password_from_key.key": "unknown",
}
# A method that a view does not have is refused before it is known who asks: these stand for all.
ASKED_OF_ALL = {"campaign_office", "system_administrator", "seatless", "anonymous"}
STEPS = ("", "_take_over", "_discard", "_undo")  # with a table of units


@dataclass(frozen=True)
class Cell:
    view: str
    method: str
    relation: str
    role: str
    expected: int

    def __str__(self) -> str:
        return f"{self.method} {self.view} ({self.relation}) as {self.role}"


@dataclass
class World:
    sessions: dict[str, str]
    secrets: dict[str, str]
    things: dict[str, Things]  # by relation
    own: dict[str, Things]  # by role: what belongs to the person
    client: Client

    def relations(self, view: View) -> list[str]:
        """Which relations there are to what stands in the address."""
        own, peer, foreign = (self._values(view, relation) for relation in ("own", "peer", "foreign"))
        return [
            "own",
            *(["peer"] if peer != own else []),
            *(["foreign"] if foreign not in (own, peer) else []),
        ]

    def ask(self, view: View, method: str, relation: str, role: str) -> int:
        """The status of the answer; what the request writes is taken back."""
        secret = self.secrets.get(role)
        of_programs = view.name.startswith("api:")
        headers = {"Authorization": f"Bearer {secret}"} if of_programs and secret else {}
        self.client.cookies.clear()
        if not of_programs and role in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            answer = self.client.generic(method, self.path(view, role, relation), headers=headers)
            transaction.set_rollback(True)
        return int(answer.status_code)

    def path(self, view: View, role: str, relation: str = "own") -> str:
        """The address with what stands to `role` in `relation`."""
        if view.name == "api:nothing_here":
            return "/api/v1/nothing"
        values = self._values(view, relation)
        if relation == "own":
            values |= {name: thing for name, thing in self.own.get(role, {}).items() if name in values}
        return reverse(view.name, kwargs=values)

    def _values(self, view: View, relation: str) -> Things:
        """Raises LookupError for something in an address that this world does not hold: add it here."""
        things = self.things[relation]
        return {
            name: things[f"{view.name}.{name}"] if f"{view.name}.{name}" in things else things[name]
            for name in view.params
        }


def cells(view: View) -> Iterator[Cell]:
    for (name, method, relation), answers in TABLE.items():
        if name == view.name:
            for role, expected in answers.items():
                yield Cell(name, method, relation, role, expected)


def wrong(world: World, view: View) -> dict[str, str]:
    """Cells that get another answer than the table says."""
    found = {}
    for cell in cells(view):
        if needless(cell):
            continue
        status = world.ask(view, cell.method, cell.relation, cell.role)
        if status != cell.expected:
            found[str(cell)] = f"{status}, not {cell.expected}"
    return found


def needless(cell: Cell) -> bool:
    """Whether others stand for the role: a method that a view does not have is refused before it is known who
    asks.
    """
    return cell.expected == 405 and cell.role not in ASKED_OF_ALL


def make_world() -> World:
    """Kinds of to-dos of `desk.tests.world` must be registered."""
    cast = make_cast()
    actors = {str(role): seat(f"as-{role}", "某人", cast.urban, role) for role in SEATED}
    actors |= {"seatless": cast.seatless, "abroad": cast.stranger}
    tokens = {role: _token(actor) for role, actor in actors.items() if actor.seat}
    home, abroad = _city(cast.city, cast.office), _city(cast.other_city, cast.stranger)
    home |= _round(cast, actors["campaign_office"], actors["unit_staff"])
    away = _abroad(cast)
    abroad |= _round(away, cast.stranger, cast.stranger)
    home |= _results(cast, actors["campaign_office"], cast.urban_staff)
    abroad |= _results(away, cast.stranger, cast.stranger)
    own = WORDS | home | _of_unit(cast.office, cast.urban_staff) | _report(home, cast.urban_staff)
    by_link = _by_link(cast.office, own["orgs:make_firm_link.unit_id"])
    return World(
        sessions={role: _session(actor) for role, actor in actors.items()} | {"firm": by_link},
        secrets={role: secret for role, (_, secret) in tokens.items()},
        client=Client(raise_request_exception=False),
        own={role: _own(actor, tokens.get(role)) for role, actor in actors.items()},
        things={
            "own": own,
            "peer": WORDS
            | home
            | _of_unit(cast.office, cast.housing_staff)
            | _report(home, cast.housing_staff),
            "foreign": WORDS
            | abroad
            | _of_unit(cast.stranger, cast.stranger)
            | _report(abroad, cast.stranger),
        },
    )


def _own(actor: Actor, token: tuple[int, str] | None) -> Things:
    """What belongs to a person and not to a unit."""
    return {"log_in_id": _log_in(actor)} | ({"token_id": token[0]} if token else {})


def _city(city: Unit, office: Actor) -> Things:
    """A plan in force that is followed, with a draft beside it, a file handed in, a group, a day of the calendar."""
    files.put(TEXT.encode())
    plan = make_plan(city, office)
    progress.follow(actor=SYSTEM, version_id=plan.pk, now=NOW)
    draft = plans.amend(actor=office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    row = draft.taskversion_rows.get(task__key="T1")
    intake = plans.receive(actor=office, name="通知.txt", data="一、强化管理。".encode(), now=NOW)
    peers = PeerGroup.objects.create(jurisdiction=city, name="城区")
    day = desk.set_city_day(actor=office, day=now().date(), is_worked=False, words="台风")
    return {
        **_system(city, office),
        "plan_id": plan.plan_id,
        "version_id": draft.pk,
        "intake_id": intake.pk,
        "row_id": row.pk,
        "assignment_id": row.assignments.all()[0].pk,
        "doubt_id": draft.doubts.all()[0].pk,
        "group_id": UnitGroup.objects.get(jurisdiction=city, name="各区政府").pk,
        "day_id": day.pk,
        "orgs:change_peer_group.group_id": peers.pk,
        "orgs:remove_peers.group_id": peers.pk,
        "orgs:delete_peer_group.group_id": peers.pk,
        **{f"orgs:unit_import{step}.import_id": _import("units", city, office) for step in STEPS},
        "taken_units": _taken(
            office, ImportKind.UNITS, f"名称,上级单位,类别,编码\n新区,{city.name},市辖区,Q{city.pk}"
        ),
        "taken_people": _taken(
            office, ImportKind.PEOPLE, f"姓名,账号,单位,角色\n新人,新{city.pk},{city.name},观察员"
        ),
    }


def _of_unit(office: Actor, member: Actor) -> Things:
    """A name of the member's unit, something overdue that the office asked of it; what the member holds; lists
    that the unit keeps of what lies in it.
    """
    assert member.seat
    unit = member.seat.unit
    name = add_name(actor=SYSTEM, unit_id=unit.pk, kind=NameKind.ALIAS, name="又名")
    asked: Things = {"kind": BY_HAND.code, "subject_id": 1, "unit_id": unit.pk}
    todo = desk.ask(actor=office, **asked, now=now() - timedelta(days=60))
    delay = desk.ask_for_delay(
        actor=member, todo_id=todo.pk, version=1, kind=Delay.PAUSE, reason="雨", until=None, now=now()
    )
    desk.draft_slips(actor=SYSTEM, now=now())
    until = now() + timedelta(days=1)
    shop = make_unit(unit, f"{unit}门店", kind=UnitKind.ENTERPRISE)
    of_shop = desk.ask(actor=office, **{**asked, "unit_id": shop.pk}, now=now())
    free_ask = desk.ask_freely(
        actor=office,
        text="请清理楼道堆物",
        unit_ids=[unit.pk],
        allowance=3,
        minutes=20,
        photos=0,
        photos_why="",
        duty="",
        despite_duties=False,
        token=uuid4(),
        now=now(),
        today=now().date(),
    )
    return {
        "orgs:make_firm_link.unit_id": shop.pk,
        "desk:firm_done.todo_id": of_shop.pk,
        "desk:firm_return.todo_id": of_shop.pk,
        "link_id": _link(office, shop.pk)[0].pk,
        "unit_id": unit.pk,
        "name_id": name.pk,
        "person_id": member.person_id,
        "seat_id": member.seat.pk,
        "contact_id": UnitContact.objects.create(unit=unit, kind="lead_office", name="某处").pk,
        "token_id": _token(member)[0],
        "log_in_id": _log_in(member),
        "lockout_id": Lockout.objects.create(person=member.person, address="192.0.2.1", until=until).pk,
        "todo_id": todo.pk,
        "delay_id": delay.pk,
        "ask_id": free_ask.pk,
        "hand_over_id": offered(member, seat(f"next-{unit.pk}", "继任", unit)).pk,
        "slip_id": Slip.objects.get(todo=todo).pk,
        "import_id": _import("people", unit, member),
        **_lists(office, unit),
        **_point(office, unit),
        **_negative(office, unit),
    }


def _system(city: Unit, office: Actor) -> Things:
    """A system with a published version and a draft of the next, a point type."""
    type_ = standards.add_type(actor=office, jurisdiction_id=city.pk, code="T", name="某类")
    system = standards.add_system(actor=office, jurisdiction_id=city.pk, name="某体系", purpose=Purpose.TOTAL)
    first = system.versions.get()
    top = standards.add_node(
        actor=office,
        version_id=first.pk,
        parent_id=None,
        values=NodeValues(level=Level.CATEGORY, title="环境"),
    )
    standard = standards.add_node(
        actor=office,
        version_id=first.pk,
        parent_id=top.pk,
        values=NodeValues(level=Level.STANDARD, title="干净", method=Method.FIELD),
    )
    values = ItemValues(title="地面", kind="yes_no", rule={}, type_ids=(type_.pk,))
    standards.add_item(actor=office, node_id=standard.pk, values=values)
    seen = standards_queries.tree(first.pk).digest()
    standards.publish(actor=office, version_id=first.pk, seen=seen, now=NOW)
    draft = standards.begin_draft(actor=office, system_id=system.pk)
    reading = ("version", "checklist", "differences", "table_out")
    drafting = ("change_head", "bring_in", "add_node", "discard_draft", "publish")
    return {
        "system_id": system.pk,
        "type_id": type_.pk,
        "node_id": draft.nodes.get(level="standard").pk,
        **{f"standards:{view}.version_id": first.pk for view in reading},
        "api:system_tree.version_id": first.pk,
        **{f"standards:{view}.version_id": draft.pk for view in drafting},
        **{f"standards:{view}_item.item_id": draft.items.get().pk for view in ("change", "move", "remove")},
    }


def _negative(office: Actor, unit: Unit) -> Things:
    """Something on the negative list that the unit owns, which happened, and its report for a month."""
    day = now().date() - timedelta(days=40)
    city = Unit.objects.get(path=unit.jurisdiction_path)
    values = standards.NegativeValues(
        title=f"事项{unit.pk}", level=NegativeLevel.VETO, owner_id=unit.pk, starts_on=day
    )
    item = standards.add_negative(actor=office, jurisdiction_id=city.pk, values=values)
    told = standards.tell_occurrence(actor=office, item_id=item.pk, happened_on=day, facts="某事", now=now())
    report = NegativeReport.objects.create(jurisdiction=city, unit=unit, month=day.replace(day=1))
    return {
        **{f"standards:{view}.item_id": item.pk for view in ("negative_item", "change_negative")},
        **{f"standards:{view}.report_id": report.pk for view in ("negative_report", "report_nothing")},
        "occurrence_id": told.pk,
    }


def _lists(office: Actor, unit: Unit) -> Things:
    """A register and a project list, with one thing in each."""
    city = Unit.objects.get(path=unit.jurisdiction_path)
    head: Things = {"actor": office, "jurisdiction_id": city.pk, "noun": "村", "keeper_id": unit.pk}
    register = registers.add_register(**head, name=f"名录{unit.pk}")
    lanes = registers.add_project_list(**head, name=f"清单{unit.pk}")
    one: Things = {"actor": office, "name": "其一", "unit_id": unit.pk}
    return {
        "register_id": register.pk,
        "column_id": registers.add_column(actor=office, register_id=register.pk, name="村规民约").pk,
        "member_id": registers.add_member(**one, register_id=register.pk).pk,
        "list_id": lanes.pk,
        "project_id": registers.add_project(**one, list_id=lanes.pk).pk,
    }


def _point(office: Actor, unit: Unit) -> Things:
    """A point that lies in the unit and whose trade it leads, with a chief and a photo; its boundary."""
    city = Unit.objects.get(path=unit.jurisdiction_path)
    kind, _made = PointType.objects.get_or_create(jurisdiction=city, code="JMSC", name="集贸市场")
    facts = points.Facts(
        type_id=kind.pk, name="农贸市场", unit_id=unit.pk, lead_unit_id=unit.pk, lon="120.5", lat="31.3"
    )
    point = points.add_point(actor=office, jurisdiction_id=city.pk, facts=facts)
    chief = points.add_chief(actor=office, point_id=point.pk, kind="point", level="city", name="某人")
    photo = points.add_photo(actor=office, point_id=point.pk, name="a.jpg", data=jpeg(), now=now())
    (boundary,) = points.bring_in_boundaries(
        actor=office,
        jurisdiction_id=city.pk,
        name="界线.geojson",
        data=square((unit.name, 120.0, 31.0, 1.0)),
        crs="wgs84",
        today=today(),
    )
    return {
        "point_id": point.pk,
        "chief_id": chief.pk,
        "photo_id": photo.pk,
        "boundary_id": boundary.pk,
    }


def _abroad(cast: Cast) -> Cast:
    """The other city as the home of a round."""
    assert cast.stranger.seat
    office = cast.stranger.seat.unit
    east, river = (make_unit(cast.other_city, name, kind=UnitKind.DISTRICT) for name in ("南区", "北区"))
    return replace(cast, city=cast.other_city, office_unit=office, urban=office, east=east, river=river)


def _round(cast: Cast, lead: Actor, marker: Actor) -> Things:
    """A round that is no secret, led by `lead`; a visit of it was opened to a team of `marker`'s, who kept a
    draft with a photo. Nobody has an interest in its points but those in whose district they lie.
    """
    assert lead.seat and marker.seat
    small = make_round(cast, name=f"测评{cast.city.pk}")
    Round.objects.filter(pk=small.round.pk).update(lead=lead.seat)
    TeamMember.objects.create(team=small.team, seat=marker.seat)
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    FramePoint.objects.filter(round=small.round).update(lead_unit=None)
    mark = Mark.objects.create(visit=visit, item="i1", data={"met": True}, nano=10**9)
    photo = MarkPhoto.objects.create(mark=mark, name="a.jpg", sha256=files.put(jpeg()))
    return {
        "round_id": small.round.pk,
        "team_id": small.second_team.pk,
        "visit_id": visit.pk,
        "assessments:photo.photo_id": photo.pk,
    }


def _results(cast: Cast, lead: Actor, owner: Actor) -> Things:
    """A round whose units may reply, led by `lead`: the unit of `owner` leads the trade of its points, objects to
    a mark, and was asked for material; a cycle with a lost point that is laid to it.
    """
    assert lead.seat and owner.seat
    unit = owner.seat.unit
    small = make_round(cast, name=f"结果{cast.city.pk}", bonus_cap_milli=1000)
    visits = make_visits(small, lambda point, item: {"met": item != "i1"})
    FramePoint.objects.filter(round=small.round).update(lead_unit=unit)
    until = now() + timedelta(days=3)
    Round.objects.filter(pk=small.round.pk).update(
        lead=lead.seat, state="replying", replies_until=until, version=7
    )
    assessments.score_round(actor=lead, round_id=small.round.pk, now=now())
    row = small.units[cast.east.name]
    part = PartScore.objects.create(round_unit=row, method="material", nano=1, n=1, source="评审")
    bonus = Adjustment.objects.create(round_unit=row, kind="bonus", points_milli=1, grounds="表扬")
    mark, other = (visit.marks.get(item="i1") for visit in visits[:2])
    objection = assessments.object_to(
        actor=owner, mark_id=mark.pk, words="已改", proofs=[("a.jpg", jpeg())], now=now()
    )
    filing = Filing.objects.create(round=small.round, node="s3", unit=unit, for_unit=row, state="filed")
    file = FilingFile.objects.create(filing=filing, name="a.jpg", sha256=files.put(jpeg()))
    cycle = Cycle.objects.create(
        jurisdiction=cast.city, name="一轮", first_year=2021, weights_milli=[400, 600]
    )
    result = OfficialResult.objects.create(
        cycle=cycle, unit=cast.city, year=2021, issued_by="省", score_nano=9 * 10**10, recorded_at=now()
    )
    lost = LostPoint.objects.create(
        result=result, method="field", item_words="乱停车", points_nano=10**9, unit=unit
    )
    views = (
        *("board", "score_round", "lock_round", "lock_file", "parts", "set_part", "add_adjustment"),
        *("parts_template", "bring_in_parts", "reply", "accept_findings", "ask_for_replies", "objections"),
        *("filings", "ask_for_filings", "filings_package", "result", "explain"),
    )
    return {
        **{f"assessments:{view}.round_id": small.round.pk for view in views},
        **{f"assessments:{view}.unit_id": unit.pk for view in ("result", "explain")},
        **{f"api:{view}.round_id": small.round.pk for view in ("scores", "lost_points")},
        "api:lost_points.unit_id": unit.pk,
        "role": "lead",
        "part_id": part.pk,
        "adjustment_id": bonus.pk,
        "mark_id": other.pk,
        "objection_id": objection.pk,
        "assessments:proof.file_id": objection.files.get().pk,
        "filing_id": filing.pk,
        "file_id": file.pk,
        "cycle_id": cycle.pk,
        "result_id": result.pk,
        "lost_id": lost.pk,
    }


def _import(kind: str, unit: Unit, actor: Actor) -> int:
    """A table handed in, of what `unit` reaches; none of its rows is right."""
    file = b64encode("姓名,账号,单位,名称,上级单位\n无,无,无,无,无\n".encode()).decode()
    given = {"sha256": "0" * 64, "requested_by_id": actor.person_id, "requested_at": NOW}
    return Import.objects.create(kind=kind, unit=unit, name="表.csv", file=file, **given).pk


def _taken(office: Actor, kind: ImportKind, table: str) -> int:
    """A table of the office that was taken over."""
    one = receive_import(actor=office, kind=kind, name="表.csv", data=table.encode(), now=now())
    lines, _table = planned(office, one, today())
    take_over_import(actor=office, kind=kind, import_id=one.pk, seen=digest(lines), now=now())
    return one.pk


def _report(city: Things, member: Actor) -> Things:
    """A report of the member's unit for May with a task that it leads, a file behind it, a value of the unit."""
    assert member.seat
    unit = member.seat.unit
    following = Following.objects.get(plan=city["plan_id"])
    beat = following.beats.get(asks="all")
    period = progress.open_period(actor=SYSTEM, beat_id=beat.pk, day=date(2021, 5, 31), now=now())
    report, _made = UnitReport.objects.get_or_create(period=period, unit=unit)
    item = report.items.filter(part="lead").first()
    if item is None:
        item = ReportItem.objects.create(report=report, task=following.plan.tasks.first(), part="lead")
    file = progress.add_evidence(actor=member, item_id=item.pk, name="a.pdf", data=b"%PDF-1.7", now=now())
    value = Value.objects.create(
        indicator=following.plan.indicators.get(key="I1"),
        unit=unit,
        first_day=period.first_day,
        last_day=period.last_day,
        numerator=1,
        made_at=now(),
    )
    task = following.plan.tasks.get(key="T1")
    due = Milestone.objects.create(following=following, task=task, title="文明行为促进条例")
    return {
        "report_id": report.pk,
        "item_id": item.pk,
        "evidence_id": file.pk,
        "value_id": value.pk,
        "period_id": period.pk,
        "beat_id": beat.pk,
        "course_id": following.courses.get(indicator__key="I1").pk,
        "gate_id": following.gates.all()[0].pk,
        "milestone_id": due.pk,
    }


def _token(actor: Actor) -> tuple[int, str]:
    scopes, end = list(token_scopes.offered()), now() + timedelta(days=30)
    token, secret = make_token(actor=actor, name="t", scopes=scopes, expires_at=end, now=now())
    return token.pk, secret


def _link(office: Actor, shop_id: int) -> tuple[FirmLink, str]:
    end = now() + timedelta(days=30)
    return make_firm_link(
        actor=office, unit_id=shop_id, label="收银台", expires_at=end, now=now(), today=today()
    )


def _by_link(office: Actor, shop_id: int) -> str:
    """The session of a browser that opened a link of the shop."""
    client = Client()
    client.get(reverse("orgs:open_firm_link", args=[_link(office, shop_id)[1]]))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _log_in(actor: Actor) -> int:
    """One of the person's log-ins, on another machine."""
    key = f"elsewhere-{UserSession.objects.count()}"
    session = UserSession.objects.create(user=actor.person, ip="192.0.2.1", session_key=key, user_agent="")
    return int(session.pk)


def _session(actor: Actor) -> str:
    client = Client()
    assert actor.person
    client.force_login(actor.person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
