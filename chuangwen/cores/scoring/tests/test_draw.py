"""The draw: the same for everybody, refused when anything was changed, and fair."""

import csv
import hashlib
import inspect
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring import draw as module
from chuangwen.cores.scoring.draw import (
    SAID,
    Design,
    FramePoint,
    commitment,
    draw_json,
    frame_bytes,
    frame_csv,
    frame_sha256,
    main,
    new_seed,
    read_frame,
    redraw,
    strata_of_frame,
    verify,
)

SEED = "00112233445566778899aabbccddeeff" * 2
FRAME = [
    *(FramePoint(number=f"E{n:02}", unit="东区", type="road", name=f"东{n}路") for n in range(1, 13)),
    *(FramePoint(number=f"E{n:02}", unit="东区", type="market") for n in range(21, 25)),
    FramePoint(number="E90", unit="东区", type="market", certain=True, name="中心市场"),
    *(FramePoint(number=f"W{n:02}", unit="西区", type="road", name='"西", 路') for n in range(1, 7)),
    FramePoint(number="W50", unit="西区", type="park"),
]
DESIGN = Design(allocation="proportional", size=8)


def test_the_bytes_of_a_frame_are_as_documented() -> None:
    frame = [
        FramePoint(number="b", unit="西区", type="park", certain=True, name="园"),
        FramePoint(number="a", unit="东区", type="road"),
    ]
    assert frame_bytes(frame).decode() == "chuangwen-frame-1\na\t东区\troad\t0\t\nb\t西区\tpark\t1\t园\n"
    assert frame_sha256(frame) == frame_sha256(frame[::-1]) == hashlib.sha256(frame_bytes(frame)).hexdigest()


def repeated_by_hand(frame_text: str, draw_text: str) -> set[str]:
    """The selection as the document describes it, written by somebody who read only that."""
    told = json.loads(draw_text)
    rows = list(csv.DictReader(io.StringIO(frame_text)))
    before = bytes.fromhex(told["seed"]) + told["frame_sha256"].encode("ascii") + b"\x00"
    before += told["beacon"].encode("utf-8") + b"\x00"
    chosen: set[str] = set()
    for stratum in told["strata"]:
        parts = stratum["stratum"].split("|")
        inside = [
            row["number"]
            for row in rows
            if [row["unit"], row["type"]] == parts[:2] and row["certain"] == ("1" if len(parts) == 3 else "0")
        ]
        assert len(inside) == stratum["population"]
        inside.sort(key=lambda number: hashlib.sha256(before + number.encode("utf-8")).digest())
        chosen |= set(inside[: stratum["drawn"]])
    return chosen


def test_who_reads_only_the_document_gets_the_same_list() -> None:
    draw = redraw(FRAME, DESIGN, SEED, "双色球 2026-11-29: 03 07 12 19 25 31 + 08")
    text = draw_json(draw, SEED)
    assert {point.number for point in draw.points} == repeated_by_hand(frame_csv(FRAME), text)


def test_the_list_is_this_one() -> None:
    """Should this ever change, published draws can no longer be repeated."""
    draw = redraw(FRAME, DESIGN, SEED)
    assert " ".join(point.number for point in draw.points) == LIST
    assert draw.frame_sha256 == FRAME_HASH


LIST = "E03 E04 E05 E06 E08 E21 E23 E90 W01 W02 W03 W04 W05 W06 W50"
FRAME_HASH = "b388143712258eb5e6b8541537d3d9bce6ee98ca28e56f991341c7152096a7a6"


@pytest.mark.parametrize(
    ("design", "drawn"),
    [
        # East: one certain market; of 8, 2 for each stratum at least, the rest by 12 roads to 4 markets
        (
            DESIGN,
            {"东区|road": 5, "东区|market": 2, "东区|market|certain": 1, "西区|road": 6, "西区|park": 1},
        ),
        (Design(allocation="proportional", size=0), {"东区|road": 2, "东区|market": 2, "西区|road": 2}),
        (Design(allocation="proportional", size=0, least=0), {"东区|road": 0, "东区|market": 0}),
        (Design(allocation="proportional", size=4, least=0), {"东区|road": 2, "东区|market": 1}),
        (Design(allocation="proportional", size=99), {"东区|road": 12, "东区|market": 4}),
        (Design(allocation="proportional", size=8, sizes={"西区": 3}), {"东区|road": 5, "西区|road": 2}),
        # markets spread four times as much as roads: 4 × 4 = 16 to 12 × 1
        (
            Design(allocation="optimal", size=8, least=1, sd_milli={"market": 400, "road": 100}),
            {"东区|road": 3, "东区|market": 4},
        ),
        (
            Design(allocation="fixed", size=3),
            {"东区|road": 3, "东区|market": 3, "西区|road": 3, "西区|park": 1},
        ),
        (Design(allocation="fixed", size=3, sizes={"road": 5}), {"东区|road": 5, "东区|market": 3}),
        (Design(allocation="fixed", size=1, least=2), {"东区|road": 2, "西区|park": 1}),
    ],
)
def test_points_are_shared_out(design: Design, drawn: dict[str, int]) -> None:
    found = {stratum.key: stratum.drawn for stratum in strata_of_frame(FRAME, design)}
    assert found | drawn == found
    assert found["东区|market|certain"] == 1


def test_weights_are_points_for_each_drawn() -> None:
    draw = redraw(FRAME, DESIGN, SEED)
    weights = {point.stratum: point.weight_micro for point in draw.points}
    assert weights["东区|road"] == 2_400_000  # 12 for 5
    assert weights["东区|market|certain"] == 1_000_000
    for stratum in draw.strata:
        inside = [point for point in draw.points if point.stratum == stratum.key]
        assert len(inside) == stratum.drawn
    thirds = redraw(FRAME, Design(allocation="fixed", size=3, least=0, sizes={"market": 3}), SEED)
    assert {point.weight_micro for point in thirds.points if point.stratum == "东区|market"} == {1_333_333}


def test_positions_count_inside_each_unit() -> None:
    strata = strata_of_frame(FRAME, DESIGN)
    assert [(one.unit, one.position) for one in strata] == [
        ("东区", 1),
        ("东区", 2),
        ("东区", 3),
        ("西区", 1),
        ("西区", 2),
    ]


def test_a_tampered_frame_is_refused() -> None:
    published = frame_sha256(FRAME)
    for tampered in (
        FRAME[1:],
        [*FRAME, FramePoint(number="X", unit="东区", type="road")],
        [replace(FRAME[0], unit="西区"), *FRAME[1:]],
        [replace(FRAME[0], certain=True), *FRAME[1:]],
        [replace(FRAME[0], name="别的路"), *FRAME[1:]],
    ):
        with pytest.raises(BadInput) as refused:
            redraw(tampered, DESIGN, SEED, frame_hash=published)
        assert refused.value.code == "scoring.frame_tampered"
        assert refused.value.params["expected"] == published


def test_a_seed_that_was_not_committed_is_refused() -> None:
    with pytest.raises(BadInput, match="seed_not_committed"):
        redraw(FRAME, DESIGN, "f" * 64, seed_hash=commitment(SEED))
    for bad in ("", "xyz", SEED[:-1], SEED.upper(), SEED + "0"):
        with pytest.raises(BadInput, match="seed_not_hex"):
            redraw(FRAME, DESIGN, bad)


def test_seeds_are_not_repeated() -> None:
    seeds = {new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert all(len(commitment(seed)) == 64 for seed in seeds)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": "other"}, "draw_not_readable"),
        ({"design": None}, "draw_not_readable"),
        ({"design": {"allocation": "fixed"}}, "draw_not_readable"),
        ({"seed": None}, "draw_sealed"),
        ({"points": None}, "draw_sealed"),
        ({"seed": "f" * 64}, "seed_not_committed"),
        ({"frame_sha256": "0" * 64}, "frame_tampered"),
        ({"beacon": "later"}, "draw_differs"),
        ({"points": []}, "draw_differs"),
    ],
)
def test_published_files_that_do_not_fit_are_refused(changes: dict[str, Any], code: str) -> None:
    data = json.loads(draw_json(redraw(FRAME, DESIGN, SEED), SEED))
    with pytest.raises(BadInput) as refused:
        verify(frame_csv(FRAME), json.dumps(data | changes))
    assert refused.value.code == f"scoring.{code}"


def test_a_point_smuggled_in_is_named() -> None:
    data = json.loads(draw_json(redraw(FRAME, DESIGN, SEED), SEED))
    out = sorted({point.number for point in FRAME} - {row["number"] for row in data["points"]})[0]
    gone = data["points"][0]["number"]
    data["points"][0]["number"] = out
    with pytest.raises(BadInput) as refused:
        verify(frame_csv(FRAME), json.dumps(data))
    assert refused.value.params == {"missing": gone, "added": out}


def test_before_the_reveal_the_file_holds_neither_seed_nor_list() -> None:
    text = draw_json(redraw(FRAME, DESIGN, SEED))
    assert SEED not in text
    assert json.loads(text)["points"] is None
    assert json.loads(text)["seed_sha256"] == commitment(SEED)


def test_the_frame_survives_its_file() -> None:
    assert read_frame("\ufeff" + frame_csv(FRAME)) == sorted(FRAME, key=lambda point: point.number)
    crlf = frame_csv(FRAME).replace("\n", "\r\n")
    assert frame_sha256(read_frame(crlf)) == frame_sha256(FRAME)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("", "frame_columns", {"missing": "number, unit, type, certain, name"}),
        ("number,unit,type,name\n", "frame_columns", {"missing": "certain"}),
        ("number,unit,type,certain,name\na,b,c,yes,\n", "frame_row", {"row": 2, "field": "certain"}),
        ("number,unit,type,certain,name\na,b,c\n", "frame_row", {"row": 2, "field": "certain"}),
    ],
)
def test_a_bad_frame_file_is_refused(text: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        read_frame(text)
    assert (refused.value.code, refused.value.params) == (f"scoring.{code}", params)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ([], "frame_empty"),
        ([FRAME[0], FRAME[0]], "frame_number_twice"),
        ([replace(FRAME[0], number="")], "frame_row"),
        ([replace(FRAME[0], unit="")], "frame_row"),
        ([replace(FRAME[0], unit="东|区")], "frame_row"),
        ([replace(FRAME[0], name="a\tb")], "frame_row"),
        ([replace(FRAME[0], type="a\nb")], "frame_row"),
    ],
)
def test_a_bad_frame_is_refused(frame: list[FramePoint], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        redraw(frame, DESIGN, SEED)
    assert refused.value.code == f"scoring.{code}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"allocation": "best"}, "allocation"),
        ({"size": -1}, "size"),
        ({"size": True}, "size"),
        ({"least": 1.5}, "least"),
        ({"sizes": {"东区": "3"}}, "sizes"),
        ({"sd_milli": {"road": 0}}, "sd_milli"),
    ],
)
def test_a_bad_design_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        given: dict[str, Any] = {"allocation": "fixed", "size": 1} | changes
        Design(**given)
    assert refused.value.params == {"field": field}


def test_every_point_is_as_likely_as_its_stratum_says() -> None:
    """2,000 seeds: 5 of 12 roads, each drawn 833 times but for chance (4 standard deviations are 88)."""
    times = dict.fromkeys((point.number for point in FRAME), 0)
    for n in range(2000):
        for point in redraw(FRAME, DESIGN, hashlib.sha256(str(n).encode()).hexdigest()).points:
            times[point.number] += 1
    assert all(745 <= times[f"E{n:02}"] <= 921 for n in range(1, 13))
    assert times["E90"] == 2000


def test_the_command_draws_again_from_the_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame, draw = tmp_path / "frame.csv", tmp_path / "draw.json"
    frame.write_text(frame_csv(FRAME), encoding="utf-8")
    draw.write_text(draw_json(redraw(FRAME, DESIGN, SEED), SEED), encoding="utf-8")
    command = [sys.executable, "-m", "chuangwen.cores.scoring.draw", str(frame), str(draw)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "一致：24 个点位中抽出 15 个，与公布的名单相同。\n"
    frame.write_text("\ufeff" + frame_csv(FRAME), encoding="utf-8")  # as a spreadsheet program saves it
    assert main([str(frame), str(draw)]) == 0
    for text in (frame_csv(FRAME[1:]), "number,unit\n", frame_csv(FRAME) + "E01,x,road,0,again\n"):
        frame.write_text(text, encoding="utf-8")
        assert main([str(frame), str(draw)]) == 2
    frame.write_bytes("东区".encode("gb18030"))
    assert main([str(frame), str(draw)]) == 2
    assert main([str(tmp_path / "none.csv"), str(draw)]) == 2
    assert main([]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line[:4] for line in told] == [
        "不一致：",
        "不一致：",
        "不一致：",
        "文件打不",
        "文件打不",
        "用法：p",
    ]


def test_each_refusal_of_published_files_has_a_sentence() -> None:
    raised = set(re.findall(r'BadInput\(\s*"scoring\.(\w+)"', inspect.getsource(module)))
    assert raised - SAID.keys() == {"design_field", "seed_not_hex"}  # one sentence for a damaged design
