"""The main job on the real documents: handed in, checked, confirmed, out as a table, back in, re-issued."""

import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chuangwen.jobs.worker import Worker
from chuangwen.orgs.testing import Cast
from chuangwen.plans.models import PlanVersion, Target

pytestmark = [pytest.mark.browser, pytest.mark.office, pytest.mark.shared]


def test_documents_become_a_plan_that_is_kept_in_a_table_and_re_issued(
    cast: Cast, desk: Any, worker: Worker, shared: Path, tmp_path: Path
) -> None:
    documents = sorted((shared / "documents").glob("*.txt"))
    office = desk(cast.office)
    for document in documents:
        hand_in(office, document)
    assert PlanVersion.objects.filter(state="draft").count() == len(documents) == 5

    # confirm the one with the most in it
    fullest = max(PlanVersion.objects.all(), key=lambda version: version.indicatorversion_rows.count())
    plan = fullest.plan_id
    confirm(office, fullest)
    page = office.go(f"/plans/{plan}/")
    assert "第 1 版" in page.inner_text("main")

    # the table is opened by a spreadsheet program, one cell is changed there, and comes back as version 2
    decimal = next(value for value in values(plan) if value % 1 and values(plan).count(value) == 1)
    table = download(office, f"/plans/{plan}/table.xlsx", tmp_path / "table.xlsx")
    edited = edit_in_spreadsheet(table, shown(decimal), shown(decimal + 1), tmp_path)
    page = office.go(f"/plans/{plan}/table/")
    page.set_input_files("input[name=file]", edited)
    page.click("main button.main")
    page.wait_for_url("**/drafts/*/")
    changes = page.locator("#changes .ask")
    assert changes.count() == 1
    assert shown(decimal) in changes.first.locator("del").inner_text()
    assert shown(decimal + 1) in changes.first.locator("ins").inner_text()
    changes.first.get_by_role("button", name="采纳", exact=True).click()
    second = PlanVersion.objects.get(plan=plan, state="draft")
    confirm(office, second, reason="按最新测算调整")
    in_force = PlanVersion.objects.get(plan=plan, state="confirmed")
    assert in_force.number == 2
    assert in_force.indicatorversion_rows.filter(targets__value=decimal + 1).count() == 1

    # another document again with one figure changed: the difference names exactly that figure
    other = PlanVersion.objects.filter(state="draft").exclude(plan=plan)[0]
    confirm(office, other)
    assert other.document is not None
    original = next(path for path in documents if path.name == other.document.name).read_text(
        encoding="utf-8"
    )
    figure = next(value for value in values(other.plan_id) if original.count(f"{shown(value)}%") == 1)
    again = tmp_path / "again.txt"
    again.write_text(original.replace(f"{shown(figure)}%", f"{shown(figure - 7)}%"), encoding="utf-8")
    page = office.go(f"/plans/{other.plan_id}/versions/")
    page.set_input_files("form:has(input[name=plan]) input[name=file]", again)
    page.locator("form:has(input[name=plan]) button").click()
    page.wait_for_url("**/drafts/*/", timeout=60_000)
    assert changes.count() == 1
    assert shown(figure) in changes.first.locator("del").inner_text()
    assert shown(figure - 7) in changes.first.locator("ins").inner_text()
    assert office.errors == []


def values(plan: int) -> list[Decimal]:
    """The values that the version in force sets."""
    found = Target.objects.filter(indicator_version__plan_version__plan=plan, value__isnull=False)
    in_force = found.filter(indicator_version__plan_version__state="confirmed")
    return [target.value for target in in_force if target.value is not None]


def shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def hand_in(office: Any, document: Path) -> None:
    page = office.go("/plans/")
    page.set_input_files("input[name=file] >> nth=0", document)
    page.get_by_role("button", name="导入并读取").click()
    page.wait_for_url("**/drafts/*/", timeout=60_000)
    assert page.locator("article.read").count() > 0


def confirm(office: Any, version: PlanVersion, reason: str = "") -> None:
    page = office.go(f"/plans/drafts/{version.pk}/")
    while (button := page.locator("#doubts button[value=as_printed]")).count():
        button.first.click()
        page.wait_for_load_state()
    rest = page.locator("details.confirm", has=page.locator("form[action$='accept-rest/']"))
    if rest.count():
        rest.locator("summary").click()
        rest.locator("button").click()
        page.wait_for_load_state()
    page = office.go(f"/plans/drafts/{version.pk}/confirm/")
    if reason:
        page.fill("[name=reason]", reason)
    page.click("main form button.main")
    page.wait_for_url(f"**/plans/{version.plan_id}/")


def download(office: Any, path: str, to: Path) -> Path:
    with office.page.expect_download() as waiting:
        office.page.evaluate("path => { location.href = path }", path)
    waiting.value.save_as(to)
    return to


def edit_in_spreadsheet(table: Path, before: str, after: str, folder: Path) -> Path:
    """Open and save `table` with LibreOffice, with one number in its cells changed on the way."""
    assert zipfile.is_zipfile(table)
    flat = convert(table, "fods", folder)
    text = flat.read_text(encoding="utf-8")
    assert text.count(f'office:value="{before}"') == 1
    flat.write_text(
        text.replace(f'office:value="{before}"', f'office:value="{after}"').replace(
            f"<text:p>{before}</text:p>", f"<text:p>{after}</text:p>"
        ),
        encoding="utf-8",
    )
    return convert(flat, "xlsx", folder / "edited")


def convert(file: Path, to: str, folder: Path) -> Path:
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            to,
            "--outdir",
            folder,
            file,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{file.stem}.{to}"
