"""Every page as people have it before them: on a phone and on a desk, in both languages, by axe's rules."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from chuangwen.desk.tests.world import community, free, offered
from chuangwen.kit.clock import now
from chuangwen.orgs.testing import Cast
from chuangwen.plans.actions import amend
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import LATER, make_plan

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
LATIN_ALLOWED = re.compile(r"\b(XLSX|JSON|PDF|Word|MB|docx|EN|txt|plan|[TPI]\d+)\b|\.(txt|docx)", re.ASCII)


@pytest.fixture
def plan(cast: Cast) -> PlanVersion:
    return make_plan(cast.city, cast.office)


def paths(plan: PlanVersion, draft: PlanVersion, cast: Cast) -> dict[str, str]:
    at = f"/plans/{plan.plan_id}/"
    review = f"/plans/drafts/{draft.pk}/"
    row = draft.indicatorversion_rows.get(indicator__key="I1")
    task = draft.taskversion_rows.get(task__key="T1")
    return {
        "list": "/plans/",
        "review": review,
        "correct": f"{review}indicator/{row.pk}/correct/",
        "split": f"{review}task/{task.pk}/split/",
        "add": f"{review}add/",
        "confirm": f"{review}confirm/",
        "overview": at,
        "program": f"{at}programs/P1/",
        "task": f"{at}tasks/T1/",
        "indicator": f"{at}indicators/I1/",
        "letter": f"{at}units/{cast.urban.pk}/",
        "leader": f"{at}leader/?name=高市",
        "calendar": f"{at}calendar/",
        "timeline": f"{at}timeline/",
        "goals": f"{at}goals/",
        "find": f"{at}find/",
        "find indicators": f"{at}find/?kind=indicator&year=2022",
        "find nothing": f"{at}find/?text=没有这样的词",
        "document": f"{at}document/?from=20&to=30",
        "versions": f"{at}versions/",
        "table": f"{at}table/",
        "nothing here": "/plans/999/",
        "burden": "/desk/burden/",
        "caps": "/desk/burden/caps/",
        "ask": "/desk/ask/",
        "hand-over": f"/desk/hand-overs/{hand_over(cast)}/",
        "units": "/units/",
        "kit": "/kit/",
    }


def hand_over(cast: Cast) -> int:
    """A seat offered to a successor; a community that was asked more than its cap allows, a department at ease."""
    unit = community(cast)
    for number in range(4):
        free(cast, [unit, cast.housing], by=cast.leader, now=now(), text=f"请清理楼道堆物（{number}）")
    return int(offered(cast.urban_staff, cast.seatless).pk)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_fits_and_is_accessible(
    cast: Cast, plan: PlanVersion, desk: Any, width: int, language: str
) -> None:
    draft = amend(actor=cast.office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    office = desk(cast.office, width=width, language=language)
    faults: dict[str, Any] = {}
    for name, path in paths(plan, draft, cast).items():
        page = office.go(path)
        found = [*violations(page), *([f"{office.sideways()} px too wide"] if office.sideways() > 0 else [])]
        if language == "zh-hans" and name != "kit" and (left := english(page)):
            found.append(f"English left: {left}")
        if found:
            faults[name] = found
    assert faults == {}
    # The page that is not there answers 404, which the console notes; nothing else may stand there.
    assert [error for error in office.errors if "404" not in error] == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(r => r.violations)", RULES
    )
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def english(page: Page) -> list[str]:
    """Words in Latin letters on a Chinese page, other than names of file formats and keys."""
    words: list[str] = re.findall(r"[A-Za-z]{2,}", LATIN_ALLOWED.sub("", page.inner_text("body")))
    return words[:10]


def test_choosing_a_mark_shows_the_row_and_a_row_shows_its_words(
    cast: Cast, plan: PlanVersion, desk: Any
) -> None:
    draft = amend(actor=cast.office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    row = draft.indicatorversion_rows.get(indicator__key="I1")
    office = desk(cast.office)
    page = office.go(f"/plans/drafts/{draft.pk}/")
    page.locator(f".doc .mark[data-refs~='indicator-{row.pk}']").first.click()
    assert "on" in (page.locator(f"#indicator-{row.pk}").get_attribute("class") or "").split()
    page.locator(f"#indicator-{row.pk} a.words").click()
    assert page.locator(".doc .mark.on").count() >= 1
    assert office.errors == []


def test_selected_words_lead_to_a_form_that_knows_them(cast: Cast, plan: PlanVersion, desk: Any) -> None:
    draft = amend(actor=cast.office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    office = desk(cast.office)
    page = office.go(f"/plans/drafts/{draft.pk}/")
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById('doc'), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.data.indexOf('推动东浦区');
            if (at < 0) continue;
            document.getSelection().setBaseAndExtent(node, at, node, at + 5);
            return;
          }
        }"""
    )
    page.locator(".add-bar a[data-kind=goal]").click()
    page.wait_for_url("**/add/**")
    assert page.input_value("[name=quote]") == "推动东浦区"
    start = int(page.input_value("[name=start]"))
    assert draft.document is not None
    assert draft.document.text[start : start + 5] == "推动东浦区"
    assert office.errors == []


def test_a_row_is_checked_in_place_and_the_count_goes_down(cast: Cast, desk: Any) -> None:
    from chuangwen.plans.tests.world import make_draft

    draft = make_draft(cast.city, cast.office)
    office = desk(cast.office)
    page = office.go(f"/plans/drafts/{draft.pk}/")
    row = draft.indicatorversion_rows.get(indicator__key="I1")
    before = page.inner_text("#counts")
    card = page.locator(f"#indicator-{row.pk}")
    card.get_by_role("button", name="对", exact=True).click()
    page.locator(f"#indicator-{row.pk}.checked").wait_for()
    assert page.inner_text("#counts") != before
    assert page.url.endswith(f"/plans/drafts/{draft.pk}/")
    row.refresh_from_db()
    assert row.state == "accepted"
    assert office.errors == []


def test_what_a_jump_leads_to_is_not_hidden_by_the_head_of_its_column(
    desk: Any, cast: Cast, plan: PlanVersion
) -> None:
    draft = amend(actor=cast.office, plan_id=plan.plan_id, reason="按新要求修改", now=LATER)
    page = desk(cast.office, width=1440).go(f"/plans/drafts/{draft.pk}/")
    row = page.locator("article.read").nth(4)
    page.goto(f"{page.url}#{row.get_attribute('id')}")
    column = page.locator(".plan-side > header")
    assert column.bounding_box()["y"] + column.bounding_box()["height"] <= row.bounding_box()["y"]
