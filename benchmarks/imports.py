"""Measures the import of a table of units, in a database made for it: from the file to the undoing.

`python -m benchmarks.imports` takes the database of CHUANGWEN_DATABASE, else SQLite in a temporary directory.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = 5000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHUANGWEN_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "chuangwen.site.settings"
        import django

        django.setup()
        measure(Path(folder))


def measure(folder: Path) -> None:
    from django.db import connection
    from django.test.utils import override_settings

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "bench.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            go_through(connection.vendor)
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)


def go_through(vendor: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from chuangwen.orgs.testing import make_cast, sign_in

    client = Client()
    sign_in(client, make_cast().office)
    file = SimpleUploadedFile("units.xlsx", workbook())
    print(f"{vendor}: import of a table of {ROWS} units")
    at = timed("handing in", lambda: client.post("/units/imports/", {"file": file})).headers["Location"]
    page = timed("preview", lambda: client.get(at)).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    timed("taking over", lambda: client.post(f"{at}take-over", {"seen": seen}))
    timed("undoing", lambda: client.post(f"{at}undo"))


def workbook() -> bytes:
    """Subdistricts with their communities, in the reverse of the order in which they are needed."""
    from chuangwen.cores import sheets
    from chuangwen.orgs.rules.unit_sheet import COLUMNS

    rows: list[tuple[str, ...]] = []
    for street in range(ROWS // 50):
        rows.append(
            (f"{street}号街道", f"街{street}", "街道", "东浦区", f"J{street}", "", "2026-01-01", "", "又名")
        )
        rows += [(f"{street}-{n}社区", "", "社区", f"J{street}") for n in range(49)]
    return sheets.write("units", "", COLUMNS, reversed(rows))


def timed(name: str, work: Callable[[], Any]) -> Any:
    begun, worked = time.perf_counter(), time.process_time()
    answer = work()
    taken, worked = time.perf_counter() - begun, time.process_time() - worked
    print(f"  {name}: {taken:.1f} s, processor {worked:.1f} s")
    if answer.status_code >= 400:
        raise SystemExit(answer.content.decode())
    return answer


if __name__ == "__main__":
    main()
