"""One process that starts the web server and the worker, and ends both."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

PATIENCE_SECONDS = 10


def port_is_free(host: str, port: int) -> bool:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def server_command(host: str, port: int) -> list[str]:
    """WSGI in two processes: synchronous Django is several times slower behind ASGI."""
    return [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--workers",
            "2",
            "--blocking-threads",
            "4",
        ),
        *("--host", host, "--port", str(port), "--log-level", "warning", "--respawn-failed-workers"),
        "chuangwen.site.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "chuangwen.cli", "worker"]


def supervise(
    commands: dict[str, list[str]], started: Callable[[], bool], announce: Callable[[], None]
) -> str:
    """Run `commands` until a signal comes or one ends; then end all.

    Returns the name of the one that ended by itself, or "" after a signal. `announce` is called once, when
    `started` says yes. Children get a session of their own, so that Ctrl-C reaches them once, through us.
    """
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children = {
        name: subprocess.Popen(command, start_new_session=True)  # noqa: S603
        for name, command in commands.items()
    }
    announced = False
    try:
        while not stopping:
            for name, child in children.items():
                if child.poll() is not None:
                    return name
            if not announced and started():
                announce()
                announced = True
            time.sleep(0.1)
        return ""
    finally:
        end(list(children.values()))


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # the server's own workers with it
            child.wait()


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
