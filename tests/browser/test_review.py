"""The review of a draft: the document on the left and the plan on the right, tied together."""

from typing import Any

import pytest

from chuangwen.orgs.testing import Cast
from chuangwen.plans.actions import amend
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import LATER, make_draft, make_plan

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(cast: Cast) -> PlanVersion:
    return make_plan(cast.city, cast.office)


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
