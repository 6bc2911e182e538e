"""`manage.py import_markdown`: see docs/import.md."""

import json
import re
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError

from posts.importing import ConfigError, NothingThere, OnConflict, Options, Report, check_paths, import_paths, sarif
from posts.importing import Progress as Told
from posts.lint import CODES, Severity
from posts.management.database_problem import database_problem

_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?")


class Command(BaseCommand):
    help = "Imports Markdown files with front matter: Hugo and Jekyll sites, content folders or single files."
    requires_system_checks = ()  # they load every URL, view and form, which an import asks nothing of

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("paths", nargs="+", type=Path, metavar="PATH", help="a site, a content folder or a file")
        add("--dry-run", action="store_true", help="do everything except writing")
        add("--check", action="store_true", help="lint only: no database needed")
        add(
            "--fail-on",
            choices=["error", "warning"],
            default="error",
            help="with --check: the lowest severity that fails",
        )
        add("--format", choices=["text", "json", "sarif"], default="text", help="format of the report")
        add("--section", default="", metavar="NAME", help="section of files that are in no folder")
        add("--language", default="", metavar="CODE", help="language of files that name none")
        add(
            "--permalink",
            action="append",
            default=[],
            metavar="SECTION=PATTERN",
            help="like Hugo's permalinks; may be repeated",
        )
        add(
            "--on-conflict",
            choices=[choice.value for choice in OnConflict],
            default=OnConflict.FAIL.value,
            help="what to do if a file and its post both changed since the last import",
        )
        add("--keep-going", action="store_true", help="import the files without errors, report the rest")
        add("--fix", action="store_true", help="write the certain fixes back into the files")
        add("--hints", action="store_true", help="report hints too")
        add("--ignore", action="append", default=[], metavar="CODE", help="leave a code out")
        add("--prune", action="store_true", help="make drafts of posts whose file is gone")
        add("--workers", type=int, default=0, metavar="N", help="number of processes; default: as many as useful")

    def handle(self, *, paths: list[Path], format: str, check: bool, verbosity: int, **given: Any) -> None:
        run = check_paths if check else import_paths
        try:
            with _terminated_like_interrupted(), _progress(shown=verbosity > 0) as progress:
                report = run(paths, _options(given), progress)
        except (NothingThere, ConfigError) as error:
            raise CommandError(str(error), returncode=2) from None
        except BrokenProcessPool:
            said = "one of its processes was killed, perhaps for lack of memory; nothing was written; try --workers 1"
            raise CommandError(said, returncode=2) from None
        except KeyboardInterrupt:
            raise CommandError("interrupted; nothing was written", returncode=130) from None
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(database_problem(error), returncode=2) from error
        self._print(report, format, verbosity)
        least = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}[given["fail_on"]]
        if report.failed or (check and report.severities & least):
            raise SystemExit(1)

    def _print(self, report: Report, format: str, verbosity: int) -> None:
        match format:
            case "json":
                self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
            case "sarif":
                self.stdout.write(json.dumps(sarif.log(report), ensure_ascii=False, indent=1))
            case _:
                lines = report.lines() if verbosity else report.error_lines()
                if lines:
                    self.stdout.write("\n".join(lines))


def _options(given: dict[str, Any]) -> Options:
    permalinks = dict(each.partition("=")[::2] for each in given["permalink"])
    wrong = {
        "--permalink needs SECTION=PATTERN, such as posts=/:year/:slug/": not all((*permalinks, *permalinks.values())),
        "--language needs a code, such as vi or zh-cn": not _LANGUAGE.fullmatch(given["language"]),
        "--section needs a name, such as posts": ".." in given["section"] or given["section"].startswith("/"),
        "--workers needs a number of processes": given["workers"] < 0,
        "--ignore needs a code, such as MG4": not CODES.issuperset(map(str.upper, given["ignore"])),
    }
    for message, is_wrong in wrong.items():
        if is_wrong:
            raise CommandError(message, returncode=2)
    return Options(
        section=given["section"],
        language=given["language"].lower(),  # as Hugo has codes, and so addresses
        permalinks=permalinks,
        dry_run=given["dry_run"],
        keep_going=given["keep_going"],
        on_conflict=OnConflict(given["on_conflict"]),
        prune=given["prune"],
        fix=given["fix"],
        hints=given["hints"],
        ignore=given["ignore"],
        workers=given["workers"],
    )


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM ends an import as Ctrl-C does: the transaction is rolled back and a line says so."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Told]:
    """A bar on the terminal's standard error; nothing of it in a pipe."""
    if not (shown and sys.stderr.isatty()):
        yield lambda done, of: None
        return
    from posts.management.progress import bar  # where nobody looks, rich is not loaded

    with bar("Importing") as told:
        yield told
