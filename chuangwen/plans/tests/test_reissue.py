import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow, Stale
from chuangwen.cores.reading import files, read_text
from chuangwen.cores.reading.model import Measure, Reading
from chuangwen.orgs.testing import Cast

from .. import actions, queries
from ..actions import reissuing
from ..models import Citation, Document, PlanVersion, ProposedChange, Subject
from ..rules.from_reading import content_of
from ..rules.moved import Moved
from ..rules.reissued import Text, reissue
from .world import LATER, TEXT, indicator_row, make_document, place, reading, task_row


@pytest.fixture(autouse=True)
def careful_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both documents are read by the reader of this world, so that what is compared is known exactly."""
    monkeypatch.setattr(reissuing, "read_text", reading)


def come_again(plan: PlanVersion, cast: Cast, text: str, read: Reading | None = None) -> PlanVersion:
    document = make_document(cast.city, text, "plan-2022.txt")
    return actions.reissue(
        actor=cast.office, plan_id=plan.plan_id, document=document, reading=read or reading(text), now=LATER
    )


def said(draft: PlanVersion) -> list[tuple[str, str, str, str, str, str]]:
    return [(c.action, c.subject, c.key, c.field, c.before, c.after) for c in draft.proposed_changes.all()]


ONE_FIGURE = TEXT.replace("改造旧房4.5万户，年底前", "改造旧房5.25万户，年底前")


def test_one_changed_figure_is_one_difference_that_names_it(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    assert said(draft) == [("change", "indicator", "I2", "value", "≥ 45000 户（2022）", "≥ 52500 户（2022）")]
    (change,) = draft.proposed_changes.all()
    assert ONE_FIGURE[change.start or 0 : change.end] == "改造旧房5.25万户"
    assert not change.conflict


def test_taking_the_figure_over_cites_the_new_words(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    change = draft.proposed_changes.get()
    actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    row = indicator_row(draft, "I2")
    assert row.targets.get().value == Decimal(52500)
    for subject, number in ((Subject.INDICATOR, row.pk), (Subject.TARGET, row.targets.get().pk)):
        citation = Citation.objects.get(plan_version=draft, subject=subject, row_id=number)
        assert citation.document == draft.document
        assert ONE_FIGURE[citation.start : citation.end] == "改造旧房5.25万户"
    assert indicator_row(plan, "I2").targets.get().value == Decimal(45000)


def test_refusing_the_figure_keeps_the_old_one_and_its_old_words(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    with pytest.raises(NotAllowedNow, match=r"plans\.changes_left"):
        actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER, reason="重发")
    change = draft.proposed_changes.get()
    actions.reject_change(actor=cast.office, change_id=change.pk, version=1)
    row = indicator_row(draft, "I2")
    assert row.targets.get().value == Decimal(45000)
    assert (
        Citation.objects.get(plan_version=draft, subject="indicator", row_id=row.pk).document == plan.document
    )
    assert (
        actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER, reason="重发").number
        == 2
    )


def test_words_that_still_stand_in_the_old_document_are_shown_there(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    row = indicator_row(draft, "I2")
    page = queries.document_page(cast.office, draft.pk, plan.document_id)
    assert [s.text for s in page.segments if f"indicator-{row.pk}" in s.refs] == ["改造旧房4.5万户"]
    assert f"indicator-{row.pk}" not in {
        ref for segment in queries.document_page(cast.office, draft.pk).segments for ref in segment.refs
    }
    with pytest.raises(Hidden):
        queries.document_page(cast.office, draft.pk, make_document(cast.city, "别的", "other.txt").pk)


def test_a_difference_is_decided_once(plan: PlanVersion, cast: Cast) -> None:
    change = come_again(plan, cast, ONE_FIGURE).proposed_changes.get()
    actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    with pytest.raises(Stale):
        actions.reject_change(actor=cast.office, change_id=change.pk, version=1)
    with pytest.raises(NotAllowedNow):
        actions.reject_change(actor=cast.office, change_id=change.pk, version=2)


def test_unchanged_rows_cite_the_new_document(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    stays = Citation.objects.filter(plan_version=draft, document=plan.document)
    changed = indicator_row(draft, "I2")
    assert {(c.subject, c.row_id) for c in stays} == {
        ("indicator", changed.pk),
        ("target", changed.targets.get().pk),
    }
    for key, words in (("I5", ["90%以上"]), ("I1", ["20条", "40条"])):
        row = indicator_row(draft, key)
        cited = Citation.objects.filter(plan_version=draft, subject="indicator", row_id=row.pk)
        assert [ONE_FIGURE[c.start : c.end] for c in cited] == words


def test_what_the_review_corrected_is_not_asked_again(cast: Cast, draft: PlanVersion) -> None:
    row = indicator_row(draft, "I5")
    fields = actions.IndicatorFields("群众满意率", "%", targets=[actions.TargetFields(Decimal(91))])
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)
    again = come_again(plan, cast, ONE_FIGURE)
    assert [change.key for change in again.proposed_changes.all()] == ["I2"]
    assert indicator_row(again, "I5").name == "群众满意率"


def test_a_difference_from_what_the_review_changed_is_a_conflict(cast: Cast, draft: PlanVersion) -> None:
    row = indicator_row(draft, "I2")
    fields = actions.IndicatorFields(
        "改造旧房", "户", targets=[actions.TargetFields(Decimal(40000), deadline="2022")]
    )
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)
    change = come_again(plan, cast, ONE_FIGURE).proposed_changes.get()
    assert (change.conflict, change.before) == (True, "≥ 40000 户（2022）")


def test_one_indicator_made_of_two_is_asked_about_once(cast: Cast, draft: PlanVersion) -> None:
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="merge", now=LATER)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)
    text, read = same_length(("到2022年改造旧房4.5万户", "到2023年改造旧房4.5万户"))
    for indicator in read.indicators:
        if indicator.unit == "户" and indicator.kind == "target":
            indicator.deadline = "2023"
    again = come_again(plan, cast, text, read)
    assert said(again) == [
        ("change", "indicator", "I2", "deadline", "≥ 45000 户（2022）", "≥ 45000 户（2023）")
    ]


def same_length(*changes: tuple[str, str]) -> tuple[str, Reading]:
    """A text in which words were replaced by others as long, so that all places stay, and its reading."""
    text = TEXT
    for old, new in changes:
        assert len(old) == len(new)
        text = text.replace(old, new)
    read = reading()
    read.text = text
    return text, read


def changed_reading() -> tuple[str, Reading]:
    """Task 3 is gone; the road gets another deadline, unit and member; a new task and goal come."""
    text, read = same_length(("40条", "50条"), ("市住建局、各区政府", "市园林局、各区政府"))
    del read.tasks[2]
    read.programs[1].title = "洁净行动"
    read.indicators = [i for i in read.indicators if i.task != 2]
    read.indicators[1].value = Decimal(50)
    read.tasks[0].assignments[2].name = "市园林局"
    extra = reading()
    new = extra.tasks[2]
    new.title, new.number = "种树", "3"
    new.assignments[0].name = "市园林局"
    read.tasks.append(new)
    tree = extra.indicators[5]
    tree.name, tree.task = "种树", 2
    read.indicators.append(tree)
    read.goals[0].strength = "mandatory"
    return text, read


def test_added_removed_and_changed_rows_are_each_one_difference(plan: PlanVersion, cast: Cast) -> None:
    text, read = changed_reading()
    read.tasks[2].span = read.tasks[2].title_span = type(read.tasks[2].span)(0, 4)
    draft = come_again(plan, cast, text, read)
    assert said(draft) == [
        ("change", "program", "P2", "title", "清洁行动", "洁净行动"),
        ("change", "task", "T1", "member", "市住建局", "市园林局"),
        ("remove", "task", "T3", "", "3 管好旧房", ""),
        ("add", "task", "", "", "", "3 种树"),
        ("change", "indicator", "I1", "value", "≥ 40 条（2022）", "≥ 50 条（2022）"),
        ("remove", "result", "", "", "改造旧房 = 9000 户", ""),
        ("change", "goal", "", "strength", "stretch", "mandatory"),
    ]


def test_everything_that_differs_can_be_taken_over(plan: PlanVersion, cast: Cast) -> None:
    text, read = changed_reading()
    read.tasks[2].span = read.tasks[2].title_span = type(read.tasks[2].span)(0, 4)
    draft = come_again(plan, cast, text, read)
    for change in ProposedChange.objects.filter(plan_version=draft):
        actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    version = actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER, reason="重发")
    assert [row.title for row in version.taskversion_rows.all()] == ["整修道路", "改造旧房", "种树"]
    trees = task_row(version, "T4")
    assert [(row.name, row.indicator.key) for row in trees.indicators.all()] == [("种树", "I6")]
    road = [(one.role, one.printed) for one in task_row(version, "T1").assignments.all()]
    assert road == [
        ("leader", "高市"),
        ("lead", "市城管局"),
        ("member", "各区政府"),
        ("member", "市园林局"),
    ]
    assert [(t.deadline, t.value) for t in indicator_row(version, "I1").targets.all()] == [
        ("2021", Decimal(20)),
        ("2022", Decimal(50)),
    ]
    assert version.goal_rows.first().strength == "mandatory"  # type: ignore[union-attr]
    assert version.program_rows.last().title == "洁净行动"  # type: ignore[union-attr]


def test_the_same_document_again_is_refused(plan: PlanVersion, cast: Cast) -> None:
    assert plan.document is not None
    with pytest.raises(BadInput, match=r"plans\.same_document"):
        actions.reissue(
            actor=cast.office, plan_id=plan.plan_id, document=plan.document, reading=reading(), now=LATER
        )


def test_answered_doubts_are_not_asked_again(draft: PlanVersion, cast: Cast) -> None:
    doubt = draft.doubts.get(code="year_end")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="2022", now=LATER)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)
    again = come_again(plan, cast, ONE_FIGURE)
    assert [(d.code, d.answer) for d in again.doubts.all()] == [("year_end", "2022")]
    assert indicator_row(again, "I3").targets.get().deadline == "2022"


@pytest.mark.parametrize(
    ("old", "new", "words", "found"),
    [
        ("甲\n乙丙丁\n", "甲\n子\n乙丙丁\n", "乙丙", "乙丙"),
        ("甲乙20条丙\n", "甲乙30条丙\n", "乙20条", "乙30条"),
        ("甲乙丙丁戊\n", "己庚辛\n", "乙丙", None),
        ("长句一\n短\n", "短\n长句一\n", "长句", "长句"),
    ],
)
def test_words_are_found_again_in_a_changed_text(old: str, new: str, words: str, found: Any) -> None:
    start = old.index(words)
    place = Moved(old, new).place(start, start + len(words))
    assert (new[slice(*place)] if place else None) == found


def test_the_document_of_the_draft_is_the_new_one(plan: PlanVersion, cast: Cast) -> None:
    draft = come_again(plan, cast, ONE_FIGURE)
    assert draft.document == Document.objects.get(name="plan-2022.txt")
    assert draft.base == plan


def test_a_figure_that_a_title_and_a_measure_repeat_is_one_difference(cast: Cast) -> None:
    old, new = reading(), reading()
    for read, figure in ((old, "4.5"), (new, "9.9")):
        read.tasks[1].title = f"改造旧房{figure}万户"
        read.tasks[0].measures[0].title = "抓好两项工作"
        read.tasks[1].measures = [Measure(f"改房{figure}万户", read.tasks[1].title_span)]
    new.text = TEXT.replace("改造旧房4.5万户，年底前", "改造旧房9.9万户，年底前")
    new.indicators[2].value = Decimal(99000)
    draft = actions.draft_from_reading(
        actor=cast.office, document=make_document(cast.city), reading=old, now=LATER
    )
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    plan = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=LATER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reissuing, "read_text", lambda text: old)
        again = come_again(plan, cast, new.text, new)
    (change,) = again.proposed_changes.all()
    assert (change.subject, change.key, change.after) == ("indicator", "I2", "≥ 99000 户（2022）")
    actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    row = task_row(again, "T2")
    assert (row.title, [m.title for m in row.measures.all()]) == ("改造旧房9.9万户", ["改房9.9万户"])
    assert indicator_row(again, "I2").targets.get().value == Decimal(99000)


def test_a_figure_that_two_indicators_share_is_one_difference(plan: PlanVersion, cast: Cast) -> None:
    text, read = same_length(("90%以上", "95%以上"))
    twin = reading()
    twin.indicators.append(replace(twin.indicators[5], name="知晓率"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reissuing, "read_text", lambda _: twin)
        read.indicators[5].value = Decimal(95)
        read.indicators.append(replace(read.indicators[5], name="知晓率"))
        start, end = place("90%以上")
        added = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="补", now=LATER)
        fields = actions.IndicatorFields("知晓率", "%", targets=[actions.TargetFields(Decimal(90))])
        actions.add_from_selection(
            actor=cast.office,
            version_id=added.pk,
            subject="indicator",
            start=start,
            end=end,
            fields={"fields": fields, "task_id": task_row(added, "T3").pk},
        )
        second = actions.confirm(actor=cast.office, version_id=added.pk, version=1, now=LATER)
        again = come_again(second, cast, text, read)
    (change,) = again.proposed_changes.all()
    assert change.after == "≥ 95 %（共2项指标）"
    actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    for key in ("I5", "I6"):
        assert indicator_row(again, key).targets.get().value == Decimal(95)


@pytest.mark.shared
def test_one_changed_figure_in_a_real_document_is_one_difference(shared: Path) -> None:
    """In each of the documents, figures are changed one after the other, and each is the one difference found."""
    tried = 0
    for path in sorted((shared / "documents").glob("*.txt")):
        text = files.load(path).text
        content = content_of(read_text(text), 1)
        for row in content.indicators[:: len(content.indicators) // 3 + 1]:
            start, end = row.targets[-1].places[0][1:]
            figure = re.search(r"\d+", text[start:end])
            if figure is None:
                continue
            new = "99" if figure[0] == "100" else str(int(figure[0]) + 1)
            changed = text[: start + figure.start()] + new + text[start + figure.end() :]
            result = reissue(
                content_of(read_text(text), 1),
                content,
                content_of(read_text(changed), 2),
                Text(1, text),
                Text(2, changed),
            )
            assert [new in change.after for change in result.changes] == [True], (path.name, text[start:end])
            tried += 1
    assert tried >= 8
