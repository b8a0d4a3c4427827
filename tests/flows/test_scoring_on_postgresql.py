"""The text of `cores.scoring.engine`, translated, on the server that the suite runs on."""

import pytest
from django.db import connection

from chuangwen.cores.scoring import engine
from chuangwen.cores.scoring.tests.test_engine import World, large, same, small


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("given", [small(), large()], ids=["worked example", "larger round"])
def test_postgresql_is_the_plain_roll_up(given: World) -> None:
    system, points, marks, strata, _ = given
    connection.ensure_connection()
    tables = engine.tables(system, points, marks, strata)
    same(engine.on_postgresql(connection.connection, tables), given)
