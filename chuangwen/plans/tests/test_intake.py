from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import files
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.testing import Cast, make_cast

from .. import actions, jobs, queries
from ..actions import IndicatorFields, TargetFields
from ..models import Document, Intake, PlanVersion
from .world import LATER, NOW, TEXT, indicator_row, make_draft

pytestmark = pytest.mark.usefixtures("own_data")
JOB = system_actor("reading", via="job")


def receive(cast: Cast, name: str = "计划.txt", data: bytes = TEXT.encode(), **more: Any) -> Intake:
    return actions.receive(actor=cast.office, name=name, data=data, now=NOW, **more)


def test_a_received_file_is_kept_and_waits_for_the_worker(cast: Cast) -> None:
    intake = receive(cast)
    assert (intake.state, intake.jurisdiction) == ("waiting", cast.city)
    assert files.read(intake.sha256) == TEXT.encode()
    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs["args"]) == ("chuangwen.plans.jobs.read_intake", [intake.pk])


def test_a_file_handed_in_twice_before_it_is_read_is_one(cast: Cast) -> None:
    assert receive(cast) == receive(cast)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "reading.empty_file"), (b"  \n", "reading.blank_file"), (b"%PDF-1.4 cut", "reading")],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(cast: Cast, data: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        receive(cast, data=data)
    assert not Document.objects.exists()
    assert not Intake.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_only_the_campaign_office_hands_files_in(cast: Cast) -> None:
    for actor in (cast.urban_staff, cast.leader, cast.administrator):
        with pytest.raises(Denied):
            actions.receive(actor=actor, name="计划.txt", data=TEXT.encode(), now=NOW)
    intake = receive(cast)
    with pytest.raises(Hidden):
        queries.one_intake(cast.stranger, intake.pk)
    assert queries.intakes(cast.urban_staff) == []


def test_the_worker_reads_a_file_into_a_draft_once(cast: Cast) -> None:
    intake = receive(cast)
    jobs.read_intake.func(intake.pk)
    jobs.read_intake.func(intake.pk)
    intake.refresh_from_db()
    assert intake.state == "read"
    assert intake.plan_version == PlanVersion.objects.get()


def test_a_job_that_was_killed_while_reading_is_done_again(cast: Cast) -> None:
    intake = receive(cast)
    Intake.objects.update(state="reading")
    jobs.read_intake.func(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, PlanVersion.objects.count()) == ("read", 1)


def test_a_job_that_fails_leaves_no_half_draft(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = receive(cast)

    def fails(**given: Any) -> None:
        actions.draft_from_reading(**given)
        raise RuntimeError

    monkeypatch.setattr("chuangwen.plans.actions.intake.draft_from_reading", fails)
    with pytest.raises(RuntimeError):
        actions.read_intake(actor=JOB, intake_id=intake.pk, now=NOW)
    intake.refresh_from_db()
    assert (intake.state, PlanVersion.objects.count()) == ("reading", 0)


def test_a_changed_document_for_a_plan_in_force_becomes_a_draft_with_differences(cast: Cast) -> None:
    intake = receive(cast)
    jobs.read_intake.func(intake.pk)
    draft = PlanVersion.objects.get()
    for doubt in draft.doubts.all():
        actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="已核对", now=LATER)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=NOW)
    changed = TEXT.replace("新建驿站30个", "新建驿站35个").encode()
    again = receive(cast, data=changed, plan_id=plan.plan_id)
    jobs.read_intake.func(again.pk)
    again.refresh_from_db()
    assert again.plan_version is not None
    (change,) = again.plan_version.proposed_changes.all()
    assert "35" in change.after
    with pytest.raises(NotAllowedNow, match=r"plans\.draft_open"):
        receive(cast, data=changed + b" ", plan_id=plan.plan_id)


def test_a_re_issue_that_says_nothing_new_is_refused_in_words(cast: Cast, plan: PlanVersion) -> None:
    intake = receive(cast, data=TEXT.encode(), plan_id=plan.plan_id)
    jobs.read_intake.func(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, intake.refusal["code"]) == ("refused", "plans.same_document")
    assert PlanVersion.objects.count() == 1


def race(*steps: Callable[[], Any]) -> list[str]:
    """Run all steps at once, each in a thread with a connection of its own; says how each ended."""
    ready, ends = Barrier(len(steps)), [""] * len(steps)

    def run(n: int) -> None:
        ready.wait()
        try:
            steps[n]()
            ends[n] = "done"
        except ChuangwenError as error:
            ends[n] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.fixture
def raced(transactional_db: None) -> tuple[Cast, PlanVersion]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        cast = make_cast()
    return cast, make_draft(cast.city, cast.office)


def test_of_two_reviewers_at_once_one_is_told(raced: tuple[Cast, PlanVersion]) -> None:
    cast, draft = raced
    row = indicator_row(draft, "I2")

    def correct(value: int) -> Callable[[], Any]:
        fields = IndicatorFields("改造旧房", "户", targets=[TargetFields(Decimal(value))])
        return lambda: actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)

    assert race(correct(1), correct(2)) == [Stale.__name__, "done"]
    row.refresh_from_db()
    assert (row.version, row.targets.count()) == (2, 1)


def test_of_two_confirmations_at_once_one_counts(raced: tuple[Cast, PlanVersion]) -> None:
    cast, draft = raced
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)

    def confirm() -> Any:
        return actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)

    ends = race(confirm, confirm)
    assert ends[1] == "done"
    assert ends[0] in {Stale.__name__, NotAllowedNow.__name__}
    draft.refresh_from_db()
    assert (draft.number, draft.version) == (1, 3)


def test_of_two_amendments_at_once_one_is_begun(raced: tuple[Cast, PlanVersion]) -> None:
    cast, draft = raced
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)

    def amend() -> Any:
        return actions.amend(actor=cast.office, plan_id=draft.plan_id, reason="甲", now=LATER)

    assert race(amend, amend) == [NotAllowedNow.__name__, "done"]
    assert PlanVersion.objects.filter(state="draft").count() == 1


def test_a_correction_beside_a_confirmation_is_in_it_or_refused(raced: tuple[Cast, PlanVersion]) -> None:
    cast, draft = raced
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    row = indicator_row(draft, "I2")
    fields = IndicatorFields("改建旧房", "户", targets=[TargetFields(Decimal(5))])
    ends = race(
        lambda: actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER),
        lambda: actions.correct_indicator(actor=cast.office, row_id=row.pk, version=2, fields=fields),
    )
    row.refresh_from_db()
    draft.refresh_from_db()
    assert draft.state == "confirmed"
    assert (row.name == "改建旧房") == (ends == ["done", "done"])
