"""Whether reading stays in proportion to the text, also where the text is made to hurt.

Each file, line and phrase is read short and then many times as long. What else a machine is busy with makes a
single figure worthless, so that this is looked at, and no test fails by it.
"""

import time
from collections.abc import Callable

from chuangwen.cores.reading import read_text
from chuangwen.cores.reading.files import decode
from chuangwen.cores.reading.files.tests.docx_files import docx, p
from chuangwen.cores.reading.files.tests.pdf_files import paragraph, pdf

LINE = "到2025年，建成公园20个。"
FILES: list[tuple[str, Callable[[int], bytes]]] = [
    ("a.txt", lambda n: (f"{LINE}\r\n" * 20_000 * n).encode("gb18030")),
    ("a.html", lambda n: ("<html>" + "<p>到2025年，建成<b>公园</b>20个。<!-- -->。" * 500 * n).encode()),
    ("a.html", lambda n: ("<html><table>" + "<tr><td rowspan=99>甲<td>乙，" * 200 * n).encode()),
    ("a.docx", lambda n: docx(p(LINE) * 300 * n)),
    ("a.pdf", lambda n: pdf([paragraph(700, LINE * 20)] * 5 * n)),
]
UGLY = [
    "（" * 40 + "]" * 40,
    "年，" * 60,
    "“" * 80,
    "对的" * 60,
    "分别1、2" * 20,
    "a_b" * 40,
    "一、" * 60,
    "建设城市" * 40,
    "日督查、周通报" * 20,
    "　" * 80,
    "|&nbsp;32项任务&nbsp;牵头单位：" * 4,
    "【3万个" * 30,
    "建成区绿地率达到40%，" * 12,
    "保持在" * 40,
    "由达" * 60,
    "由、3个" * 30,
]
LONGER = 10
OFTEN = 3


def measure_growth() -> None:
    cases: list[tuple[str, Callable[[int], object]]] = [
        (f"{name} {number}", lambda n, name=name, make=make: decode(name, make(n)))  # type: ignore[misc]
        for number, (name, make) in enumerate(FILES, 1)
    ]
    cases += [(ugly[:8], lambda n, ugly=ugly: read_text(ugly * 10 * n)) for ugly in UGLY]  # type: ignore[misc]
    worst = max((_growth(work), name) for name, work in cases)
    print(f"reading {LONGER} times as much takes at most {worst[0]:.1f} times as long ({worst[1]})")


def _growth(work: Callable[[int], object]) -> float:
    work(1)
    return _seconds(lambda: work(LONGER)) / max(_seconds(lambda: work(1)), 0.002)


def _seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(OFTEN):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)
