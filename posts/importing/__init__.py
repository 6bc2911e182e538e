"""Whole sites in: walk → read (in worker processes) → plan → write, all in one transaction or not at all."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from posts import writing
from posts.importing.reading import FILES_WORTH_A_POOL, Outcome, read_all
from posts.importing.report import FileReport, Report, Status
from posts.importing.walk import FoundFile, walk
from posts.lint import Code, Diagnostic, Severity
from posts.models import Post, Revision
from posts.site_paths import is_reserved


class OnConflict(StrEnum):
    """What to do when the file and the post both changed since the last import."""

    KEEP = "keep"
    REPLACE = "replace"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Options:
    """How to import; the command's options by the same names."""

    section: str = ""
    language: str = ""
    dry_run: bool = False
    keep_going: bool = False
    on_conflict: OnConflict = OnConflict.FAIL
    workers: int = 0  # 0: as many as help


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What the plan needs to know of a post that is there already."""

    pk: int
    path: str
    file_hash: str
    document_hash: str | None
    source: dict[str, Any]

    @property
    def edited(self) -> bool:
        """Changed in the admin since its file was last imported."""
        return self.document_hash != self.file_hash


def import_paths(paths: Sequence[Path], options: Options = Options()) -> Report:
    """Imports these sites, folders and files. Raises `walk.NothingThere` before anything is read.

    With an error in any file nothing is written, unless `keep_going`.
    """
    started = time.monotonic()
    files = list(walk(paths, section=options.section, language=options.language))
    plan = Plan(options)
    outcomes = read_all(files, plan.known_hashes(files), workers=_workers(options, len(files)))
    with transaction.atomic():
        writing.write(plan.changes(outcomes), origin=Revision.Origin.IMPORT)
        if plan.report.failed and not options.keep_going:
            plan.report.nothing_written()
            transaction.set_rollback(True)
        elif options.dry_run:
            transaction.set_rollback(True)
    plan.report.seconds = time.monotonic() - started
    return plan.report


@dataclass
class Plan:
    """What each file does to the posts that are there, decided in the order of the walk."""

    options: Options
    report: Report = field(default_factory=Report)
    known: dict[str, KnownPost] = field(default_factory=dict)  # by the file that each came from
    holders: dict[str, str] = field(default_factory=dict)  # the file of the post that has each path

    def __post_init__(self) -> None:
        columns = ("source_path", "pk", "path", "file_hash", "latest_revision__sha256", "source")
        for source_path, *facts in Post.objects.values_list(*columns).iterator():
            self.known[source_path] = KnownPost(*facts)
            self.holders[self.known[source_path].path] = source_path

    def known_hashes(self, files: Iterable[FoundFile]) -> dict[FoundFile, str]:
        """The hash by which each file is known to be unchanged, if it still stands in its site as it did."""
        found = ((file, self.known.get(file.source.file)) for file in files)
        return {file: post.file_hash for file, post in found if post and post.source == file.source.kept()}

    def changes(self, outcomes: Iterator[Outcome]) -> Iterator[writing.Change]:
        """The changes to write; what becomes of the other files goes straight into the report."""
        while batch := list(islice(outcomes, writing.BATCH)):
            wanted = [outcome for outcome in batch if self._decide(outcome)]
            known = (self.known.get(outcome.file.source.file) for outcome in wanted)
            posts = Post.objects.in_bulk([post.pk for post in known if post])
            for outcome in wanted:
                known_post = self.known.get(outcome.file.source.file)
                assert outcome.projection
                yield writing.Change(
                    outcome.projection, posts[known_post.pk] if known_post else None, outcome.file_hash
                )

    def _decide(self, outcome: Outcome) -> bool:
        """Reports the file's status, and says whether it is to be written."""
        known = self.known.get(outcome.file.source.file)
        if outcome.finding:
            failed = outcome.finding.severity is Severity.ERROR
            return self._report(outcome, Status.ERROR if failed else Status.SKIPPED, [outcome.finding])
        if outcome.projection is None:
            return self._report(outcome, Status.UNCHANGED, url=known.path if known else None)
        if known and known.edited and known.document_hash != outcome.file_hash:
            if self.options.on_conflict is OnConflict.KEEP:
                return self._report(outcome, Status.SKIPPED, url=known.path)
            if self.options.on_conflict is OnConflict.FAIL:
                return self._report(outcome, Status.CONFLICT, [_conflict(outcome)], url=known.path)
        if finding := self._path_taken(outcome):
            return self._report(outcome, Status.ERROR, [finding])
        self.holders[outcome.projection.path] = outcome.file.source.file
        return self._report(outcome, Status.UPDATED if known else Status.CREATED, url=outcome.projection.path)

    def _path_taken(self, outcome: Outcome) -> Diagnostic | None:
        assert outcome.projection
        path, file = outcome.projection.path, outcome.file.source.file
        if is_reserved(path):
            return _finding(
                outcome, Code.UNUSABLE_PATH, f"{path} is a page that the site itself uses; give another slug or url"
            )
        holder = self.holders.get(path, file)
        if holder != file:
            return _finding(
                outcome, Code.PATH_TAKEN, f"{path} is the path of {holder} too; give one of them another slug or url"
            )
        return None

    def _report(
        self, outcome: Outcome, status: Status, findings: Sequence[Diagnostic] = (), url: str | None = None
    ) -> bool:
        self.report.files.append(FileReport(outcome.file.path, status, url, findings))
        return status in {Status.CREATED, Status.UPDATED}


def _finding(outcome: Outcome, code: Code, message: str) -> Diagnostic:
    return Diagnostic(outcome.file.path, 1, 1, code, Severity.ERROR, message)


def _conflict(outcome: Outcome) -> Diagnostic:
    return _finding(
        outcome,
        Code.CONFLICT,
        "the file and its post both changed since the last import; choose with --on-conflict keep or --on-conflict replace",
    )


def _workers(options: Options, files: int) -> int:
    if options.workers:
        return options.workers
    return (os.cpu_count() or 1) if files >= FILES_WORTH_A_POOL else 1
