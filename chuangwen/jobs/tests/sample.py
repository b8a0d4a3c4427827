"""Jobs for the tests of the worker: each leaves a line in a file, where another process can see it."""

import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


@task()
def note_slowly(path: str) -> None:
    """Hang in the first attempt; done at once in the second."""
    first = not Path(path).exists()
    note.func(path, "begun")
    if first:
        time.sleep(60)
    note.func(path, "done")


@task()
def nap(path: str, seconds: float) -> None:
    time.sleep(seconds)
    note.func(path, "rested")


@task()
def fail() -> None:
    raise ZeroDivisionError("on purpose")
