"""The round that other tests stand on."""

import pytest

from chuangwen.cores.errors import BadInput

from ..models import Visit
from ..rules.sealing import seal, unseal
from ..testing import CHEAP, NA, PASSPHRASE, SEED, SmallRound, make_draw, make_visits


def test_a_small_round_is_drawn_and_marked(small: SmallRound) -> None:
    visits = make_visits(small, lambda point, item: NA if item == "i3" else {"met": item != "i2"})
    assert len(visits) == 8 and Visit.objects.get(pk=visits[0].pk).weight_micro == 1_500_000
    nanos = {mark.item: mark.nano for visit in visits for mark in visit.marks.all()}
    assert nanos == {"i1": 10**9, "i2": 0, "i3": None, "i4": 10**9}
    assert len(make_visits(small, second=True)) == 8


def test_a_sealed_seed_opens_with_its_passphrase_alone(small: SmallRound) -> None:
    draw = make_draw(small)
    assert unseal(draw.sealed, PASSPHRASE, draw.seed_sha256) == SEED
    assert SEED not in draw.sealed
    for sealed, words in [
        (draw.sealed, "别的口令一二三四五六七八九"),
        (draw.sealed[:-6] + "AAAAA=", PASSPHRASE),
        ("x", "y"),
    ]:
        with pytest.raises(BadInput, match="passphrase_wrong"):
            unseal(sealed, words, draw.seed_sha256)
    with pytest.raises(BadInput, match="passphrase_wrong"):
        unseal(draw.sealed, PASSPHRASE, "0" * 64)
    with pytest.raises(BadInput, match="passphrase_short"):
        seal(SEED, "短", cost=CHEAP)
