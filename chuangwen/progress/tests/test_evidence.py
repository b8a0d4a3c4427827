"""Files behind a report: told by their bytes, kept once, served as something to save."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.kit import papers
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import seat, sign_in
from chuangwen.progress import actions
from chuangwen.progress.models import Evidence, ReportItem
from chuangwen.progress.rules import evidence as rules

from .reporting_world import Reporting

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


KINDS = [
    ("现场.jpg", b"\xff\xd8\xff\xe0" + b"0" * 9, "现场.jpg", "image/jpeg"),
    ("photo.JPEG", b"\xff\xd8\xff\xe1", "photo.JPEG", "image/jpeg"),
    ("a.png", PNG, "a.png", "image/png"),
    ("a.gif", b"GIF89a..", "a.gif", "image/gif"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
    ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic0000", "IMG_1.HEIC", "image/heic"),
    ("a.pdf", b"%PDF-1.7 ...", "a.pdf", "application/pdf"),
    ("a.docx", packed("[Content_Types].xml", "word/document.xml"), "a.docx", rules.WORD.media_type),
    ("a.xlsx", packed("xl/workbook.xml"), "a.xlsx", rules.SHEET.media_type),
    ("a.pptx", packed("ppt/presentation.xml"), "a.pptx", rules.SLIDES.media_type),
    ("公文.ofd", packed("OFD.xml"), "公文.ofd", "application/ofd"),
    ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "表.xls", "application/vnd.ms-excel"),
    ("文.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "文.wps", "application/msword"),
    ("page.html", b"%PDF-1.7 ...", "page.html.pdf", "application/pdf"),
    ("..\\..\\etc/a\u202egnp.exe", PNG, "agnp.exe.png", "image/png"),
    ("", PNG, "file.png", "image/png"),
    ("长" * 300 + ".png", PNG, "长" * 251 + ".png", "image/png"),
]


@pytest.mark.parametrize(("name", "data", "kept", "media_type"), KINDS)
def test_a_file_is_what_its_bytes_are(name: str, data: bytes, kept: str, media_type: str) -> None:
    found, kind = rules.checked(name, data)
    assert (found, kind.media_type) == (kept, media_type)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", b"", "progress.file_empty"),
        ("a.png", b"<html>", "progress.file_kind"),
        ("a.svg", b"<svg xmlns=", "progress.file_kind"),
        ("a.docx", b"PK\x03\x04 broken", "progress.file_kind"),
        ("a.zip", packed("readme.txt"), "progress.file_kind"),
        ("a.docm", packed("word/document.xml", "word/vbaProject.bin"), "progress.file_kind"),
        ("a.png", PNG + b"0" * rules.MOST_BYTES, "progress.file_too_big"),
    ],
)
def test_other_files_are_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        rules.checked(name, data)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_a_file_stands_with_its_task_until_it_is_handed_in(june: Reporting) -> None:
    staff, now = june.cast.urban_staff, timezone.now()
    item = june.item(1)
    one = actions.add_evidence(
        actor=staff,
        item_id=item.pk,
        name="现场.png",
        data=PNG,
        source="现场拍摄",
        confidentiality="open",
        indicator="I1",
        now=now,
    )
    again = actions.add_evidence(actor=staff, item_id=item.pk, name="又一次.png", data=PNG, now=now)
    assert (again, one.size, one.indicator) == (one, len(PNG), item.entries.get().indicator)
    with pytest.raises(BadInput, match=r"file_kind"):
        actions.add_evidence(actor=staff, item_id=item.pk, name="a.png", data=b"no", now=now)
    with pytest.raises(BadInput, match=r"confidentiality"):
        actions.add_evidence(
            actor=staff, item_id=item.pk, name="a.png", data=PNG, confidentiality="x", now=now
        )
    with pytest.raises(Denied):
        actions.add_evidence(actor=june.cast.office, item_id=item.pk, name="a.png", data=PNG, now=now)
    with pytest.raises(NotAllowedNow):
        actions.add_evidence(
            actor=staff, item_id=june.item(1, period=june.may).pk, name="a.png", data=PNG, now=now
        )
    with pytest.raises(Hidden):
        actions.remove_evidence(actor=june.cast.stranger, evidence_id=one.pk, now=now)
    actions.remove_evidence(actor=staff, evidence_id=one.pk, now=now)
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_a_file_is_given_out_to_be_saved_and_to_nobody_else(june: Reporting) -> None:
    one = actions.add_evidence(
        actor=june.cast.urban_staff, item_id=june.item(1).pk, name="现场.png", data=PNG, now=timezone.now()
    )
    client = Client()
    sign_in(client, june.cast.office)
    answer = client.get(f"/progress/evidence/{one.pk}/")
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for actor in (june.cast.housing_staff, june.cast.observer, june.cast.stranger):
        sign_in(client, actor)
        assert client.get(f"/progress/evidence/{one.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("confidentiality", ["internal", "open"])
def test_a_file_for_internal_use_is_not_for_all_who_read_the_report(
    june: Reporting, confidentiality: str
) -> None:
    """市城管局 leads the task and 东浦区 helps in it: the lead reads what its members hand in."""
    cast, client = june.cast, Client()
    reader = seat("zhuanban", "庄", cast.office_unit, Role.WORK_GROUP)
    item = june.item(1)
    one = actions.add_evidence(
        actor=cast.urban_staff,
        item_id=item.pk,
        name="清单.png",
        data=PNG,
        confidentiality=confidentiality,
        now=timezone.now(),
    )
    for actor, may in (
        (cast.urban_staff, True),
        (cast.office, True),
        (cast.leader, True),
        (reader, confidentiality == "open"),
        (cast.housing_staff, False),
    ):
        sign_in(client, actor)
        assert (client.get(f"/progress/evidence/{one.pk}/").status_code == 200) == may
        page = client.get(f"/progress/items/{item.pk}/view/")
        assert ("清单.png" in page.content.decode()) == (may and page.status_code == 200)


@pytest.mark.django_db
def test_a_file_goes_with_the_one_indicator_of_its_task(june: Reporting) -> None:
    client, item = Client(), june.item(1)
    sign_in(client, june.cast.urban_staff)
    typed = {"version": item.version, "progress": "going", "done_words": "已整治"}
    client.post(f"/progress/items/{item.pk}/", typed | {"files": SimpleUploadedFile("现场.png", PNG)})
    one = Evidence.objects.get()
    assert (one.indicator, one.confidentiality) == (item.entries.get().indicator, "internal")


@pytest.mark.django_db
def test_where_papers_are_asked_for_again_those_of_a_report_handed_in_are_known(june: Reporting) -> None:
    """Through `kit.papers`, which rooms below read without knowing of reports."""
    unit = june.cast.urban.pk
    about: Any = {"actor": june.cast.urban_staff, "name": "现场.png", "data": PNG, "now": timezone.now()}
    one = actions.add_evidence(item_id=june.item(2).pk, **about)
    assert papers.of_unit(unit) == []  # a draft is not handed in
    ReportItem.objects.filter(pk=one.item_id).update(state="submitted", done_words="改造两座")
    (paper,) = papers.of_unit(unit)
    assert (paper.key, paper.sha256) == (f"progress.evidence:{one.pk}", one.sha256)
    assert paper.caption == "2021 年 6 月 · 改造两座"
    assert papers.of_unit(june.cast.housing.pk) == []
