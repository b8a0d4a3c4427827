"""A round through its pages, from the plan to the seed revealed."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from chuangwen.cores.scoring.draw import verify
from chuangwen.orgs.testing import Cast, sign_in
from chuangwen.points.tests.world import jpeg
from chuangwen.standards.models import Item

from .. import actions
from ..models import Draw, Mark, Round, Team, Visit
from ..rules.states import VisitState
from ..testing import MET, NOT_MET, NOW, PASSPHRASE, SmallRound, make_visits

pytestmark = pytest.mark.django_db


def as_(client: Client, actor: Any) -> Client:
    sign_in(client, actor)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def now_in(small: SmallRound) -> None:
    """The round lasts today."""
    today = timezone.localdate()
    Round.objects.filter(pk=small.round.pk).update(
        first_day=today - timedelta(days=1), last_day=today + timedelta(days=1)
    )


def test_a_round_is_planned_drawn_opened_marked_and_revealed(
    cast: Cast, small: SmallRound, client: Client
) -> None:
    office = as_(client, cast.office)
    assert cast.office.seat
    today = timezone.localdate()
    typed: dict[str, Any] = {
        "name": "区域模拟测评",
        "system_version_id": small.published.version.pk,
        "lead_seat_id": cast.office.seat.pk,
        "first_day": today,
        "last_day": today,
        "weight_field": "60",
        "weight_survey": "30",
        "visits_per_point": 1,
        "second_pct": 50,
        "threshold": 60,
        "bonus_cap": 0,
        "penalty_cap": 0,
        "reply_days": 3,
        "weighs": 1,
    }
    wrong = office.post("/assessments/plan/", typed)
    assert wrong.status_code == 422
    assert "90 %" in wrong.content.decode() and 'value="区域模拟测评"' in wrong.content.decode()
    made = office.post("/assessments/plan/", {**typed, "weight_survey": "40"})
    found = Round.objects.get(name="区域模拟测评")
    here = f"/assessments/{found.pk}/"
    assert made["Location"] == here
    assert "区域模拟测评" in page(office, "/assessments/")
    assert "东浦区" in page(office, here + "units/")
    units = {f"unit_{cast.east.pk}": "on", f"least_{cast.east.pk}": 2, f"unit_{cast.river.pk}": "on"}
    assert office.post(here + "units/", {"version": 1, **units}).status_code == 302
    for at, marker in enumerate((small.marker, small.second_marker)):
        assert marker.seat
        assert "需再添加一个测评组" in page(office, here)
        offered = page(office, here + f"add-team/?unit={marker.seat.unit.name}")
        assert "调查员" in offered
        data = {"version": 2 + at, "name": f"{at}组", "kind": "survey", "seat_ids": marker.seat.pk}
        address = here + f"add-team/?unit={marker.seat.unit.name}"
        assert office.post(address, data).status_code == 302
    assert "需再添加一个测评组" not in page(office, here)
    assert "人日" in page(office, here + "planner/?margin=10&sd=25&visits_per_day=8&team=2")
    assert "口令" in page(office, here + "draw/?margin=10&sd=25&visits_per_day=8&team=2")
    design = {"version": 4, "allocation": "proportional", "size": 4, "least": 2, "passphrase": PASSPHRASE}
    bad = office.post(here + "draw/", {**design, "again": "别的"})
    assert bad.status_code == 422 and PASSPHRASE not in bad.content.decode()
    assert office.post(here + "draw/", {**design, "again": PASSPHRASE}).status_code == 302
    drawn = page(office, here + "draw/")
    draw = Draw.objects.get(round=found)
    assert draw.frame_sha256 in drawn and draw.seed_sha256 in drawn and "8" in drawn
    assert "python -m chuangwen.cores.scoring.draw frame.csv draw.json" in drawn
    wrong = office.post(here + "open/", {"version": 5, "passphrase": "猜一猜猜一猜猜一猜猜一猜"})
    assert wrong.status_code == 422 and not Visit.objects.exists()
    assert office.post(here + "open/", {"version": 5, "passphrase": PASSPHRASE}).status_code == 302
    assert Visit.objects.count() == 12
    for marker in (small.marker, small.second_marker):
        client = as_(Client(), marker)
        for visit in Visit.objects.filter(team__members__seat=marker.seat, state="assigned"):
            assert visit.point.name in page(client, "/assessments/visits/")
            assert hand_in(client, visit).status_code == 302
    office = as_(Client(), cast.office)
    refused = office.post(here + "complete/", {"version": 6})
    assert refused.status_code == 409 and "12" in refused.content.decode()
    marked = page(office, here + "visits/?state=marked")
    chosen = re.findall(r'name="visit" value="(\d+)"', marked)
    assert office.post(here + "accept-visits/", {"visit": chosen}).status_code == 302
    agreed = page(office, here + "agreement/")
    assert "κ" in agreed and "12" in agreed
    assert office.post(here + "complete/", {"version": 6}).status_code == 302
    assert office.post(here + "reveal/", {"version": 7, "passphrase": "x" * 12}).status_code == 422
    assert office.post(here + "reveal/", {"version": 7, "passphrase": PASSPHRASE}).status_code == 302
    files = [office.get(here + name).content.decode() for name in ("frame.csv", "draw.json")]
    assert {one.number for one in verify(files[0], files[1]).points} == set(
        Visit.objects.values_list("point__number", flat=True)
    )
    assert Draw.objects.get(round=found).seed in page(office, here + "draw/")


def typed_marks(visit: Visit, **more: Any) -> dict[str, Any]:
    """i1 (with a photo), i2, and i3 on markets or i4 on roads."""
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    known = {"version": visit.version, "visited_at": when, "do": "finish"}
    photo = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    return {**known, "m0-met": "yes", "m1-met": "no", "m2-met": "yes", "m0-photos": photo, **more}


def hand_in(client: Client, visit: Visit, **more: Any) -> Any:
    return client.post(f"/assessments/visits/{visit.pk}/mark/", typed_marks(visit, **more))


def test_the_round_page_says_who_draws_and_leads_to_what_is_next(
    cast: Cast, small: SmallRound, client: Client
) -> None:
    here = f"/assessments/{small.round.pk}/"
    whose = "点位由测评负责人章测抽取和开启"
    assert whose in page(as_(client, cast.office), here)
    lead = as_(client, small.lead)
    assert whose not in page(lead, here)
    make_visits(small, state=VisitState.MARKED)
    found = page(lead, here)
    assert f'href="{here}filings/"' in found and f'href="{here}parts/"' in found
    assert "通过所选走访" in page(lead, here + "visits/")
    Visit.objects.update(state=VisitState.ACCEPTED)
    assert "通过所选走访" not in page(lead, here + "visits/")
    Round.objects.update(state="replying")
    assert f'href="{here}objections/"' in page(as_(client, cast.east_staff), here)


def test_a_refused_entry_loses_nothing(small: SmallRound, client: Client) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    now_in(small)
    as_(client, small.marker)
    refused = hand_in(client, visit, **{"m1-met": "", "m1-na": "on", "m1-note": "施工围挡", "remark": "雨"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "施工围挡" in text and 'value="雨"' in text and "说明不适用的理由" in text
    assert 'name="version" value="2"' in text
    assert Mark.objects.get(visit=visit, item="i1").photos.count() == 1
    photo = Mark.objects.get(visit=visit, item="i1").photos.get()
    assert client.get(f"/assessments/photos/{photo.pk}/").status_code == 200
    visit.refresh_from_db()
    again = typed_marks(visit, **{"m1-met": "", "m1-na": "on", "m1-why": "围挡内"})
    del again["m0-photos"]
    assert client.post(f"/assessments/visits/{visit.pk}/mark/", again).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "marked" and visit.marks.get(item="i2").reason == "围挡内"


LOST = "张照片未保存，请重新选择"


def test_photos_of_an_item_that_cannot_be_kept_are_asked_for_again(small: SmallRound, client: Client) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    now_in(small)
    as_(client, small.marker)
    two = [SimpleUploadedFile(f"{n}.jpg", jpeg(), "image/jpeg") for n in range(2)]
    without = {"m0-met": "", "m1-met": "", "m1-photos": two}
    for do in ("finish", "draft"):
        visit.refresh_from_db()
        refused = hand_in(client, visit, **without, do=do)
        text = refused.content.decode()
        assert refused.status_code == 422
        parts = text.split('<section class="sheet" id="item-')
        assert f"1 {LOST}" in parts[1] and f"2 {LOST}" in parts[2] and LOST not in parts[3]
    assert not Mark.objects.filter(visit=visit, photos__isnull=False).exists()
    visit.refresh_from_db()
    kept = hand_in(client, visit, **{"m1-met": ""})
    assert kept.status_code == 422 and LOST not in kept.content.decode()
    assert Mark.objects.get(visit=visit, item="i1").photos.count() == 1


def test_a_visit_that_was_handed_in_keeps_its_photos_and_says_which_new_ones_it_did_not_take(
    small: SmallRound, client: Client
) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    now_in(small)
    as_(client, small.marker)
    assert hand_in(client, visit).status_code == 302
    visit.refresh_from_db()
    refused = hand_in(client, visit, **{"m1-met": ""})
    assert refused.status_code == 422 and f"1 {LOST}" in refused.content.decode()
    assert Mark.objects.get(visit=visit, item="i1").photos.count() == 1


def test_a_draft_is_kept_and_shown_again(small: SmallRound, client: Client) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    now_in(small)
    as_(client, small.marker)
    assert hand_in(client, visit, **{"do": "draft", "m1-met": "", "m2-met": ""}).status_code == 302
    text = page(client, f"/assessments/visits/{visit.pk}/")
    assert 'name="m0-met" value="yes"' in text.replace(' id="id_m0-met_0"', "") and "checked" in text
    assert hand_in(client, visit).status_code == 409  # on the page of before


KINDS: list[tuple[str, dict[str, Any], dict[str, str], dict[str, Any]]] = [
    ("k_of_n", {"n": 5}, {"k": "3"}, {"k": 3}),
    (
        "deductions",
        {"faults": [{"key": "litter", "title": "散落垃圾", "each_milli": 200}]},
        {"part0": "2"},
        {"counts": {"litter": 2}},
    ),
    (
        "grades",
        {"grades": [{"key": "A", "title": "优", "weight_milli": 1000}, {"key": "B", "weight_milli": 500}]},
        {"grade": "B"},
        {"grade": "B"},
    ),
    ("measured", {"unit": "个", "comparator": ">=", "value": "5"}, {"value": "4.5"}, {"value": "4.5"}),
    ("observed", {"least": 20}, {"seen": "40", "compliant": "30"}, {"seen": 40, "compliant": 30}),
    (
        "all_or_nothing",
        {"parts": [{"key": "fence", "title": "围挡"}, {"key": "wash", "title": "冲洗"}]},
        {"part0": "yes", "part1": "no"},
        {"met": {"fence": True, "wash": False}},
    ),
    (
        "hotline",
        {"parts": [{"key": "a", "share_milli": 400}, {"key": "b", "share_milli": 600}]},
        {"part0": "yes", "part1": "yes"},
        {"met": {"a": True, "b": True}},
    ),
]


@pytest.mark.parametrize(("kind", "rule", "fields", "data"), KINDS, ids=[one[0] for one in KINDS])
def test_every_kind_of_item_has_its_own_fields(
    small: SmallRound, client: Client, kind: str, rule: dict[str, Any], fields: dict[str, str], data: Any
) -> None:
    Item.objects.filter(system_version=small.published.version, key="i2").update(kind=kind, rule=rule)
    visit = make_visits(small, lambda point, item: MET, state=VisitState.ASSIGNED)[0]
    now_in(small)
    as_(client, small.marker)
    assert "{" not in re.sub(
        r"<[^>]*>", "", page(client, f"/assessments/visits/{visit.pk}/").split("<main")[-1]
    )
    typed = {"m1-met": ""} | {f"m1-{name}": value for name, value in fields.items()}
    assert hand_in(client, visit, **typed).status_code == 302
    assert visit.marks.get(item="i2").data == data
    text = page(client, f"/assessments/visits/{visit.pk}/")
    for value in fields.values():
        assert f'value="{value}"' in text


def test_a_table_goes_out_and_comes_back_with_wrong_cells_named(small: SmallRound, client: Client) -> None:
    visits = make_visits(small, state=VisitState.ASSIGNED)
    now_in(small)
    as_(client, small.marker)
    answer = client.get(f"/assessments/{small.round.pk}/my-table/")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    rows = [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    head = next(at for at, row in enumerate(rows) if "走访编号" in row)
    place = {name: rows[head].index(name) for name in ("走访编号", "项目标识", "结果", "走访时间")}
    assert len(rows) - head - 1 == sum(3 for _visit in visits)
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    for row in rows[head + 1 :]:
        row[place["结果"]], row[place["走访时间"]] = "是", when
    rows[head + 2][place["结果"]] = "也许"
    rows[head + 3][place["走访编号"]] = "999999"
    address = f"/assessments/{small.round.pk}/bring-in-visits/"
    refused = client.post(address, {"file": _book(rows)})
    text = refused.content.decode()
    column = chr(ord("A") + place["结果"])
    assert refused.status_code == 422
    assert f"走访!{column}{head + 3}" in text and f"走访!A{head + 4}" in text and not Mark.objects.exists()
    rows[head + 2][place["结果"]] = "不适用：围挡内"
    rows[head + 3][place["走访编号"]] = rows[head + 2][place["走访编号"]]
    assert client.post(address, {"file": _book(rows)}).status_code == 302
    assert Mark.objects.count() == 24 and Mark.objects.filter(reason="围挡内").count() == 1
    assert set(Visit.objects.values_list("state", flat=True)) == {"assigned"}  # each lacks its photo
    Item.objects.filter(key="i1").update(photos_least=0)
    assert client.post(address, {"file": _book(rows)}).status_code == 302
    assert set(Visit.objects.values_list("state", flat=True)) == {"marked"}


def _book(rows: list[list[str]]) -> SimpleUploadedFile:
    out = BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet("走访")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile("走访.xlsx", out.getvalue())


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_cost_the_same_for_few_rows_and_for_many(cast: Cast, small: SmallRound, client: Client) -> None:
    visits = make_visits(small, lambda point, item: NOT_MET)
    here = f"/assessments/{small.round.pk}/"
    lists = {
        "/assessments/": small.lead,
        here: small.lead,
        here + "visits/": small.lead,
        here + "agreement/": small.lead,
        "/assessments/visits/": small.marker,
        here + "my-table/": small.marker,
    }
    first = Visit.objects.filter(pk=visits[0].pk)
    kept = list(Visit.objects.exclude(pk=visits[0].pk).values_list("pk", flat=True))
    before = {}
    Visit.objects.exclude(pk__in=first).update(state="cancelled")
    for address, actor in lists.items():
        before[address] = cost(as_(Client(), actor), address)
    Visit.objects.filter(pk__in=kept).update(state="accepted")
    Round.objects.bulk_create(
        Round(
            jurisdiction=cast.city,
            system_version=small.published.version,
            lead=small.round.lead,
            name=f"第{n}轮",
            first_day=small.round.first_day,
            last_day=small.round.last_day,
        )
        for n in range(30)
    )
    Team.objects.bulk_create(Team(round=small.round, name=f"{n}", kind="own") for n in range(30))
    after = {address: cost(as_(Client(), actor), address) for address, actor in lists.items()}
    assert after == before


def test_pages_say_what_is_empty_and_whom_they_are_not_for(cast: Cast, small: SmallRound) -> None:
    urban = as_(Client(), cast.urban_staff)
    assert "没有向你开放的点位" in page(urban, "/assessments/visits/")
    assert page(urban, f"/assessments/{small.round.pk}/")
    for address in (
        "plan/",
        f"{small.round.pk}/visits/",
        f"{small.round.pk}/draw/",
        f"{small.round.pk}/open/",
    ):
        assert urban.get(f"/assessments/{address}").status_code == 403
    stranger = as_(Client(), cast.stranger)
    assert stranger.get(f"/assessments/{small.round.pk}/").status_code == 404
    assert as_(Client(), cast.administrator).get("/assessments/").status_code == 403


def test_what_was_decided_of_others_is_read_by_units_once_it_is_locked(
    small: SmallRound, cast: Cast, client: Client
) -> None:
    """The history of a round names bonus and penalty of each unit with their grounds."""
    make_visits(small)
    Round.objects.filter(pk=small.round.pk).update(
        state="replying", covert_until=None, penalty_cap_milli=1000
    )
    row = small.units[cast.river.name]
    actions.add_adjustment(
        actor=small.lead,
        round_id=small.round.pk,
        unit_id=row.unit_id,
        kind="penalty",
        points_milli=500,
        grounds="被曝光",
        now=NOW,
    )
    here = f"/assessments/{small.round.pk}/"
    assert "被曝光" in page(as_(client, small.lead), here)
    assert "被曝光" not in page(as_(client, cast.east_staff), here)
    Round.objects.filter(pk=small.round.pk).update(state="locked")
    assert "被曝光" in page(as_(client, cast.east_staff), here)
