"""The rules by the clock."""

from datetime import timedelta

from chuangwen.desk import jobs
from chuangwen.desk.models import Slip, Todo
from chuangwen.orgs.testing import Cast

from .world import NOW, ask


def test_the_rules_run_twice_do_no_more_than_once(cast: Cast) -> None:
    ask(cast)
    for _ in range(2):
        jobs.apply_rules(NOW + timedelta(days=30))
    assert Todo.objects.get().escalated == 2
    assert Slip.objects.get().colour == "red"
