"""Whole sites in: walk → read (in worker processes) → plan → write, all in one transaction or not at all."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.db import transaction

from accounts.models import User
from posts import writing
from posts.importing import sarif
from posts.importing.config_files import ConfigError
from posts.importing.files import NothingThere
from posts.importing.places import Wishes
from posts.importing.plan import OnConflict, Plan
from posts.importing.reading import FILES_WORTH_A_POOL, Care, Outcome, read_all
from posts.importing.report import Report
from posts.importing.site_config import read_config
from posts.importing.walk import site_of, walk
from posts.models import Revision, SiteState

__all__ = ["ConfigError", "NothingThere", "OnConflict", "Options", "Report", "check_paths", "import_paths", "sarif"]

PERMISSIONS = ("posts.add_post", "posts.change_any_post", "posts.publish_post")
"""What a person has to be allowed to bring files in through the admin."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to import; the command's options by the same names."""

    section: str = ""
    language: str = ""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False  # the files are not all of their folders: none has moved, none is gone
    dry_run: bool = False
    keep_going: bool = False
    on_conflict: OnConflict = OnConflict.FAIL
    prune: bool = False
    fix: bool = False
    hints: bool = False
    ignore: Collection[str] = ()
    workers: int = 0  # 0: as many as help

    @property
    def ignored(self) -> frozenset[str]:
        """The codes in capitals."""
        return frozenset(map(str.upper, self.ignore))

    @property
    def mends_files(self) -> bool:
        """Whether the clear mends are written back; a dry run writes nothing at all."""
        return self.fix and not self.dry_run

    @property
    def wishes(self) -> Wishes:
        return Wishes(self.section, self.language, tuple(self.permalinks.items()))


Progress = Callable[[int, int], None]  # files read, of how many


def import_paths(
    paths: Sequence[Path],
    options: Options = Options(),
    progress: Progress = lambda done, of: None,
    *,
    by: User | None = None,
) -> Report:
    """Imports these sites, folders and files. Raises `NothingThere` or `ConfigError` before anything is read.

    With an error in any file nothing is written, unless `keep_going`.
    """
    started = time.monotonic()
    files = list(walk(paths, options.wishes))
    care = Care(not options.dry_run, options.mends_files, options.hints, options.ignored)
    with transaction.atomic():
        # Before the plan: of two imports at once, the second plans against what the first has written.
        SiteState.lock()
        plan = Plan.against(files, options.on_conflict, whole=_are_whole(paths, options))
        hashes, edited = plan.known_hashes(files), plan.edited_files(files)
        read = read_all(files, hashes, care, workers=_workers(options, len(files)), unmended=edited)
        outcomes = _counted(read, len(files), progress)
        changes = chain(plan.changes(outcomes), plan.pruning() if options.prune else ())
        plan.hold_back(writing.write(changes, origin=Revision.Origin.IMPORT, by=by))
        if sections := [name for path in paths if path.is_dir() for name in read_config(site_of(path)).main_sections]:
            SiteState.keep_main_sections(sections)
        plan.finish()
        if plan.report.failed and not options.keep_going:
            plan.report.nothing_written()
            transaction.set_rollback(True)
        elif options.dry_run:
            transaction.set_rollback(True)
    plan.report.seconds = time.monotonic() - started
    return plan.report


def check_paths(
    paths: Sequence[Path], options: Options = Options(), progress: Progress = lambda done, of: None
) -> Report:
    """Reads and lints these sites, folders and files, and needs no database for it. Raises as `import_paths` does."""
    started = time.monotonic()
    files = list(walk(paths, options.wishes))
    plan = Plan()
    care = Care(store=False, fix=options.mends_files, hints=options.hints, ignore=options.ignored)
    outcomes = _counted(read_all(files, {}, care, workers=_workers(options, len(files))), len(files), progress)
    for _ in plan.decided(outcomes):
        pass
    plan.finish()
    plan.report.nothing_written()
    plan.report.seconds = time.monotonic() - started
    return plan.report


def _are_whole(paths: Sequence[Path], options: Options) -> bool:
    return not options.partial and all(path.is_dir() for path in paths)


def _workers(options: Options, files: int) -> int:
    if options.workers:
        return options.workers
    return (os.cpu_count() or 1) if files >= FILES_WORTH_A_POOL else 1


def _counted(outcomes: Iterator[Outcome], total: int, progress: Progress) -> Iterator[Outcome]:
    for number, outcome in enumerate(outcomes, start=1):
        yield outcome
        progress(number, total)
