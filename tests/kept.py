"""What most tests begin with is made once: each test gets a copy, and what it writes is taken back.

The things lie in transactions around those of the tests, one upon the other. They are taken back as soon as
a test comes that touches the database without them, or that needs no transaction around it.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from chuangwen.kit.secret import secret_key
from chuangwen.orgs.testing import Cast, make_cast
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import make_draft, make_plan

MAKERS: dict[str, Callable[[dict[str, Any]], Any]] = {  # in the order in which one lies upon the other
    "cast": lambda below: make_cast(),
    "draft": lambda below: make_draft(below["cast"].city, below["cast"].office),
    "plan": lambda below: make_plan(below["cast"].city, below["cast"].office),
}


@dataclass
class Kept:
    blocker: DjangoDbBlocker
    things: dict[str, Any] = field(default_factory=dict)
    around: list[transaction.Atomic] = field(default_factory=list)  # one for each thing

    def begin_with(self, names: list[str]) -> None:
        """Take back what is of no use, make what is missing."""
        with self.blocker.unblock():
            while list(self.things) != names[: len(self.things)]:
                self.things.popitem()
                transaction.set_rollback(True)
                self.around.pop().__exit__(None, None, None)
            for name in names[len(self.things) :]:
                self.around.append(transaction.atomic())
                self.around[-1].__enter__()
                self.things[name] = MAKERS[name](self.things)


KEPT = pytest.StashKey[Kept]()
WANTED = pytest.StashKey[list[str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    if marker is None and not names & {"db", "transactional_db", "live_server"}:
        return
    alone = bool(names & {"transactional_db", "live_server"} or (marker and marker.kwargs.get("transaction")))
    wanted = [name for name in MAKERS if name in names] if "begun" in names and not alone else []
    item.session.stash[WANTED] = wanted
    if KEPT in item.session.stash:
        item.session.stash[KEPT].begin_with(wanted)


@pytest.fixture(scope="session")
def kept(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Kept]:
    kept = request.session.stash[KEPT] = Kept(django_db_blocker)
    kept.begin_with(request.session.stash[WANTED])
    yield kept
    kept.begin_with([])


@pytest.fixture
def begun(kept: Kept, db: None) -> dict[str, Any]:
    """The test's own copies; empty where it needs no transaction around it."""
    return deepcopy(kept.things)


@pytest.fixture
def cast(begun: dict[str, Any]) -> Cast:
    return begun["cast"] if "cast" in begun else make_cast()


@pytest.fixture
def draft(begun: dict[str, Any], cast: Cast) -> PlanVersion:
    """A draft of the plan of `plans.tests.world`, nothing checked yet."""
    return begun["draft"] if "draft" in begun else make_draft(cast.city, cast.office)


@pytest.fixture
def plan(begun: dict[str, Any], cast: Cast) -> PlanVersion:
    """That plan in force."""
    return begun["plan"] if "plan" in begun else make_plan(cast.city, cast.office)


@pytest.fixture
def own_data(kept: Kept, settings: Settings, tmp_path: Path) -> Path:
    """A data directory of the test's own, with the key of what the audit says of what was begun with."""
    (tmp_path / "audit.key").write_text(secret_key(Path(settings.DATA_DIR) / "audit.key"))
    settings.DATA_DIR = tmp_path
    return tmp_path
