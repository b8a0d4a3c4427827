"""What a unit has handed in already is ticked, not uploaded again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import files, papers
from chuangwen.kit.papers import Paper
from chuangwen.orgs.testing import Cast, sign_in
from chuangwen.points.tests.world import jpeg

from .. import actions
from ..models import Filing
from ..testing import NOW, SmallRound, make_visits

pytestmark = pytest.mark.django_db


def paper(number: int, name: str, data: bytes, caption: str) -> Paper:
    return Paper(
        key=f"x:{number}", name=name, sha256=files.put(data), caption=caption, day=date(2026, 3, number)
    )


@pytest.fixture
def filing(small: SmallRound, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Filing:
    make_visits(small)
    actions.ask_for_filings(actor=small.lead, round_id=small.round.pk, now=NOW)
    found = Filing.objects.get(unit=cast.east)
    handed_in = {
        cast.east.pk: [
            paper(1, "台账.pdf", b"%PDF-1.7 one", "3 月报告"),
            paper(2, "公厕.jpg", jpeg(), "3 月报告 · 新建公厕两座"),
            paper(3, "再交.jpg", jpeg(), "4 月报告"),
            paper(4, "旧表.xls", b"\xd0\xcf\x11\xe0", "3 月报告"),
        ],
        cast.river.pk: [paper(9, "别人.pdf", b"%PDF-1.7 other", "")],
    }
    monkeypatch.setattr(papers, "_READS", [lambda unit_id: handed_in.get(unit_id, [])])
    return found


def test_its_own_papers_are_offered_once_newest_first_and_taken_with_their_words(
    filing: Filing, cast: Cast, client: Client
) -> None:
    sign_in(client, cast.east_staff)
    page = client.get(reverse("assessments:filing", args=[filing.pk]))
    offered = [name for _key, name in page.context["papers_form"].fields["papers"].choices]
    assert offered == ["再交.jpg · 4 月报告", "台账.pdf · 3 月报告"]  # the same picture once; no .xls
    address = reverse("assessments:take_papers", args=[filing.pk])
    assert client.post(address, {"version": filing.version}).status_code == 422
    assert client.post(address, {"version": filing.version, "papers": ["x:9"]}).status_code == 422
    assert client.post(address, {"version": filing.version, "papers": ["x:3", "x:1"]}).status_code == 302
    assert [(one.name, one.caption) for one in filing.files.order_by("pk")] == [
        ("再交.jpg", "4 月报告"),
        ("台账.pdf", "3 月报告"),
    ]
    assert (
        not client.get(reverse("assessments:filing", args=[filing.pk]))
        .context["papers_form"]
        .fields["papers"]
        .choices
    )


def test_others_take_nothing_and_a_file_of_another_kind_takes_none(filing: Filing, cast: Cast) -> None:
    about: Any = {"filing_id": filing.pk, "version": filing.version, "now": NOW}
    with pytest.raises(Denied):
        actions.take_papers(actor=cast.office, keys=["x:1"], **about)
    with pytest.raises(BadInput):
        actions.take_papers(actor=cast.east_staff, keys=["x:1", "x:4"], **about)
    with pytest.raises(BadInput):
        actions.take_papers(actor=cast.east_staff, keys=["x:9"], **about)
    assert not filing.files.exists()
