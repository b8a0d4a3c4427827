"""How plans are worded on their pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chuangwen.kit import formats
from chuangwen.plans.models import Assignment, IndicatorVersion, ProposedChange, Rhythm, Target
from chuangwen.plans.queries import DoubtCard, IndicatorLine, Item, Quote, Segment, TaskLine
from chuangwen.plans.queries.review import ANSWERS
from chuangwen.plans.words import ANNOUNCED, FIELDS, KINDS, trait_words

register = template.Library()


@register.filter
def aims_at(target: Target, row: IndicatorVersion) -> str:
    """What a target asks: ≥ 120 条, 3–5 家, or the class in words."""
    if target.value is None:
        return row.words or formats.MISSING
    amount = formats.quantity(target.value, row.unit_of_measure)
    if target.upper is not None:
        amount = f"{formats.number(target.value)}–{formats.quantity(target.upper, row.unit_of_measure)}"
    return f"{target.get_comparator_display()} {amount}"


@register.filter
def names(assignments: Iterable[Assignment]) -> str:
    return "、".join(line.printed for line in assignments) or formats.MISSING


@register.filter
def traits(row: IndicatorVersion) -> str:
    """What kind of number it is, in words."""
    return " · ".join(trait_words(trait) for trait in row.traits)


@register.filter
def facts(line: IndicatorLine) -> str:
    """Deadline, strength and kind of an indicator; the deadline only where there is one target."""
    deadlines = [formats.deadline(target.deadline) for target in line.targets if target.deadline]
    parts = deadlines if len(line.targets) == 1 else []
    return " · ".join(filter(None, [*parts, line.row.get_strength_display(), traits(line.row)]))


@register.filter
def kind_words(item: Item) -> str:
    """What kind of row it is; of a beat, how often."""
    return item.row.get_period_display() if isinstance(item.row, Rhythm) else str(KINDS[item.subject])


@register.filter
def aims(line: TaskLine) -> list[tuple[IndicatorLine | None, Target | None]]:
    """Each target of a task with its indicator; one empty line where the task has none."""
    return [(one, target) for one in line.indicators for target in one.targets] or [(None, None)]


@register.filter
def beside(item: Item, items: Iterable[Item]) -> list[Item]:
    """The indicators of the task that a reported result stands in."""
    task = getattr(item.row, "task_version_id", None)
    return [other for other in items if any(one.pk == task for one in other.tasks)]


@register.filter
def announced(said: Mapping[str, Any]) -> str:
    """What the document says it contains, against what was found in it."""
    return str(ANNOUNCED[said["what"]]) % said


@register.filter
def answered(card: DoubtCard) -> str:
    return dict(card.options).get(card.row.answer) or str(ANSWERS.get(card.row.answer, card.row.answer))


@register.filter
def about(change: ProposedChange, titles: Mapping[str, str]) -> str:
    """What a difference is about: the kind of row, its name in the draft, the field that differs."""
    parts = [str(KINDS.get(change.subject, change.subject)), titles.get(change.key, "")]
    field = str(FIELDS.get(change.field, change.field))
    return " · ".join(filter(None, [" ".join(filter(None, parts)), field]))


@register.filter
def lies_in(piece: Segment, place: tuple[int, int]) -> bool:
    return place[0] <= piece.start < place[1]


@register.simple_tag(takes_context=True)
def row_url(context: template.Context, refs: Iterable[str]) -> str:
    """The page of the innermost task, indicator or program that a piece of the document was read into."""
    keys: Mapping[str, str] = context["found"].keys
    for ref in refs:
        subject = ref.partition("-")[0]
        if ref in keys:
            return f"{reverse(f'plans:{subject}', args=[context['plan'].pk, keys[ref]])}{context['keep']}"
    return "#"


@register.simple_tag(takes_context=True)
def words_of(context: template.Context, quote: Quote | None) -> SafeString:
    """The quoted words, which lead to their place in the document."""
    if quote is None:
        return format_html('<span class="faint">{}</span>', _("No words in the document"))
    where = reverse("plans:document", args=[context["plan"].pk])
    version = context["version"]
    return format_html(
        '<a class="quote" href="{}?version={}&of={}&from={}&to={}#here">{}</a>',
        where,
        version.number if version.number is not None else "draft",
        quote.document_id,
        quote.start,
        quote.end,
        quote.text,
    )
