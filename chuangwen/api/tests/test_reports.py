"""A program reads the report of its unit, fills it in and hands it in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import Cast
from chuangwen.plans.models import PlanVersion
from chuangwen.progress.models import Evidence, ReportItem, Value

from .conftest import Program, report_of, token_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def may(cast: Cast, plan: PlanVersion) -> dict[str, int]:
    return report_of(cast, plan)


def program_of(actor: Actor) -> Program:
    return Program(token_of(actor, "progress:read", "progress:write"))


def said(**more: Any) -> dict[str, Any]:
    entry = {"indicator": "I1", "numerator": "3.5", "as_of": "2021-05-28"}
    return {"version": 1, "progress": "going", "done_words": "修好三条", "entries": [entry]} | more


def test_a_report_is_read_filled_in_and_handed_in(cast: Cast, may: dict[str, int]) -> None:
    program = program_of(cast.urban_staff)
    (line,) = program.read("/reports", unit=cast.urban.pk)["items"]
    report = program.read(f"/reports/{may['report_id']}")
    assert line == {name: report[name] for name in line}
    (item,) = report["items"]
    assert (item["task"], item["state"], item["gaps"], item["locked"]) == ("T1", "draft", ["progress"], None)
    assert (item["entries"][0]["numerator"], item["entries"][0]["last"]) == (None, None)
    early = program.post(f"/reports/{may['report_id']}/hand-in", {"version": 1})
    assert (early.status_code, early.json()["fields"][0]["name"]) == (409, "progress")
    filled = program.post(f"/items/{may['item_id']}", said())
    assert filled.status_code == 200
    assert (filled.json()["version"], filled.json()["entries"][0]["numerator"]) == (2, "3.5")
    assert program.post(f"/items/{may['item_id']}", said()).json()["code"] == "stale"
    done = program.post(f"/reports/{may['report_id']}/hand-in", {"version": 1}).json()
    assert (done["items"][0]["state"], done["items"][0]["locked"]) == ("submitted", "progress.is_submitted")
    value = Value.objects.get()
    assert (value.numerator, str(value.as_of), value.author) == (
        3_500_000,
        "2021-05-28",
        cast.urban_staff.person,
    )
    assert program.post(f"/items/{may['item_id']}", said(version=3)).status_code == 409


def test_who_may_read_and_write_what(cast: Cast, may: dict[str, int]) -> None:
    for actor, read, wrote in [
        (cast.office, 200, 403),
        (cast.leader, 200, 403),
        (cast.housing_staff, 404, 404),
        (cast.observer, 404, 404),
        (cast.stranger, 404, 404),
    ]:
        program = program_of(actor)
        assert program.get(f"/reports/{may['report_id']}").status_code == read
        assert program.post(f"/items/{may['item_id']}", said()).status_code == wrote
        assert program.post(f"/reports/{may['report_id']}/hand-in", {"version": 1}).status_code == wrote
    reader = Program(token_of(cast.urban_staff, "progress:read"))
    assert reader.post(f"/items/{may['item_id']}", said()).json()["code"] == "api.scope_missing"
    assert reader.post(f"/reports/{may['report_id']}/hand-in", {"version": 1}).status_code == 403
    assert Program(token_of(cast.urban_staff, "progress:write")).get("/reports").status_code == 403
    assert ReportItem.objects.get(pk=may["item_id"]).version == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"version": 0}, "version"),
    ({"progress": "unchanged"}, "progress"),
    ({"done_words": "\x00"}, "done_words"),
    ({"done_words": "长" * 1001}, "done_words"),
    ({"helper_id": 999_999}, "helper_id"),
    ({"entries": [{"indicator": "I1", "numerator": 3}]}, "numerator"),
    ({"entries": [{"indicator": "I1", "numerator": "1e3"}]}, "numerator"),
    ({"entries": [{"indicator": "I1", "denominator": "3"}]}, "I1"),
    ({"entries": [{"indicator": "I1", "numerator": "3", "denominator": "0"}]}, "I1"),
    ({"entries": [{"indicator": "I1", "numerator": "3", "as_of": "2999-01-01"}]}, "I1"),
    ({"entries": [{"indicator": "I2", "numerator": "3"}]}, "I2"),
    ({"more": 1}, "more"),
]


def test_what_cannot_be_taken_is_named_and_nothing_is_stored(cast: Cast, may: dict[str, int]) -> None:
    program = program_of(cast.urban_staff)
    for body, field in REFUSED:
        answer = program.post(f"/items/{may['item_id']}", said(**body))
        named = [one["name"] for one in answer.json()["fields"]]
        assert (answer.status_code, named) == (422, [field]), body
    assert ReportItem.objects.get(pk=may["item_id"]).progress == ""


def test_a_file_is_kept_with_what_it_proves(cast: Cast, may: dict[str, int]) -> None:
    token, at = token_of(cast.urban_staff, "progress:write"), f"/api/v1/items/{may['item_id']}/evidence"

    def send(data: bytes, **said: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        body = {"file": SimpleUploadedFile("现场.png", data), **said}
        return Client(headers=headers, enforce_csrf_checks=True).post(at, body)

    kept = send(PNG, indicator="I1", source="现场拍摄", dated_on="2021-05-28").json()["evidence"]
    assert [(one["name"], one["indicator"], one["confidentiality"]) for one in kept] == [
        ("现场.png", "I1", "internal")
    ]
    for data, said, code in (
        (b"<html>", {}, "progress.file_kind"),
        (PNG, {"indicator": "I9"}, "progress.no_such_entry"),
        (PNG, {"dated_on": "2999-01-01"}, "progress.day_to_come"),
    ):
        refused = send(data, **said)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert send(PNG, confidentiality="secret").status_code == 422
    assert Evidence.objects.count() == 1
