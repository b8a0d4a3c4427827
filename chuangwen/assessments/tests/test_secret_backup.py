"""What a backup tells of a draw; a backup begins a transaction of its own, so this one stands alone."""

import tarfile
from pathlib import Path

import pytest

from chuangwen.kit import archive
from chuangwen.orgs.testing import make_cast

from ..models import Visit
from ..testing import PASSPHRASE, SEED, SmallRound
from .test_secrecy import covert_round, drawn, listed, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def covert(db: None) -> SmallRound:
    return covert_round(make_cast())


def test_a_backup_tells_drawn_points_from_others_by_nothing(covert: SmallRound, tmp_path: Path) -> None:
    """Every number of a point that is not open stands in it equally often, drawn or not; the seed nowhere."""
    made = drawn(covert)
    opened(covert, 3)
    archive.write(tmp_path / "backup.tar.gz")
    with tarfile.open(tmp_path / "backup.tar.gz") as kept:
        files = [kept.extractfile(one) for one in kept.getmembers() if one.isfile()]
        data = b"\n".join(one.read() for one in files if one is not None)
    assert SEED.encode() not in data and PASSPHRASE.encode() not in data
    assert made.sealed.encode() in data
    secret = listed(made) - set(Visit.objects.values_list("point__number", flat=True))
    others = {one.number for one in covert.points} - listed(made)
    assert len(secret) == 5 and len(others) == 4
    assert {data.count(number.encode()) for number in secret | others} == {
        data.count(next(iter(others)).encode())
    }
    assert not Visit.objects.filter(point__number__in=secret).exists()
