from pathlib import Path

import pytest
from django.core.management import call_command

from chuangwen.orgs.testing import Cast

from ..models import Document, PlanVersion
from .world import TEXT


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "other.txt").write_text(TEXT.replace("云浦", "云岭"), encoding="gb18030")
    (tmp_path / "empty.txt").write_bytes(b"")
    return tmp_path


def run(*arguments: str | Path) -> None:
    call_command("import", *map(str, arguments))


def test_a_file_becomes_a_draft_with_its_bytes_kept(
    cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder / "plan.txt", "--jurisdiction", "云浦市", "--plan", "我们的计划")
    version = PlanVersion.objects.get()
    assert (version.state, version.plan.title, version.plan.jurisdiction) == (
        "draft",
        "我们的计划",
        cast.city,
    )
    assert version.taskversion_rows.count() > 0
    assert version.document is not None
    kept = folder / "data" / "files" / version.document.sha256[:2] / version.document.sha256[2:]
    assert kept.read_text(encoding="utf-8") == TEXT
    assert "我们的计划" in capsys.readouterr().out


def test_a_refused_file_is_one_sentence_and_the_others_are_stored(
    cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        names = ["empty.txt", "plan.txt", "missing.txt", "other.txt"]
        run(*(folder / name for name in names), "--jurisdiction", "云浦市")
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "“empty.txt”" in said
    assert "“missing.txt”" in said
    assert [document.name for document in Document.objects.order_by("pk")] == ["plan.txt", "other.txt"]
    assert PlanVersion.objects.filter(state="draft").count() == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--jurisdiction"),
        (["--jurisdiction", "无此市"], "无此市"),
        (["plan.txt", "--plan", "题"], "--plan"),
    ],
)
def test_an_import_that_is_not_clear_says_why(
    cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit):
        run(folder / "plan.txt", *arguments)
    assert words in capsys.readouterr().err
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_in_an_empty_database_the_city_named_is_entered(folder: Path) -> None:
    run(folder / "plan.txt", "--jurisdiction", "云岭市")
    assert PlanVersion.objects.get().plan.jurisdiction.name == "云岭市"
