"""The office sets how a plan is followed, on pages; what cannot be taken is said above what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from chuangwen.cores.series.course import Thresholds
from chuangwen.kit import clock
from chuangwen.orgs.testing import sign_in
from chuangwen.progress.models import Course, Milestone, Period, StageGate, TaskBudget, TaskWeight
from chuangwen.progress.queries.judging import Judge
from chuangwen.progress.rules.rhythm import Asks

from .world import JUNE, Followed


@pytest.fixture
def office(client: Client, followed: Followed, settings: Settings) -> Client:
    """The campaign office on 1 July 2021."""
    settings.TODAY_SHIFT = JUNE.replace(month=7, day=1) - clock.today()
    sign_in(client, followed.cast.office)
    return client


def at(followed: Followed, page: str) -> str:
    return f"/progress/{followed.version.plan_id}/{page}"


def test_a_beat_is_added_and_what_asks_too_often_is_refused(office: Client, followed: Followed) -> None:
    page = at(followed, "rhythm/week/")
    typed: dict[str, Any] = {"name": "周通报", "produces": ["bulletin"], "due_days": 2, "lock_days": 3}
    refused = office.post(page, typed | {"asks": "all"})
    assert refused.status_code == 422
    assert "月度以下的节奏不得要求各单位填报" in refused.content.decode()
    assert "周通报" in refused.content.decode()
    assert office.post(page, typed | {"asks": "nobody"}).status_code == 302
    beat = followed.following.beats.get(every="week")
    assert (beat.name, beat.produces, beat.asks) == ("周通报", ["bulletin"], Asks.NOBODY)
    assert "周通报" in office.get(at(followed, "rhythm/")).content.decode()
    gone = office.post(f"/progress/beats/{beat.pk}/remove/", {"version": beat.version})
    assert (gone.status_code, followed.following.beats.filter(every="week").exists()) == (302, False)


def test_an_indicator_is_computed_by_a_formula_and_a_wrong_one_is_explained(
    office: Client, followed: Followed
) -> None:
    course = Course.objects.get(indicator=followed.indicator("整修小路"))
    key = followed.indicator("新建驿站").key
    page = f"/progress/courses/{course.pk}/"
    assert f"<code>{key}</code>" in office.get(page).content.decode()
    typed = {"version": course.version, "mode": "formula", "shape": "linear", "weight": 2}
    wrong = office.post(page, typed | {"formula": f"{key} + 1"})
    assert wrong.status_code == 422
    assert "不能这样计算" in wrong.content.decode()
    assert f"{key} + 1" in wrong.content.decode()
    assert office.post(page, typed | {"formula": f"{key}×2"}).status_code == 302
    course.refresh_from_db()
    assert (course.mode, course.formula, course.weight) == ("formula", f"{key}×2", 2)
    assert office.post(page, typed | {"formula": key}).status_code == 409  # another window was quicker


def test_a_drawn_path_is_a_day_and_a_number_on_each_line(office: Client, followed: Followed) -> None:
    course = Course.objects.get(indicator=followed.indicator("整修小路"))
    page = f"/progress/courses/{course.pk}/"
    typed = {"version": course.version, "mode": "lead", "shape": "drawn", "weight": 1}
    assert office.post(page, typed | {"drawn": "2021年6月 8"}).status_code == 422
    assert office.post(page, typed | {"drawn": "2021-06-30 8\n2021-09-30 １２"}).status_code == 302
    course.refresh_from_db()
    assert course.drawn == [["2021-06-30", "8"], ["2021-09-30", "12"]]


def test_a_path_is_not_drawn_outside_the_years_of_the_plan(office: Client, followed: Followed) -> None:
    course = Course.objects.get(indicator=followed.indicator("整修小路"))
    page = f"/progress/courses/{course.pk}/"
    typed = {"version": course.version, "mode": "lead", "shape": "drawn", "weight": 1}
    for day in ("2020-12-31", "2024-01-01"):
        refused = office.post(page, typed | {"drawn": f"2021-06-30 8\n{day} 30"})
        assert refused.status_code == 422
        assert f"{day} 不在计划年度 2021 年至 2023 年之内" in refused.content.decode()
    assert office.post(page, typed | {"drawn": "2021-01-01 1\n2023-12-31 30"}).status_code == 302


def test_each_plan_has_thresholds_of_its_own(office: Client, followed: Followed) -> None:
    page, following = at(followed, "rhythm/"), followed.following
    assert 'value="31"' in office.get(page).content.decode()
    typed = {"version": following.version, "near_pct": 80, "near_days": 14, "about_pct": 5, "lag_days": 46}
    assert office.post(page, typed | {"about_pct": 90}).status_code == 422
    assert office.post(page, typed).status_code == 302
    following.refresh_from_db()
    judge = Judge(following, JUNE)
    assert judge.thresholds == Thresholds(near_pct=80, near_days=14, about_pct=5, lag_days=46)
    assert all(judged.thresholds == judge.thresholds for judged in judge.city().values())


def test_a_period_is_opened_shows_who_is_missing_and_a_report_is_opened_again(
    office: Client, followed: Followed
) -> None:
    opened = office.post(at(followed, "periods/"), {"beat_id": followed.month.pk, "day": "2021-06-15"})
    period = Period.objects.get(last_day=JUNE)
    assert opened.headers["Location"] == f"/progress/periods/{period.pk}/"
    assert (
        "应报 4 个单位，未报 4 个，其中 4 个从未报过"
        in office.get(f"/progress/periods/{period.pk}/").content.decode()
    )
    report = period.reports.get(unit=followed.cast.urban)
    grant = {"until": "2021-08-01T12:00", "why": "汛期补报"}
    assert office.post(f"/progress/reports/{report.pk}/grant/", {"why": ""}).status_code == 422
    assert office.post(f"/progress/reports/{report.pk}/grant/", grant).status_code == 302
    assert report.grants.get().why == "汛期补报"


def test_a_document_is_done_once_number_day_and_file_are_in(office: Client, followed: Followed) -> None:
    page = at(followed, "milestones/")
    task = followed.version.plan.tasks.get(key="T1").pk
    assert office.post(page, {"task_id": task, "title": ""}).status_code == 422
    office.post(page, {"task_id": task, "title": "文明行为促进条例", "due_on": "2021-06-01"})
    milestone = Milestone.objects.get()
    assert "缺" in office.get(page).content.decode()
    one = f"/progress/milestones/{milestone.pk}/"
    no_document = SimpleUploadedFile("a.exe", b"MZ no document")
    assert office.post(one, {"version": 1, "document_number": "1号", "file": no_document}).status_code == 422
    file = SimpleUploadedFile("条例.pdf", b"%PDF-1.7 text")
    typed = {"version": 1, "document_number": "云人发〔2021〕3号", "issued_on": "2021-05-30", "file": file}
    assert office.post(one, typed).status_code == 302
    assert "1 份文件中已出台 1 份" in office.get(page).content.decode()
    answer = office.get(f"{one}file/")
    assert (answer.content, answer.headers["Content-Security-Policy"]) == (b"%PDF-1.7 text", "sandbox")
    assert office.post(f"{one}remove/", {"version": 2}).status_code == 409


def test_money_that_nobody_entered_is_unknown(office: Client, followed: Followed) -> None:
    page = at(followed, "budgets/T1/2021/")
    assert office.post(page, {"planned_micro": "12.345"}).status_code == 422
    assert office.post(page, {"planned_micro": "1,200.50"}).status_code == 302
    budget = TaskBudget.objects.get()
    assert (budget.planned_cents, budget.paid_cents) == (120050, None)
    text = office.get(at(followed, "budgets/")).content.decode()
    assert "1,200.5" in text
    assert office.post(at(followed, "budgets/T1/2030/"), {"paid_micro": "1"}).status_code == 422


def test_weights_are_set_for_all_tasks(office: Client, followed: Followed) -> None:
    tasks = {f"task-{task.pk}": 1 for task in followed.version.plan.tasks.all()}
    first = followed.version.plan.tasks.get(key="T1")
    assert office.post(at(followed, "weights/"), tasks | {f"task-{first.pk}": 5}).status_code == 302
    assert TaskWeight.objects.get(task=first).weight == 5


def test_only_a_person_finds_a_stage_reached_and_not_before_it_has_ended(
    office: Client, client: Client, followed: Followed, settings: Settings
) -> None:
    gate = StageGate.objects.get()
    page, found = (
        f"/progress/gates/{gate.pk}/",
        {"version": gate.version, "reached": "1", "words": "指标全部达到"},
    )
    assert office.post(page, found).status_code == 409
    settings.TODAY_SHIFT += gate.last_day.replace(year=2022, month=1, day=5) - clock.today()
    sign_in(client, followed.cast.urban_staff)
    assert client.post(page, found).status_code == 403
    sign_in(client, followed.cast.leader)
    assert client.post(page, found | {"words": " "}).status_code == 422
    assert client.post(page, found).status_code == 302
    gate.refresh_from_db()
    assert (gate.reached, gate.decided_by) == (True, followed.cast.leader.person)
    assert "指标全部达到" in client.get(at(followed, "stages/")).content.decode()
