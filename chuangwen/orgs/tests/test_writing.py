"""What `kit` promises those who write, seen on units: locks, the audit, the outbox, the throttle."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from chuangwen.cores.errors import Stale
from chuangwen.kit import audit, locking, outbox
from chuangwen.kit.models import AuditEntry, OutboxRow
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.models import Unit
from chuangwen.orgs.testing import SYSTEM, Cast


def found_unit() -> Unit:
    return Unit.objects.create(kind="city", name="云浦市", path="000001")


def test_a_row_is_written_once_for_each_version(db: None) -> None:
    unit = found_unit()
    unit.name = "新名"
    locking.save_if_current(unit, 1, fields=["name"])
    assert unit.version == 2
    with pytest.raises(Stale):
        locking.check_current(unit, 1)
    with pytest.raises(Stale):
        locking.save_if_current(unit, 1, fields=["name"])


def test_only_the_named_fields_are_written(db: None) -> None:
    unit = found_unit()
    unit.name, unit.code = "新名", "不写"
    locking.save_if_current(unit, 1, fields=["name"])
    unit.refresh_from_db()
    assert (unit.name, unit.code) == ("新名", "")


@pytest.mark.django_db(transaction=True)
def test_of_eight_people_who_save_at_once_one_wins_and_seven_are_told() -> None:
    unit = found_unit()
    start = Barrier(8)

    def save(number: int) -> str:
        mine = Unit.objects.get(pk=unit.pk)
        mine.name = f"名{number}"
        start.wait()
        try:
            with transaction.atomic():
                locking.save_if_current(mine, 1, fields=["name"])
            return mine.name
        except Stale:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        names = [name for name in pool.map(save, range(8)) if name]
    unit.refresh_from_db()
    assert names == [unit.name]
    assert unit.version == 2


def test_an_audit_row_tells_who_from_which_seat_and_what(cast: Cast) -> None:
    audit.record(cast.office, "orgs.name_added", cast.urban, before={"name": None}, name="市容局")
    entry = audit.history(cast.urban)[0]
    assert cast.office.person is not None
    assert (entry.person_id, entry.person_name) == (cast.office.person.pk, "林办")
    assert entry.seat == "云浦市创建全国文明城市工作指挥部办公室·campaign_office"
    assert (entry.before, entry.after) == ({"name": None}, {"name": "市容局"})
    assert audit.sentence(entry) == "添加名称“市容局”"
    assert audit.by(entry) == "林办"
    by_system = audit.record(system_actor("demo"), "orgs.name_added", cast.urban, name="市容局")
    assert audit.by(by_system) == "演示数据"


def test_an_action_without_words_cannot_be_recorded(db: None) -> None:
    with pytest.raises(LookupError):
        audit.record(SYSTEM, "orgs.unheard_of", found_unit())


def test_audit_rows_are_neither_changed_nor_deleted(db: None) -> None:
    audit.record(SYSTEM, "orgs.name_added", found_unit(), name="市容局")
    with pytest.raises(TypeError):
        AuditEntry.objects.update(seat="别人")
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()


def test_the_audit_goes_when_the_action_fails(db: None) -> None:
    unit = found_unit()
    with pytest.raises(Stale), transaction.atomic():
        audit.record(SYSTEM, "orgs.name_added", unit, name="市容局")
        locking.save_if_current(unit, 7, fields=[])
    assert not AuditEntry.objects.exists()


def test_a_topic_is_posted_once(db: None) -> None:
    assert outbox.post_once("plans.confirmed", key="plans.confirmed:1:1", plan=1)
    assert not outbox.post_once("plans.confirmed", key="plans.confirmed:1:1", plan=2)
    assert OutboxRow.objects.get().values == {"plan": 1}


def test_tries_run_out_for_one_key_alone(db: None) -> None:
    throttle = Throttle("test", tries=3, seconds=60)
    slots = [throttle.take("a") for _ in range(4)]
    assert [bool(slot) for slot in slots] == [True, True, True, False]
    assert throttle.take("b")
    throttle.give_back(slots[0])
    assert throttle.take("a")
    throttle.forget("a")
    assert throttle.take("a")


@pytest.mark.django_db(transaction=True)
def test_guesses_in_parallel_get_no_more_tries() -> None:
    throttle = Throttle("parallel", tries=5, seconds=60)
    start = Barrier(10)

    def take(_: int) -> bool:
        start.wait()
        try:
            return bool(throttle.take("a"))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(take, range(10))) == 5
    cache.clear()
