"""`chuangwen serve` as it stands: a server and a worker of their own, pages that answer, and an end of both."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

COMMAND = str(Path(sys.executable).parent / "chuangwen")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_serve_answers_until_it_is_told_to_stop(empty_installation: Path) -> None:
    environment = os.environ | {
        "CHUANGWEN_DATA": str(empty_installation),
        "CHUANGWEN_DATABASE": "",
        "CHUANGWEN_LANG": "en",
    }
    port = free_port()
    with subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        try:
            announced = serving.stdout.readline()
            assert "<form" in page(f"http://127.0.0.1:{port}/")
            assert "script-src 'self'" in page_policy(f"http://127.0.0.1:{port}/sign-in/")
        finally:
            serving.terminate()
        output, _ = serving.communicate(timeout=30)
    assert announced + output == f"Chuangwen is at http://127.0.0.1:{port} (Ctrl-C ends it).\n"
    assert serving.returncode == 0
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def page_policy(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310
        return str(answer.headers["Content-Security-Policy"])
