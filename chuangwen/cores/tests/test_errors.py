from __future__ import annotations

import pickle

import pytest

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden, NotAllowedNow, Stale


def test_an_error_keeps_its_code_and_parameters() -> None:
    error = BadInput("reading.empty_file", name="方案.docx")
    assert (error.code, error.params) == ("reading.empty_file", {"name": "方案.docx"})
    assert str(error) == "reading.empty_file name='方案.docx'"


def test_an_error_without_a_code_of_its_own_takes_that_of_its_kind() -> None:
    assert NotAllowedNow(move="close", state="open").code == "not_allowed_now"


@pytest.mark.parametrize("kind", [Hidden, Denied, NotAllowedNow, Stale, BadInput])
def test_every_kind_survives_pickling_as_itself(kind: type[ChuangwenError]) -> None:
    back = pickle.loads(pickle.dumps(kind("plans.some_code", code="x", n=3)))  # noqa: S301
    assert type(back) is kind
    assert (back.code, back.params) == ("plans.some_code", {"code": "x", "n": 3})
