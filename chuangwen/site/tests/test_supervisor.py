import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chuangwen.site.supervisor import port_is_free

SCRIPT = """
import sys, time
from chuangwen.site.supervisor import supervise
program = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
child = [sys.executable, "-c", program]
ended = supervise(
    {"server": [*child, sys.argv[1]], "worker": [*child, sys.argv[2]]},
    started=lambda: True,
    announce=lambda: print("announced", flush=True),
)
print(f"ended: {ended}")
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", SCRIPT, str(tmp_path / "server"), str(tmp_path / "worker")]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def children(folder: Path) -> dict[str, int]:
    """Name → process id, as soon as both have started."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        paths = [folder / "server", folder / "worker"]
        if all(path.exists() and path.read_text() for path in paths):
            return {path.name: int(path.read_text()) for path in paths}
        time.sleep(0.05)
    raise AssertionError("the children did not start")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_server_and_the_worker(
    supervisor: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals
) -> None:
    started = children(tmp_path)
    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=20)
    assert output == "announced\nended: \n"
    assert not any(alive(process) for process in started.values())


@pytest.mark.parametrize("name", ["server", "worker"])
def test_when_one_ends_the_other_is_ended(
    supervisor: "subprocess.Popen[str]", tmp_path: Path, name: str
) -> None:
    started = children(tmp_path)
    os.kill(started[name], signal.SIGKILL)
    output, _ = supervisor.communicate(timeout=20)
    assert output.endswith(f"ended: {name}\n")
    assert not any(alive(process) for process in started.values())


def test_a_port_in_use_is_seen() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert not port_is_free("127.0.0.1", listener.getsockname()[1])


def test_serve_on_a_port_in_use_says_so_in_one_sentence_and_ends() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        command = [str(Path(sys.executable).parent / "chuangwen"), "serve", "--demo", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert str(port) in done.stderr
