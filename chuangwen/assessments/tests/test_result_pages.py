"""Scores and what comes after them, through the pages that people use."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuangwen.cores import sheets
from chuangwen.desk.models import Todo
from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import Cast, make_unit, sign_in
from chuangwen.points.tests.world import jpeg

from .. import actions
from ..exchange.parts import COLUMNS
from ..models import (
    Adjustment,
    Cycle,
    Filing,
    FramePoint,
    LostPoint,
    Mark,
    Objection,
    OfficialResult,
    PartScore,
    Round,
    RoundLock,
    RoundUnit,
    UnitScore,
    Visit,
)
from ..queries import board as boards
from ..queries import explain as explaining
from ..rules.states import FilingState, RoundState
from ..testing import MET, NOT_MET, NOW, SmallRound, make_visits

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def at_that_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def dirty(point: FramePoint, item: str) -> Any:
    return NOT_MET if item == "i1" and point.unit.name == "东浦区" else MET


def set_round(small: SmallRound, **values: Any) -> None:
    Round.objects.filter(pk=small.round.pk).update(**values)
    small.round.refresh_from_db()


@pytest.fixture
def scored(small: SmallRound) -> SmallRound:
    make_visits(small, dirty)
    set_round(small, state=RoundState.REPLYING, method_weights={"field": 1000})
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    actions.ask_for_replies(actor=small.lead, round_id=small.round.pk, now=NOW)
    small.round.refresh_from_db()
    return small


def as_(actor: Actor) -> Client:
    client = Client()
    sign_in(client, actor)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def east(small: SmallRound, cast: Cast) -> UnitScore:
    return UnitScore.objects.get(round=small.round, unit=cast.east, role="unit")


def test_the_board_shows_peers_apart_with_ranges_and_the_table_behind(scored: SmallRound, cast: Cast) -> None:
    answer = as_(scored.lead).get(url("board", scored.round.pk), {"apart": "1"})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "城区" in words and 'class="range-bar"' in words and "东浦区" in words
    assert answer.context["board"].peers[0].lines[0].score.unit == cast.river
    assert {line.score.unit for line in answer.context["board"].others["unit"]} == {cast.city}
    assert [line.score.unit for line in answer.context["board"].others["lead"]] == [cast.urban]
    peers = answer.context["board"].peers[0]
    assert [name for name, _units in peers.places] == sorted({name for name, _units in peers.places})
    assert {unit for _name, units in peers.places for unit in units} == {cast.east, cast.river}
    ((upper, lower),) = peers.neighbours
    assert (upper.score.unit, lower.score.unit) == (cast.river, cast.east)
    assert "云河区与东浦区" in words


def test_areas_that_lack_the_same_say_so_once(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    answer = as_(small.lead).get(url("board", small.round.pk))
    without = answer.context["board"].without
    assert without["unit"].missing == ["material"] and "lead" not in without
    sheet = answer.content.decode().split("role-unit")[-1]
    assert sheet.count("有测评方式尚无结果") == 1


def test_the_page_of_a_round_names_the_next_step(scored: SmallRound, cast: Cast) -> None:
    def first(actor: Actor) -> str:
        words = as_(actor).get(url("round", scored.round.pk)).content.decode()
        return words.split('class="btn main" href="')[1].split('"')[0]

    assert first(cast.east_staff) == url("reply", scored.round.pk)
    assert first(scored.lead) == url("board", scored.round.pk)
    set_round(scored, state=RoundState.MARKING)
    scored.round.visits.update(state="marked")
    assert first(scored.lead) == url("visits", scored.round.pk)


def test_what_waits_stands_first(small: SmallRound, cast: Cast) -> None:
    visits = make_visits(small)
    set_round(small, state=RoundState.MARKING)
    small.round.visits.filter(pk=visits[-1].pk).update(state="assigned", team=small.team)
    page = as_(small.marker).get(url("my_visits"))
    assert page.context["page"].object_list[0].pk == visits[-1].pk and page.context["left"] == 1
    rows = [
        Filing.objects.create(
            round=small.round, node=f"n{at}", unit=cast.east, for_unit=small.units["东浦区"], state=state
        )
        for at, state in enumerate([FilingState.ACCEPTED, FilingState.ASKED, FilingState.FILED])
    ]
    page = as_(small.lead).get(url("filings", small.round.pk))
    assert [line.filing.pk for line in page.context["lines"]] == [one.pk for one in reversed(rows)]
    assert "1 项待审核" in page.content.decode()


def test_part_scores_say_what_is_missing_and_what_is_past_change(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    client = as_(small.lead)
    words = client.get(url("parts", small.round.pk)).content.decode()
    assert "云河区缺材料审核" in words and "补齐前暂不出分" in words
    for unit in (cast.east, cast.river):
        actions.set_part(
            actor=small.lead,
            round_id=small.round.pk,
            unit_id=unit.pk,
            method="material",
            nano=900_000_000,
            n=10,
            source="材料审核汇总表",
            now=NOW,
        )
    set_round(small, state=RoundState.LOCKED)
    words = client.get(url("parts", small.round.pk)).content.decode()
    assert "均已有得分" in words and "不能再修改" in words
    history = client.get(url("round", small.round.pk)).content.decode()
    assert "东浦区的分项得分：材料审核" in history and "material" not in history


def test_pages_of_results_lead_to_each_other(scored: SmallRound, cast: Cast) -> None:
    names = ("board", "parts", "filings", "objections")
    for client, tabs in ((as_(scored.lead), names), (as_(cast.east_staff), ("board", *names[2:]))):
        for here in tabs:
            words = client.get(url(here, scored.round.pk)).content.decode()
            bar = words.partition('<nav class="tabs')[2].partition("</nav>")[0]
            assert [name for name in names if f'href="{url(name, scored.round.pk)}"' in bar] == list(tabs)
            assert f'href="{url(here, scored.round.pk)}" aria-current="page"' in bar


def test_a_withheld_score_says_why_and_shows_no_number(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    client = as_(small.lead)
    answer = client.post(url("score_round", small.round.pk), follow=True)
    line = answer.context["board"].peers[0].lines[0]
    assert line.score.withheld == ["missing_method"] and line.at is None
    assert "有测评方式尚无结果" in answer.content.decode()


def test_units_see_their_own_score_when_they_may_reply_and_all_once_it_is_locked(
    scored: SmallRound, cast: Cast
) -> None:
    client = as_(cast.east_staff)
    shown = client.get(url("board", scored.round.pk)).context["board"]
    assert [line.score.unit for peers in shown.peers for line in peers.lines] == [cast.east]
    assert client.get(url("result", scored.round.pk, cast.river.pk, "unit")).status_code == 404
    set_round(scored, state=RoundState.LOCKED)
    assert client.get(url("result", scored.round.pk, cast.river.pk, "unit")).status_code == 200
    assert client.get(url("explain", scored.round.pk, cast.river.pk, "unit")).status_code == 403


def test_every_lost_point_is_a_line_and_five_of_them_gain(scored: SmallRound, cast: Cast) -> None:
    score = east(scored, cast)
    address = url("explain", scored.round.pk, cast.east.pk, "unit")
    answer = as_(cast.east_staff).get(address)
    told = answer.context["told"]
    assert len(told.lost) == 4 and len(told.fixed) == 4
    assert told.total_nano + told.gain_nano == 10**9
    assert "地面无散落垃圾" in answer.content.decode() and "调查员甲" in answer.content.decode()
    mark, cost = told.lost[0]
    again = as_(cast.east_staff).get(address, {"fix": mark})
    assert again.context["told"].gain_nano == cost and again.context["told"].fixed == {mark}
    other = as_(cast.east_staff).get(address, {"t_JMSC": "0"})
    assert other.context["what_if"].total_nano != score.total_nano
    assert UnitScore.objects.get(pk=score.pk).total_nano == score.total_nano


def test_what_takes_long_is_found_once_and_anew_after_each_change(
    scored: SmallRound, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []

    def counted(name: str, real: Callable[[Round], Any]) -> Callable[[Round], Any]:
        def find(one: Round) -> Any:
            found.append(name)
            return real(one)

        return find

    for module, name in ((explaining, "round_inputs"), (boards, "scores_now")):
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    pages = [
        url("explain", scored.round.pk, cast.east.pk, "unit"),
        url("board", scored.round.pk) + "?apart=1",
    ]

    def looked(*again: str) -> None:
        found.clear()
        for _ in range(2):
            for page in pages:
                assert as_(scored.lead).get(page).status_code == 200
        assert found == list(again)

    both = ("round_inputs", "scores_now")
    looked(*both)
    looked()
    part = PartScore.objects.create(
        round_unit=scored.units["东浦区"], method="survey", nano=5, n=4, source="问卷"
    )
    looked(*both)
    PartScore.objects.filter(pk=part.pk).update(version=2, nano=6)
    looked(*both)
    set_round(scored, version=scored.round.version + 1)
    looked(*both)
    actions.score_round(actor=scored.lead, round_id=scored.round.pk, now=NOW)
    looked(*both)
    Visit.objects.filter(round=scored.round).order_by("pk").first().delete()  # type: ignore[union-attr]
    looked(*both)
    looked()


def test_a_page_of_lost_points_costs_the_same_for_any_number_of_them(scored: SmallRound, cast: Cast) -> None:
    client = as_(scored.lead)
    address = url("explain", scored.round.pk, cast.east.pk, "unit")
    client.get(address)
    with CaptureQueriesContext(connection) as four:
        assert len(client.get(address).context["lines"]) == 4
    Mark.objects.filter(item="i2").update(nano=0)
    actions.score_round(actor=scored.lead, round_id=scored.round.pk, now=NOW)
    client.get(address)
    with CaptureQueriesContext(connection) as eight:
        assert len(client.get(address).context["lines"]) == 8
    assert len(four) == len(eight)


def test_a_unit_objects_from_its_reply_page_and_a_second_marker_decides(
    scored: SmallRound, cast: Cast
) -> None:
    before = east(scored, cast).total_nano or 0
    todo = Todo.objects.get(unit=cast.east)
    client = as_(cast.east_staff)
    assert scored.round.name in client.get(reverse("desk:desk")).content.decode()
    page = client.get(url("reply", scored.round.pk))
    assert page.context["told"].points == 4 and len(page.context["told"].lines) == 4
    mark = page.context["told"].lines[0].mark
    proof = SimpleUploadedFile("现场.jpg", jpeg(), "image/jpeg")
    sent = client.post(url("object_to", mark.pk), {"words": "已清理", "proofs": [proof]}, follow=True)
    assert sent.status_code == 200
    objection = Objection.objects.get()
    file = objection.files.get()
    assert client.get(url("proof", file.pk)).status_code == 200
    assert as_(cast.housing_staff).get(url("proof", file.pk)).status_code == 404
    answer = {"grounds": "照片属实", "m0-met": "yes", "decision": "uphold"}
    assert as_(scored.marker).post(url("decide_objection", objection.pk), answer).status_code == 403
    second = as_(scored.second_marker)
    assert second.get(url("objection", objection.pk)).context["may_decide"]
    assert second.post(url("decide_objection", objection.pk), {"decision": "uphold"}).status_code == 422
    assert second.post(url("decide_objection", objection.pk), answer).status_code == 302
    assert Mark.objects.get(pk=mark.pk).nano == 10**9
    assert (east(scored, cast).total_nano or 0) > before
    assert client.post(url("accept_findings", scored.round.pk)).status_code == 302
    todo.refresh_from_db()
    assert todo.state == "done"


def test_a_round_is_locked_on_its_board_verified_and_scored_from_an_export(
    scored: SmallRound,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = as_(scored.lead)
    body = {"version": scored.round.version}
    early = client.post(url("lock_round", scored.round.pk), body)
    assert early.status_code == 409 and "3" in early.context["refused"]
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client = as_(scored.lead)  # the session of then is over
    assert client.post(url("lock_round", scored.round.pk), body).status_code == 302
    locked = RoundLock.objects.get()
    assert locked.sha256 in client.get(url("board", scored.round.pk)).content.decode()
    assert client.get(url("lock_file", scored.round.pk)).status_code == 200
    assert as_(cast.east_staff).get(url("lock_file", scored.round.pk)).status_code == 403

    number = str(scored.round.pk)
    call_command("round", "verify", number)
    assert locked.sha256 in capsys.readouterr().out
    folder = tmp_path / "云浦"
    call_command("round", "export", number, "--parquet", str(folder))
    capsys.readouterr()
    call_command("round", "score", str(folder), str(folder), "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    totals = {row["group"]: row["total_nano"] for row in rows}
    for one in UnitScore.objects.filter(round=scored.round):
        assert totals[f"{one.role}:{one.unit_id}"] == one.total_nano
    assert len(rows) == 2 * len(totals)
    call_command("round", "score", str(folder))
    assert "东浦区" in capsys.readouterr().out

    mark = Mark.objects.filter(visit__round=scored.round, nano=0)[0]
    Mark.objects.filter(pk=mark.pk).update(nano=10**9)
    with pytest.raises(SystemExit):
        call_command("round", "verify", number)
    assert f"{mark.visit.point.number}/1/i1" in capsys.readouterr().out


def workbook(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("问卷.xlsx", sheets.write("问卷", "", COLUMNS, rows))


def test_part_scores_come_in_as_a_table_or_not_at_all(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    set_round(small, method_weights={"field": 600, "survey": 400}, bonus_cap_milli=1000)
    client = as_(small.lead)
    address = url("bring_in_parts", small.round.pk)
    bad = workbook(
        ["东浦区", "问卷", "", "101", "400", "", "调查队"],
        ["某区", "问卷", "", "80", "0", "", ""],
        ["云河区", "扣分", "", "1", "", "", "迟报"],
    )
    answer = client.post(address, {"file": bad})
    assert answer.status_code == 422
    assert [error.place[-2:] for error in answer.context["errors"]] == ["D4", "A5", "E5", "G5", "B6"]
    assert not PartScore.objects.exists()
    good = workbook(
        ["东浦区", "问卷", "", "85.5", "400", "1.2", "调查队"],
        ["云河区", "问卷", "", "80", "400", "", "调查队"],
        ["云河区", "加分", "", "3", "", "", "中央媒体正面报道"],
    )
    shown = client.post(address, {"file": good})
    assert shown.status_code == 200 and not PartScore.objects.exists()
    assert client.post(address, {"held": shown.context["held"]}).status_code == 302
    assert PartScore.objects.get(round_unit__unit=cast.east).nano == 855_000_000
    assert Adjustment.objects.get().points_milli == 3000
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    river = UnitScore.objects.get(round=small.round, unit=cast.river, role="unit")
    assert river.total_nano == 920_000_000
    assert river.final_nano == 93 * 10**9  # the bonus of three is capped at one
    found = east(small, cast)
    assert found.se is not None and found.se > 0.004  # the survey's error by its weight
    page = client.get(url("parts", small.round.pk))
    assert "85.50" in page.content.decode()
    part = PartScore.objects.get(round_unit__unit=cast.east)
    assert client.get(url("set_part", small.round.pk), {"part": part.pk}).status_code == 200
    assert client.post(url("remove_part", part.pk), {"version": part.version}).status_code == 302


def test_material_is_asked_once_filed_reviewed_and_scored(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    client = as_(small.lead)
    assert client.post(url("ask_for_filings", small.round.pk)).status_code == 302
    assert client.post(url("ask_for_filings", small.round.pk)).status_code == 302
    filing = Filing.objects.get(unit=cast.east)
    assert Filing.objects.count() == 2
    assert Todo.objects.filter(unit=cast.east, kind="assessments.filing").count() == 1
    unit = as_(cast.east_staff)
    page = unit.get(url("filing", filing.pk))
    assert {doubt.code for doubt in page.context["doubts"]} == {
        "no_conclusion",
        "statement_short",
        "no_files",
    }
    file = SimpleUploadedFile("活动.jpg", jpeg())
    body = {"version": filing.version, "file": file, "caption": "2022年3月5日，望江社区，清洁家园活动"}
    assert unit.post(url("add_filing_file", filing.pk), body).status_code == 302
    filing.refresh_from_db()
    empty = {"version": filing.version, "send": "1"}
    assert unit.post(url("filing", filing.pk), empty).status_code == 422
    words = {"conclusion": "达标", "statement": "辖区共有社区12个，全部设立志愿服务站，登记志愿者3200名。"}
    assert unit.post(url("filing", filing.pk), {**empty, **words}).status_code == 302
    filing.refresh_from_db()
    verdict = {"version": filing.version, "decision": "return", "verdict": "照片不清晰"}
    assert unit.post(url("review_filing", filing.pk), verdict).status_code == 403
    assert client.post(url("review_filing", filing.pk), verdict).status_code == 302
    filing.refresh_from_db()
    assert (filing.state, filing.times_returned) == (FilingState.RETURNED, 1)
    assert Todo.objects.filter(unit=cast.east, kind="assessments.filing", state="open").count() == 1
    again = {**words, "version": filing.version, "send": "1"}
    assert unit.post(url("filing", filing.pk), again).status_code == 302
    filing.refresh_from_db()
    marks = {"version": filing.version, "decision": "accept", "m0-met": "yes", "verdict": ""}
    assert client.post(url("review_filing", filing.pk), marks).status_code == 302
    reviewed = unit.get(url("filing", filing.pk))
    assert [answer for _title, answer in reviewed.context["marked"]] == ["是"]
    assert "：是</li>" in reviewed.content.decode()
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    assert east(small, cast).total_nano == 10**9
    river = UnitScore.objects.get(round=small.round, unit=cast.river, role="unit")
    assert river.withheld == ["missing_method", "filings_open"]
    zipped = client.get(url("filings_package", small.round.pk))
    names = zipfile.ZipFile(io.BytesIO(zipped.content)).namelist()
    assert any(name.endswith("东浦区/说明.txt") for name in names)
    assert any(name.endswith("01 活动.jpg") for name in names)
    assert as_(cast.housing_staff).get(url("filing", filing.pk)).status_code == 404


def test_a_cycle_gathers_years_beside_official_results(scored: SmallRound, cast: Cast) -> None:
    office = as_(cast.office)
    body = {"name": "2020-2022", "first_year": 2020, "weights": "15/25/60"}
    assert office.post(url("add_cycle"), {**body, "weights": "15/25/50"}).status_code == 422
    assert office.post(url("add_cycle"), body).status_code == 302
    cycle = Cycle.objects.get()
    set_round(scored, state=RoundState.LOCKED)
    for year, score in ((2020, 88), (2021, 90)):
        actions.record_official(
            actor=cast.office,
            cycle_id=cycle.pk,
            unit_id=cast.river.pk,
            year=year,
            issued_by="省文明办",
            score_nano=score * 10**9,
            now=NOW,
        )
    page = office.get(url("cycle", cycle.pk), {"goal": "95"})
    ((_name, lines),) = [group for group in page.context["groups"] if group[0] == "城区"]
    river = next(line for line in lines if line.unit == cast.river)
    # 15 % of 88, 25 % of 90, and 60 % of the mock mean of 100
    assert river.gathered_nano == 95_700_000_000 and river.gathered.complete
    assert river.needed.nano == -(-(9500 - 15 * 88 - 25 * 90) * 10**9 // 60)
    assert [cell.counts for cell in river.cells] == [88 * 10**9, 90 * 10**9, 100 * 10**9]
    quarter = (scored.round.last_day.month + 2) // 3
    assert river.cells[-1].quarters == [(quarter, 100 * 10**9)]
    assert f"{quarter} 季度 100.00" in page.content.decode()
    twice = {"unit": "云河区", "year": 2021, "issued_by": "省文明办", "score": "99"}
    assert office.post(url("add_official", cycle.pk), twice).status_code == 422
    minors = office.get(url("cycle", cycle.pk), {"purpose": "minors"})
    assert minors.context["groups"] == []


def test_a_lost_point_is_answered_by_its_unit_and_then_decided(scored: SmallRound, cast: Cast) -> None:
    cycle = actions.add_cycle(
        actor=cast.office,
        jurisdiction_id=cast.city.pk,
        name="一轮",
        first_year=2021,
        weights_milli=[400, 600],
    )
    result = actions.record_official(
        actor=cast.office,
        cycle_id=cycle.pk,
        unit_id=cast.city.pk,
        year=2021,
        issued_by="国家",
        score_nano=90 * 10**9,
        parts={"field": (50 * 10**9, 60 * 10**9)},
        now=NOW,
    )
    office = as_(cast.office)
    body = {"method": "field", "item_words": "背街小巷乱停车", "points": "0.5", "unit": "市城管局"}
    assert office.post(url("add_lost", result.pk), {**body, "points": "11"}).status_code == 422
    assert office.post(url("add_lost", result.pk), body).status_code == 302
    lost = LostPoint.objects.get()
    decided = {"version": lost.version, "cause": "subjective", "words": "巡查不到位"}
    assert office.post(url("lost", lost.pk), decided).status_code == 409  # the unit is heard first
    urban = as_(cast.urban_staff)
    reply = {"version": lost.version, "cause": "objective", "words": "道路施工改道"}
    assert urban.post(url("lost", lost.pk), reply).status_code == 302
    assert as_(cast.housing_staff).get(url("lost", lost.pk)).status_code == 404
    lost.refresh_from_db()
    assert office.post(url("lost", lost.pk), {**decided, "version": lost.version}).status_code == 302
    lost.refresh_from_db()
    assert (lost.cause, lost.reply) == ("subjective", "道路施工改道")
    assert OfficialResult.objects.get().score_nano == 90 * 10**9
    assert office.get(url("official", result.pk)).status_code == 200


def test_the_board_costs_the_same_for_any_number_of_units(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    client = as_(small.lead)

    def count(n: int) -> int:
        for number in range(n):
            unit = make_unit(cast.city, f"第{number}区")
            RoundUnit.objects.create(round=small.round, unit=unit, peer_group="城区")
        actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("board", small.round.pk)).status_code == 200
        return len(queries)

    assert count(0) == count(30)


def test_the_results_of_a_secret_round_are_hidden_from_the_inspected_and_from_administrators(
    small: SmallRound, cast: Cast
) -> None:
    make_visits(small, dirty)
    secret = NOW + timedelta(days=9)
    set_round(small, state=RoundState.REPLYING, method_weights={"field": 1000}, covert_until=secret)
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    mark = Mark.objects.filter(visit__round=small.round, nano=0)[0]
    for actor in (cast.east_staff, cast.urban_staff, cast.leader, cast.administrator):
        client = as_(actor)
        for name in ("board", "reply", "objections", "filings", "filings_package", "parts"):
            assert client.get(url(name, small.round.pk)).status_code == 404
        for name in ("result", "explain"):
            assert client.get(url(name, small.round.pk, cast.east.pk, "unit")).status_code == 404
        assert client.get(url("object_to", mark.pk)).status_code == 404
    assert actions.ask_all_for_replies(actor=small.lead, now=NOW) == 0
    assert not Todo.objects.exists()
    assert as_(small.lead).get(url("board", small.round.pk)).status_code == 200
