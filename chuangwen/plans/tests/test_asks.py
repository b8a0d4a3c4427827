"""What a plan asks of people stands on their desks, and goes when it is done."""

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.desk import queries as desk
from chuangwen.desk.models import Todo
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import Cast
from chuangwen.plans import access, actions
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.rules.asks import ANSWER_DOUBTS, CONFIRM, READ_LETTER

from .world import LATER, NOW


def kinds(actor: Actor) -> list[str]:
    """What stands on the desk of the actor and of the actor's unit."""
    return [todo.kind for part in ("mine", "unit") for todo in desk.part(actor, part)]


def test_the_last_answered_doubt_ends_the_to_do(draft: PlanVersion, cast: Cast) -> None:
    draft.doubts.create(code="second", position=9, start=0, end=1, params={}, options=[])
    actions.asks.ask_about_doubts(cast.office, draft, NOW)
    actions.asks.ask_about_doubts(cast.office, draft, NOW)
    assert kinds(cast.office) == [ANSWER_DOUBTS]
    for doubt in draft.doubts.filter(answer=""):
        assert kinds(cast.office) == [ANSWER_DOUBTS]
        actions.answer_doubt(
            actor=cast.office, doubt_id=doubt.pk, version=doubt.version, answer="已核对", now=NOW
        )
    assert kinds(cast.office) == []


def test_a_leader_sees_a_draft_only_once_asked_to_confirm_it(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="调整", now=LATER)
    assert draft not in access.visible_versions(cast.leader)
    actions.submit(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    assert draft in access.visible_versions(cast.leader)
    assert draft not in access.visible_versions(cast.urban_staff)
    assert kinds(cast.leader) == [CONFIRM]
    with pytest.raises(NotAllowedNow):
        actions.submit(actor=cast.office, version_id=draft.pk, version=1, now=LATER)


def test_a_leader_sends_back_with_a_reason(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="调整", now=LATER)
    values = {"version_id": draft.pk, "now": LATER}
    with pytest.raises(Hidden):
        actions.send_back(actor=cast.leader, reason="目标偏低", **values)  # type: ignore[arg-type]
    actions.submit(actor=cast.office, version=1, **values)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        actions.send_back(actor=cast.office, reason="目标偏低", **values)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        actions.send_back(actor=cast.leader, reason=" ", **values)  # type: ignore[arg-type]
    actions.send_back(actor=cast.leader, reason="目标偏低", **values)  # type: ignore[arg-type]
    (todo,) = desk.part(cast.office, "waiting").filter(kind=CONFIRM)
    assert (todo.state, todo.reason) == ("returned", "目标偏低")
    assert kinds(cast.leader) == []
    actions.submit(actor=cast.office, version=1, **values)  # type: ignore[arg-type]
    assert kinds(cast.leader) == [CONFIRM]


def test_a_leader_confirms_and_units_acknowledge(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="调整", now=LATER)
    with pytest.raises(Hidden):
        actions.confirm(actor=cast.leader, version_id=draft.pk, version=1, now=LATER)
    actions.submit(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    second = actions.confirm(actor=cast.leader, version_id=draft.pk, version=1, now=LATER)
    assert kinds(cast.leader) == []
    letters = Todo.objects.filter(kind=READ_LETTER, state="open")
    assert set(letters.values_list("subject_id", flat=True)) == {second.pk}  # of the first: withdrawn
    assert kinds(cast.urban_staff) == [READ_LETTER]
    actions.acknowledge_letter(actor=cast.urban_staff, version_id=second.pk, now=LATER)
    assert kinds(cast.urban_staff) == []
    with pytest.raises(NotAllowedNow):
        actions.acknowledge_letter(actor=cast.urban_staff, version_id=second.pk, now=LATER)
    with pytest.raises(Denied):
        actions.acknowledge_letter(actor=cast.observer, version_id=second.pk, now=LATER)


def test_a_discarded_draft_asks_for_nothing(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="调整", now=LATER)
    actions.submit(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    actions.discard_draft(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    assert kinds(cast.leader) == []
