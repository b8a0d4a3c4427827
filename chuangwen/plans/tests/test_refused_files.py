"""A file that cannot be read, handed in through the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import Cast, sign_in
from chuangwen.plans.models import Document, Intake


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b" \n", "“空.txt”中没有任何文字，请确认选对了文件。"),
        ("图.png", b"\x89PNG\r\n\x1a\n", "“图.png”是图片"),
        ("断.pdf", b"%PDF-1.7", "PDF文件“断.pdf”不完整或已损坏"),
    ],
)
def test_the_page_says_why_and_what_to_do_and_stores_nothing(
    client: Client, cast: Cast, name: str, data: bytes, said: str
) -> None:
    sign_in(client, cast.office)
    response = client.post(reverse("plans:receive"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Document.objects.exists()
    assert not Intake.objects.exists()
