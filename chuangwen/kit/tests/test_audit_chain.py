"""The chain: gapless numbers, and every kind of tampering is found by `audit verify`."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit, audit_chain, audit_purge, audit_triggers
from chuangwen.kit.audit import Keeper
from chuangwen.kit.audit_chain import Fault
from chuangwen.kit.models import AuditEntry, AuditSeal, AuditTombstone, PersonKey

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def write(count: int, *, at: datetime = NOW) -> None:
    """Rows that differ in their values alone."""
    subject = PersonKey.objects.get_or_create(person_id=1)[0]
    entries = [audit._entry(Keeper(), "kit.example", subject) for _ in range(count)]
    for number, entry in enumerate(entries):
        entry.at, entry.after = at, {"number": number}
    AuditEntry.objects.bulk_create(entries)


@pytest.fixture
def ten(db: None) -> None:
    """Ten sealed rows."""
    write(10)
    assert audit_chain.seal_all(NOW) == 10


def run(sql: str, *values: int) -> None:
    with audit_triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def entry_of(number: int) -> int:
    return AuditSeal.objects.get(number=number).entry_id


def verify() -> list[Fault]:
    return audit_chain.verify(NOW)


def test_rows_are_numbered_without_gaps_in_the_order_of_their_ids(db: None) -> None:
    write(3)
    with pytest.raises(RuntimeError), transaction.atomic():
        write(2)
        raise RuntimeError
    write(4)
    assert [audit_chain.seal(NOW, limit=5), audit_chain.seal(NOW, limit=5), audit_chain.seal(NOW)] == [
        5,
        2,
        0,
    ]
    seals = list(AuditSeal.objects.values_list("number", "entry_id"))
    assert [number for number, _ in seals] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry for _, entry in seals] == sorted(entry for _, entry in seals)
    assert verify() == []


def test_what_was_written_while_the_sealer_was_away_is_no_fault(ten: None) -> None:
    write(5)
    assert verify() == []
    assert audit_chain.state().sealed_up_to == 10


def test_a_chain_longer_than_what_is_read_at_once_is_whole(
    ten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_chain, "AT_ONCE", 3)
    assert verify() == []
    run("DELETE FROM kit_auditentry WHERE id = %s", entry_of(4))
    assert verify() == [Fault("removed", 4, 4)]


@pytest.mark.parametrize(
    ("table", "column"),
    [("kit_auditentry", "via"), ("kit_auditseal", "hash"), ("kit_audittombstone", "last")],
)
def test_the_database_refuses_to_change_or_delete(ten: None, table: str, column: str) -> None:
    AuditTombstone.objects.create(first=0, last=0, at=NOW, before_month="2020-01")
    statements = ["UPDATE {0} SET {1} = '7'", "DELETE FROM {0}"]
    statements += ["TRUNCATE {0}"] if connection.vendor == "postgresql" else []
    for statement in statements:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement.format(table, column))


def test_a_changed_row_is_found(ten: None) -> None:
    run("UPDATE kit_auditentry SET via = 'x' WHERE id = %s", entry_of(4))
    assert verify() == [Fault("changed", 4, 4)]


def test_values_that_were_changed_are_found(ten: None) -> None:
    run(
        """UPDATE kit_auditentry SET after = '{"number": 99}' WHERE id IN (%s, %s)""",
        entry_of(4),
        entry_of(5),
    )
    assert verify() == [Fault("changed", 4, 5)]


@pytest.mark.parametrize("numbers", [[1], [4], [4, 5]])
def test_a_removed_row_is_named_by_its_number(ten: None, numbers: list[int]) -> None:
    for number in numbers:
        run("DELETE FROM kit_auditentry WHERE id = %s", entry_of(number))
    assert verify() == [Fault("removed", numbers[0], numbers[-1])]
    for number in numbers:
        run("DELETE FROM kit_auditseal WHERE number = %s", number)
    assert verify() == [Fault("removed", numbers[0], numbers[-1])]


def test_rows_that_changed_places_are_found(ten: None) -> None:
    third, seventh = entry_of(3), entry_of(7)
    for old, new in [(third, -1), (seventh, third), (-1, seventh)]:
        run("UPDATE kit_auditentry SET id = %s WHERE id = %s", new, old)
    assert verify() == [Fault("reordered", 3, 3), Fault("reordered", 7, 7)]


def test_seals_that_changed_places_are_found(ten: None) -> None:
    for old, new in [(3, -1), (7, 3), (-1, 7)]:
        run("UPDATE kit_auditseal SET number = %s WHERE number = %s", new, old)
    assert verify() == [Fault("reordered", 3, 4), Fault("reordered", 7, 8)]


def test_an_end_that_was_cut_off_is_found_and_not_sealed_over(ten: None) -> None:
    last = [entry_of(9), entry_of(10)]
    run("DELETE FROM kit_auditseal WHERE number > 8")
    run("DELETE FROM kit_auditentry WHERE id IN (%s, %s)", *last)
    assert verify() == [Fault("cut_off", 9, 10)]
    write(5)
    with pytest.raises(audit_chain.ChainBroken):
        audit_chain.seal(NOW)
    with pytest.raises(CommandError):
        call_command("audit", "seal")


def test_a_chain_that_was_written_anew_with_another_key_is_found(ten: None, data: Path) -> None:
    run("DELETE FROM kit_auditseal")
    key, head = data / "audit.key", data / "audit-head.json"
    own, known = key.read_text(), head.read_text()
    key.write_text("another")
    head.unlink()
    audit_chain.seal_all(NOW)
    key.write_text(own)
    head.write_text(known)
    kinds = {fault.kind for fault in verify()}
    assert {"changed", "head"} <= kinds


def test_the_head_is_kept_and_exported_by_the_day_of_the_city(ten: None, data: Path) -> None:
    write(1)
    audit_chain.seal(NOW + timedelta(hours=15))
    assert sorted(path.name for path in (data / "audit-heads").iterdir()) == [
        "2026-03-02.json",
        "2026-03-03.json",
    ]
    (data / "audit-head.json").unlink()
    run("DELETE FROM kit_auditentry WHERE id = %s", entry_of(11))
    run("DELETE FROM kit_auditseal WHERE number = 11")
    assert verify() == [Fault("cut_off", 11, 11)]


def test_the_command_says_each_fault_in_a_sentence_and_ends_with_1(ten: None) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "10" in out.getvalue()
    run("UPDATE kit_auditentry SET via = 'x' WHERE id = %s", entry_of(4))
    run("DELETE FROM kit_auditentry WHERE id = %s", entry_of(6))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out)
    assert ended.value.code == 1
    first, second = out.getvalue().splitlines()
    assert "4" in first
    assert "6" in second
    assert not audit_chain.state().whole


def test_a_purge_takes_whole_months_and_the_chain_goes_on(db: None) -> None:
    for month in (7, 8, 9):
        write(3, at=datetime(2025, month, 10, tzinfo=UTC))
    audit_chain.seal_all(NOW)
    write(2, at=datetime(2025, 7, 10, tzinfo=UTC))  # not sealed: stays
    tombstone = audit_purge.purge(Keeper(), date(2025, 9, 1), NOW)
    assert tombstone is not None
    assert (tombstone.first, tombstone.last) == (1, 6)
    assert AuditEntry.objects.count() == 3 + 2 + 1
    assert audit.history(tombstone)[0].after == {"first": 1, "last": 6, "before_month": "2025-09"}
    assert verify() == []
    assert audit_chain.seal_all(NOW) == 3
    assert verify() == []
    assert audit_purge.purge(Keeper(), date(2025, 9, 1), NOW) is None
    run("DELETE FROM kit_auditentry WHERE id = %s", entry_of(7))
    assert verify() == [Fault("removed", 7, 7)]
    with pytest.raises(audit_chain.ChainBroken):
        audit_purge.purge(Keeper(), date(2025, 9, 1), NOW)


def test_a_purge_of_everything_leaves_the_head_of_the_chain(db: None) -> None:
    write(3, at=datetime(2025, 7, 10, tzinfo=UTC))
    audit_chain.seal_all(NOW)
    audit_purge.purge(Keeper(), date(2025, 8, 1), NOW)
    assert verify() == []
    assert audit_chain.seal_all(NOW) == 1
    assert audit_chain.end().number == 4
    assert verify() == []


def test_the_last_six_months_cannot_be_purged(ten: None) -> None:
    with pytest.raises(BadInput):
        audit_purge.purge(Keeper(), date(2025, 10, 1), NOW)
    assert audit_purge.purge(Keeper(), date(2025, 9, 1), NOW) is None


def test_a_tombstone_of_another_hand_lets_rows_go_but_is_found(ten: None) -> None:
    AuditTombstone.objects.create(first=1, last=5, last_hash="x", at=NOW, before_month="2025-09", proof="x")
    first = [entry_of(number) for number in range(1, 6)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_auditentry WHERE id <= %s", [max(first)])
    AuditSeal.objects.filter(number__lte=5).delete()
    assert Fault("tombstone", 1, 5) in verify()


def test_erasing_a_person_leaves_the_chain_whole(ten: None) -> None:
    audit.erase(Keeper(), 1)
    audit_chain.seal_all(NOW)
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_sealers_at_once_one_wins_and_the_numbers_stay_gapless() -> None:
    for _ in range(20):
        write(5)
        start = Barrier(2)

        def one(_: int, start: Barrier = start) -> int:
            start.wait()
            try:
                return audit_chain.seal(NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(one, range(2))) == 5
    assert [seal.number for seal in AuditSeal.objects.all()] == list(range(1, 101))
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_the_audit_and_puts_the_triggers_back(data: Path) -> None:
    write(3)
    audit_chain.seal_all(NOW)
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    assert verify() == []
    write(1)
    audit_chain.seal_all(NOW)
    assert audit_chain.end().number == 1
    for statement in ("DELETE FROM kit_auditentry", "DELETE FROM kit_auditseal"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)
