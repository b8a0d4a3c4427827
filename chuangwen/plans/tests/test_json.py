import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden
from chuangwen.orgs import actions as orgs_actions
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit

from .. import actions
from ..exchange import json_out
from ..exchange.document import dump
from ..models import Citation, Plan, PlanVersion
from .world import LATER, NOW, make_draft


def second_version(plan: PlanVersion, cast: Cast) -> PlanVersion:
    """Version 2, with two indicators merged so that an identity is replaced."""
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="合并指标", now=LATER)
    rows = list(draft.indicatorversion_rows.filter(indicator__key__in=["I2", "I4"]))
    actions.merge_indicators(actor=cast.office, row_ids=[row.pk for row in rows], versions=[1, 1])
    return actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER)


def bring_in(cast: Cast, data: bytes) -> Plan:
    return actions.bring_in_json(actor=cast.office, data=data, now=LATER)


def test_out_in_out_is_identical_to_the_byte(plan: PlanVersion, cast: Cast) -> None:
    second_version(plan, cast)
    out = json_out(cast.office, plan.plan_id)
    again = bring_in(cast, out)
    assert again.pk != plan.plan_id
    assert json_out(cast.office, again.pk) == out
    assert [version.state for version in again.versions.order_by("pk")] == ["superseded", "confirmed"]


def test_it_is_identical_in_a_database_with_other_numbers(plan: PlanVersion, cast: Cast) -> None:
    out = json_out(cast.office, plan.plan_id)
    other = orgs_actions.found_jurisdiction(actor=SYSTEM, kind=UnitKind.CITY, name="云泽市")
    for unit in ("云河区", "东浦区"):  # in another order, so that paths and numbers differ
        make_unit(other, unit, kind=UnitKind.DISTRICT)
    make_unit(other, "云浦市住房和城乡建设局", "市住建局")
    make_unit(other, "云浦市城市管理局", "市城管局")
    orgs_actions.add_group(
        actor=SYSTEM, jurisdiction_id=other.pk, name="各区", other_names=[], kinds=[UnitKind.DISTRICT]
    )
    elsewhere = bring_in_as_system(
        out.replace('"云浦市",\n "schema"'.encode(), '"云泽市",\n "schema"'.encode())
    )
    assert elsewhere.jurisdiction == other
    again = json_out(SYSTEM, elsewhere.pk)
    assert again.replace("云泽市".encode(), "云浦市".encode()) == out


def bring_in_as_system(data: bytes) -> Plan:
    return actions.bring_in_json(actor=SYSTEM, data=data, now=LATER)


def test_citations_still_show_the_same_words(plan: PlanVersion, cast: Cast) -> None:
    again = bring_in(cast, json_out(cast.office, plan.plan_id)).versions.get()

    def words(version: PlanVersion) -> list[tuple[str, str]]:
        rows = Citation.objects.filter(plan_version=version).select_related("document")
        return [(row.subject, row.document.text[row.start : row.end]) for row in rows]

    assert words(again) == words(plan) != []


def test_a_leader_s_post_comes_along(cast: Cast) -> None:
    orgs_actions.add_post(
        actor=SYSTEM, unit_id=cast.city.pk, title="高市", holder_name="高山", starts_on=date(2020, 1, 1)
    )
    draft = make_draft(cast.city, cast.office)
    out = json_out(cast.office, draft.plan_id)
    given = json.loads(out)["versions"][0]["content"]["tasks"][0]["assignments"][0]
    assert given["post"]["title"] == "高市"
    assert json_out(cast.office, bring_in(cast, out).pk) == out


def test_it_names_no_person_and_no_number_of_the_database(plan: PlanVersion, cast: Cast) -> None:
    data = json.loads(json_out(cast.office, plan.plan_id))
    assert data["schema"] == "chuangwen.plan/1"
    assert "林办" not in json.dumps(data, ensure_ascii=False)
    assert data["units"][0] == {"code": "", "names": ["东浦区"]}
    assert data["versions"][0]["content"]["tasks"][0]["places"][0][0] == 0


def test_an_open_draft_beside_a_confirmed_version_stays_at_home(plan: PlanVersion, cast: Cast) -> None:
    out = json_out(cast.office, plan.plan_id)
    actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="试", now=LATER)
    assert json_out(cast.office, plan.plan_id) == out == json_out(cast.urban_staff, plan.plan_id)


def test_units_that_are_not_in_the_register_are_named(plan: PlanVersion, cast: Cast) -> None:
    out = json_out(cast.office, plan.plan_id)
    Unit.objects.filter(pk=cast.river.pk).update(name="西山区")
    with pytest.raises(BadInput) as refusal:
        bring_in(cast, out)
    assert (refusal.value.code, refusal.value.params["names"]) == ("plans.json_unknown", "云河区")
    assert Plan.objects.count() == 1


def broken(data: dict[str, Any], how: str) -> None:
    version = data["versions"][0]
    if how == "schema":
        data["schema"] = "other/1"
    elif how == "place":
        version["content"]["tasks"][0]["places"][0][2] = 10**6
    elif how == "state":
        version["state"] = "holy"
    elif how == "value":
        version["content"]["indicators"][0]["targets"][0]["value"] = "many"
    elif how == "field":
        version["content"]["goals"][0]["colour"] = "red"
    elif how == "versions":
        data["versions"] = []
    else:
        del data[how]


BROKEN = ["schema", "place", "state", "value", "field", "versions", "units", "documents"]


def test_json_that_is_not_a_plan_is_refused_and_stores_nothing(plan: PlanVersion, cast: Cast) -> None:
    for how in BROKEN:
        data = json.loads(json_out(cast.office, plan.plan_id))
        broken(data, how)
        with pytest.raises(BadInput, match=r"plans\.json_bad"):
            bring_in(cast, dump(data))
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'"text"', b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(cast: Cast, data: bytes) -> None:
    with pytest.raises(BadInput, match=r"plans\.json_bad"):
        bring_in(cast, data)


def test_only_those_who_see_the_plan_take_it_out_and_only_the_office_brings_it_in(
    plan: PlanVersion, cast: Cast
) -> None:
    out = json_out(cast.observer, plan.plan_id)
    for actor in (cast.stranger, cast.administrator, cast.seatless):
        with pytest.raises(Hidden):
            json_out(actor, plan.plan_id)
    with pytest.raises(Denied):
        actions.bring_in_json(actor=cast.urban_staff, data=out, now=NOW)


def test_every_part_of_the_file_is_in_the_docs(plan: PlanVersion, cast: Cast) -> None:
    words = (Path(__file__).parents[3] / "docs/reference/plan-json.md").read_text(encoding="utf-8")
    data = json.loads(json_out(cast.office, plan.plan_id))
    version = data["versions"][0]
    keys = {*data, *version, *version["content"], *data["documents"][0]}
    assert {key for key in keys if f"`{key}`" not in words} == set()
