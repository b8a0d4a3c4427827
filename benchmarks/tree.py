"""Measures the tree of units with the divisions of the whole country, in a database made for it.

`python -m benchmarks.tree` takes the database of CHUANGWEN_DATABASE, else SQLite in a temporary directory:
how long the import takes, and what the scope of a province, the picker and the tree page cost compared with
a page that has nothing on it.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from conftest import shared_directory

IMPORT_AT_MOST = 60.0  # seconds
RATIO_AT_MOST = 10.0
TIMES = 15


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHUANGWEN_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "chuangwen.site.settings"
        import django

        django.setup()
        measure(Path(folder))


def measure(folder: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "bench.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        begun, worked = time.perf_counter(), time.process_time()
        call_command("import_divisions", shared_directory() / "data/divisions")
        taken = time.perf_counter() - begun
        worked = time.process_time() - worked
        verdict = _verdict(taken, IMPORT_AT_MOST)
        print(f"{connection.vendor}: import {taken:.1f} s ({verdict}), processor {worked:.1f} s")
        compare()
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)


def compare() -> None:
    from django.test import Client
    from django.test.utils import override_settings

    from chuangwen.orgs import access
    from chuangwen.orgs.models import Unit
    from chuangwen.orgs.rules import Role
    from chuangwen.orgs.testing import seat, sign_in

    province = Unit.objects.get(parent=None, division_code="44")
    actor, client = seat("bench", "测", province, Role.CAMPAIGN_OFFICE), Client()
    sign_in(client, actor)

    def page(address: str) -> Callable[[], object]:
        return lambda: client.get(address)

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        empty = _median(page("/groups/"))
        print(f"  empty page: {empty * 1000:.1f} ms")
        for name, work in {
            "scope of a province": lambda: access.visible_units(actor).count(),
            "picker, by name": page("/units/pick/?text=街道"),
            "picker, by initials": page("/units/pick/?text=dmz"),
            "tree page": page("/units/tree/"),
        }.items():
            ratio = _median(work) / empty
            print(f"  {name}: {ratio:.2f} of it ({_verdict(ratio, RATIO_AT_MOST)})")


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _verdict(value: float, most: float) -> str:
    return f"{'within' if value <= most else 'OVER'} {most:g}"


if __name__ == "__main__":
    main()
