"""The responsibility grammar: who leads and who helps, in brackets, at a paragraph's end, on a line alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.model import Assignment
from chuangwen.cores.reading.view import View

_UNIT = "(?:单位|部门|科室|处室|机构|主体|方|地区|区县)"
# Words that name a role before a colon. 责任单位 leads where it stands alone and helps beside a leader.
_ROLES: tuple[tuple[str, str], ...] = (
    (
        "leader",
        r"(?:市|县|区)?(?:牵头|责任|分管|包保|包联|包抓|挂钩|挂联|联系|领衔|主抓|负责)(?:市|县|区)?(?:级)?领导(?:同志)?"
        r"|(?:总)?责任人|牵头人|负责人|领衔人|主要负责人|责任领导",
    ),
    (
        "lead",
        rf"(?:总)?牵头(?:责任)?{_UNIT}|主要牵头{_UNIT}|主办{_UNIT}|主责{_UNIT}|第一责任{_UNIT}|主要责任{_UNIT}|首要责任{_UNIT}"
        rf"|主管{_UNIT}|负责{_UNIT}|承办{_UNIT}|实施{_UNIT}|落实{_UNIT}|完成{_UNIT}|组织{_UNIT}|执行{_UNIT}|承担{_UNIT}"
        r"|牵头|主办|主责",
    ),
    (
        "member",
        rf"(?:主要)?成员{_UNIT}|配合(?:责任)?{_UNIT}|协办{_UNIT}|协助{_UNIT}|协同{_UNIT}|参与{_UNIT}|参加{_UNIT}|协作{_UNIT}"
        rf"|协调{_UNIT}|共同责任{_UNIT}|配合|协办|参与|协同",
    ),
    ("duty", rf"(?:各)?责任{_UNIT}|责任分工|任务分工|职责分工|责任"),
)
_LABEL = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _ROLES))
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})(?:及(?:{_UNIT}|[^\W\d_]{{2,4}}))?(?:[:]|为(?=[市县区省各]))")
_ACTS = re.compile(
    r"(?P<lead>(?:共同|联合|分别|按(?:照)?(?:各自)?职责(?:分工)?|具体)?(?:牵头(?:负责|落实|实施|组织|抓)?|主办|负责(?:落实|实施|抓)?))"
    r"|(?P<member>(?:共同|协同|密切|积极|按(?:照)?(?:各自)?职责(?:分工)?)?(?:配合(?:落实|实施)?|协办|参与|协助|落实))"
    r"|(?P<with>会同)"
)
_SENTENCE_AT_MOST = 200
_CLAUSE_END = re.compile("[;。]")
_BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
_BRACKET = re.compile(r"[()\[\]【】〔〕]")
_SPLIT = re.compile(r"[、,;/。|]")
_DUE = re.compile(
    r"(?:(?:完成|办结|整改|推进|实施)?(?:时限|期限|日期)|完成时间|时间节点|时间要求)(?:要求)?[:]"
)
_STOP = re.compile(
    r"(?:完成|办结|整改)?(?:时限|时间|期限|日期)(?:要求)?[:：]|长期(?:坚持)?$|(?:完成|工作)?(?:目标|进度)[:：]"
)
_NAME_AT_MOST = 30


@dataclass(slots=True)
class Duty:
    """A stretch `view.text[start:end]` that only says who is responsible or by when, and what it gives.

    The role of a 责任单位 is "duty" until `settled` sees who else is named. `due` is the view of a 完成时限.
    """

    start: int
    end: int
    assignments: list[Assignment] = field(default_factory=list)
    due: View | None = None


def settled(assignments: Sequence[Assignment]) -> list[Assignment]:
    """All that is said of one task, each once: 责任单位 leads where it stands alone, else it helps."""
    led = any(each.role in {"leader", "lead"} for each in assignments)
    found: dict[tuple[str, str], Assignment] = {}
    for each in assignments:
        role = ("member" if led else "lead") if each.role == "duty" else each.role
        found.setdefault((role, each.name), Assignment(role, each.name, each.span))
    return list(found.values())


def read_duties(view: View) -> list[Duty]:
    """The responsibility statements of a paragraph, in their order."""
    due = _DUE.match(view.text)
    if due:
        return [Duty(0, len(view), due=view.part(due.end(), len(view)))]
    found = _bracketed(view)
    tail_from = found[-1].end if found else 0
    tail = _unbracketed(view, tail_from)
    return [*found, tail] if tail else found


def read_cell(view: View, role: str) -> list[Assignment]:
    """The names in a table cell whose column gives the `role`."""
    if _LABELLED.search(view.text):
        return _labelled(view, 0, len(view))
    return _names(view, 0, len(view), role)


def _bracketed(view: View) -> list[Duty]:
    found: list[Duty] = []
    text, behind = view.text, 0
    for start, end in sorted(_brackets(text)):
        if start < behind:
            continue
        inner = _inner(view, start + 1, end)
        if inner:
            behind = min(end + 1, len(text))
            found.append(Duty(start, behind, inner, _due(view, start + 1, end)))
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    """Where brackets open and close. One that never closes ends with the text, if it opens near its end."""
    found, opened = [], []
    for bracket in _BRACKET.finditer(text):
        char = bracket[0]
        if char in _BRACKETS:
            opened.append(bracket.start())
        elif opened and _BRACKETS[text[opened[-1]]] == char:
            found.append((opened.pop(), bracket.start()))
    return found + [(start, len(text)) for start in opened[-3:] if len(text) - start <= _SENTENCE_AT_MOST]


def _inner(view: View, start: int, end: int) -> list[Assignment]:
    """The assignments of a bracket's inside; none if it is an ordinary bracket."""
    if end - start < 4:
        return []
    label = _LABELLED.search(view.text, start, end)
    if label and label.start() - start <= 4:
        return _labelled(view, start, end)
    return _acted(view, start, end)


def _unbracketed(view: View, start: int) -> Duty | None:
    """A statement without brackets that begins a sentence; one told by verbs must end the paragraph."""
    for label in _LABELLED.finditer(view.text, start):
        if label.start() == start or view.text[label.start() - 1] in "。;!”)":
            return _labelled_sentences(view, label.start())
    sentence = max(view.text.rfind(stop, start, len(view) - 1) for stop in "。;") + 1
    sentence = max(sentence, start)
    if 0 < len(view) - sentence <= _SENTENCE_AT_MOST:
        assignments = _acted(view, sentence, len(view))
        if assignments and _only_units(view, sentence, assignments):
            return Duty(sentence, len(view), assignments)
    return None


def _labelled_sentences(view: View, start: int) -> Duty | None:
    """The labels from `start` on and the sentences that hold them."""
    assignments = _labelled(view, start, len(view))
    if not assignments:
        return None
    last = bisect_left(view.at, assignments[-1].span.end - 1)
    end = _sentence_end(view.text, last)
    if _DUE.match(view.text, end):
        end = _sentence_end(view.text, end)
    return Duty(start, end, assignments, _due(view, start, end))


def _sentence_end(text: str, start: int) -> int:
    stop = text.find("。", start)
    return stop + 1 if stop >= 0 else len(text)


def _due(view: View, start: int, end: int) -> View | None:
    """What stands behind 完成时限: up to the end of its clause."""
    label = _DUE.search(view.text, start, end)
    if not label:
        return None
    stop = _CLAUSE_END.search(view.text, label.end(), end)
    return view.part(label.end(), stop.start() if stop else end)


def lists_units(text: str) -> bool:
    """Whether a line is nothing but several names of units: the rest of a statement that was broken off."""
    names = _SPLIT.split(text)
    return len(names) > 1 and all(_UNIT_LIKE.search(name) for name in names)


def _only_units(view: View, start: int, assignments: list[Assignment]) -> bool:
    """Whether a sentence without brackets is made of unit names and role verbs alone."""
    named = sum(len(each.name) for each in assignments)
    verbs = sum(len(match[0]) for match in _ACTS.finditer(view.text, start))
    return len(view) - start - named - verbs <= 3 + 2 * len(assignments)


_UNIT_LIKE = re.compile(
    r"(?:局|委|办|部|厅|会|院|队|区|县|市|镇|乡|街道|中心|集团|公司|社|台|站|所|政府|单位|部门|处|科|组|银行|联|团|园区|学校|法院|协会)$"
    r"|^(?:各|团市委|市委|市政府|县|区)"
)


def _labelled(view: View, start: int, end: int) -> list[Assignment]:
    """牵头单位:A、B;配合单位:C: each label governs the names up to the next one."""
    labels = list(_LABELLED.finditer(view.text, start, end))
    stop = _STOP.search(view.text, start, end)
    roles = [_role(label) for label in labels]
    found: list[Assignment] = []
    for label, role, following in zip(labels, roles, [*labels[1:], None], strict=True):
        until = following.start() if following else end
        if stop and label.end() <= stop.start() < until:
            until = stop.start()
        sentence = view.text.find("。", label.end(), until)
        if sentence >= 0:
            until = sentence
        found += _names(view, label.end(), until, role)
    return found


def _role(label: re.Match[str]) -> str:
    return next(role for role, words in label.groupdict().items() if words)


def _acted(view: View, start: int, end: int) -> list[Assignment]:
    """市城管局牵头,各区配合: a verb gives its role to the names before it, 会同 to those on both sides."""
    found: list[Assignment] = []
    begin, joined = start, False
    while verb := _verb(view.text, begin, end):
        places = _places(view.text, begin, verb.start())
        if not places or not all(_UNIT_LIKE.search(view.text[i:j]) for i, j in places):
            break
        role = _role(verb)
        found += _assigned(view, places, "member" if joined else "lead" if role == "with" else role)
        joined = role == "with"
        begin = verb.end()
        while begin < end and view.text[begin] in ",;、。":
            begin += 1
    return found if not joined else []


def _verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """The next role verb that ends a clause."""
    for verb in _ACTS.finditer(text, start, end):
        if verb["with"] or verb.end() == end or text[verb.end()] in ",;。、":
            return verb
    return None


def _names(view: View, start: int, end: int, role: str) -> list[Assignment]:
    return _assigned(view, _places(view.text, start, end), role)


def _assigned(view: View, places: list[tuple[int, int]], role: str) -> list[Assignment]:
    return [Assignment(role, view.printed(i, j), view.span(i, j)) for i, j in places]


def _places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the names between two places stand: split at 、 , ; but not inside brackets."""
    found: list[tuple[int, int]] = []
    depth, begin = 0, start
    for i in range(start, end + 1):
        char = text[i] if i < end else "、"
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif depth <= 0 and _SPLIT.match(char):
            name = _name(text, begin, i)
            if name:
                found.append(name)
            begin = i + 1
    return found


def _name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without what surrounds it; None if nothing is left or it is no name."""
    while start < end and text[start] in ":。,;、·由)]】":
        start += 1
    while start < end and (
        text[end - 1] in ":。,;、·.]】" or (text[end - 1] == ")" and "(" not in text[start:end])
    ):
        end -= 1
    if text[start:end].endswith("等"):
        end -= 1
    if not 2 <= end - start <= _NAME_AT_MOST or text[start:end].isdecimal():
        return None
    return start, end
