"""How the burden is drawn and worded: bars that print, always with their numbers."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.desk.rules.burden import Level, Limit, week_name

register = template.Library()

LAMPS = {Level.NONE: "none", Level.WITHIN: "go", Level.NEAR: "near", Level.FULL: "near", Level.ABOVE: "late"}
WORDS = {
    Level.NONE: gettext_lazy("no cap"),
    Level.WITHIN: gettext_lazy("within the cap"),
    Level.NEAR: gettext_lazy("near the cap"),
    Level.FULL: gettext_lazy("at the cap"),
    Level.ABOVE: gettext_lazy("above the cap"),
}
STEP, WIDTH, HEIGHT = 20, 16, 60

register.filter(week_name)


@register.filter
def level_lamp(level: Level) -> str:
    return LAMPS[level]


@register.filter
def level_words(level: Level) -> str:
    return str(WORDS[level])


@register.filter
def week_number(monday: object) -> int:
    """The number of the ISO week."""
    return int(week_name(monday).partition("-W")[2])  # type: ignore[arg-type]


@register.filter
def limit_words(limit: Limit) -> str:
    """3 asks, 120 minutes."""
    parts = []
    if limit.asks is not None:
        parts.append(_("%(n)s asks") % {"n": limit.asks})
    if limit.minutes is not None:
        parts.append(_("%(n)s minutes") % {"n": limit.minutes})
    return _(", ").join(parts)


@register.simple_tag
def share_bar(value: int, most: int) -> SafeString:
    """`value` as a part of `most`. The number stands beside it: to a reader the bar says nothing more."""
    share = 100 * value // most if most else 0
    return format_html(
        '<svg class="path-bar asked" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="way" y="4" width="100" height="8"/>'
        '<rect class="is" y="4" width="{}" height="8"/></svg>',
        share,
    )


@register.simple_tag
def spark(weeks: list[int], limit: Limit) -> SafeString:
    """Asks of each week as small columns, the last one this week; a line at the cap."""
    most = max([*weeks, limit.asks or 0, 1])
    columns = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                "above" if limit.asks is not None and asks > limit.asks else "is",
                number * STEP,
                HEIGHT - HEIGHT * asks // most,
                WIDTH,
                HEIGHT * asks // most,
            )
            for number, asks in enumerate(weeks)
        ),
    )
    width = len(weeks) * STEP
    line = ""
    if limit.asks is not None:
        line = format_html('<path class="due" d="M0 {}H{}"/>', HEIGHT - HEIGHT * limit.asks // most, width)
    words = _("Asks of each week: %(weeks)s") % {"weeks": _(", ").join(map(str, weeks))}
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        width,
        HEIGHT,
        words,
        columns,
        line,
    )
