"""What each file does to the posts that are there: created, updated, unchanged, moved, in conflict, or in the way."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from posts import writing
from posts.document import Document
from posts.importing.assets import are_as_stored
from posts.importing.reading import Outcome
from posts.importing.report import FileReport, Report, Status
from posts.importing.walk import FoundFile
from posts.lint import Code, Diagnostic, InternalLink, Severity
from posts.models import Post, Redirect
from posts.projection import Source
from posts.site import project
from posts.site_paths import PAGES_WITH_INTRODUCTION, is_reserved

DEAD_LINK = "MG4"  # the part of that code that needs to know all pages


class OnConflict(StrEnum):
    """What to do when the file and the post both changed since the last import."""

    KEEP = "keep"
    REPLACE = "replace"
    FAIL = "fail"


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


@dataclass(frozen=True, slots=True)
class Linking:
    """What is kept of a file until all paths are known: its links, where it stands, and where a dead one is reported."""

    links: tuple[InternalLink, ...]
    file: str
    page: str  # the file without what only names its language
    path: str
    report: FileReport


@dataclass
class Plan:
    """Decided in the order of the walk; what becomes of each file stands in `report`."""

    on_conflict: OnConflict = OnConflict.FAIL
    report: Report = field(default_factory=Report)
    known: dict[str, KnownPost] = field(default_factory=dict)  # by the file that each came from
    holders: dict[str, str] = field(default_factory=dict)  # the file of the post that has each path
    vanished: dict[str, str] = field(default_factory=dict)  # files that are gone, by the hash they had
    aliases: set[str] = field(default_factory=set)
    decided_files: set[str] = field(default_factory=set)
    paths_by_file: dict[str, str] = field(default_factory=dict)  # when all is decided
    linking: list["Linking"] = field(default_factory=list)  # files with links inside the site

    @classmethod
    def against(cls, files: Sequence[FoundFile], on_conflict: OnConflict, *, whole: bool) -> "Plan":
        """A plan for these files against the posts that are there; `whole` if they are all that their folders hold."""
        plan = cls(on_conflict)
        columns = ("source_path", "pk", "path", "file_hash", "latest_revision__sha256", "source")
        for source_path, *facts in Post.objects.values_list(*columns).iterator():
            plan.known[source_path] = KnownPost(*facts)
            plan.holders[plan.known[source_path].path] = source_path
        plan.aliases.update(Redirect.objects.values_list("old_path", flat=True))
        if whole:
            there = {file.source.file for file in files}
            roots = {file.source.root for file in files}
            gone = (
                (post.file_hash, file)
                for file, post in plan.known.items()
                if file not in there and post.source.get("root", "") in roots
            )
            plan.vanished = {file_hash: file for file_hash, file in gone if file_hash}
        return plan

    def known_hashes(self, files: Iterable[FoundFile]) -> dict[Path, str]:
        """The hash by which each file is known to be unchanged, if it and its pictures still stand as they did."""
        found = ((file, self.known.get(file.source.file)) for file in files)
        return {
            file.path: post.file_hash
            for file, post in found
            if post and file.source.reads_like(post.source) and are_as_stored(file, post.source.get("assets", {}))
        }

    def changes(self, outcomes: Iterator[Outcome]) -> Iterator[writing.Change]:
        """The changes to write; what becomes of the other files goes straight into the report."""
        decided = self.decided(outcomes)
        while batch := [(each, self.known.get(each.file.source.file)) for each in islice(decided, writing.BATCH)]:
            posts = Post.objects.in_bulk([known.pk for _, known in batch if known])
            for outcome, known in batch:
                assert outcome.projection
                yield writing.Change(outcome.projection, posts[known.pk] if known else None, outcome.file_hash)

    def decided(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Those that are to be written. Each file's status is in the report once its outcome was asked for."""
        return (outcome for outcome in outcomes if self._is_wanted(outcome))

    def pruning(self) -> Iterator[writing.Change]:
        """Drafts of the posts whose file is gone from the content folders that these files are of."""
        gone = [self.known[file].pk for file in self.vanished.values()]
        for post in Post.objects.filter(pk__in=gone, draft=False).select_related("latest_revision"):
            assert post.latest_revision
            document = Document.of(post.latest_revision.text).replace("draft", value=True)
            self.report.files.append(FileReport(Path(post.source_path), Status.UPDATED, post.path))
            projection = project(document, Source.restored(post.source))
            # As if this had been imported: a file that comes back is a changed one, and is taken again.
            yield writing.Change(projection, post, file_hash=projection.sha256)

    def report_dead_links(self) -> None:
        """Adds a finding for each link to a path of this site at which nothing stands when the import is done."""
        sections = {f"/{page.partition('/')[0]}/" for page in (*self.known, *(each.page for each in self.linking))}
        there = self.holders.keys() | self.aliases | sections
        self.paths_by_file = {file: path for path, file in self.holders.items()}
        for linking in self.linking:
            for link in linking.links:
                target = self._linked(linking, link)
                if target and target not in there and not is_reserved(target) and target not in PAGES_WITH_INTRODUCTION:
                    message = f"the link leads to {target}, where nothing stands; mend or remove it"
                    place = (link.line, link.column, DEAD_LINK, Severity.WARNING, message)
                    linking.report.diagnostics = [*linking.report.diagnostics, Diagnostic(linking.report.path, *place)]

    def _linked(self, linking: Linking, link: InternalLink) -> str | None:
        """The path of the page that a link names; None for a link to a file, which is no page."""
        target = unquote(link.target.partition("#")[0].partition("?")[0])
        if target.endswith((".md", ".markdown")):
            file = posixpath.normpath(posixpath.join(posixpath.dirname(linking.file), target)).lstrip("/")
            return self.paths_by_file.get(file, f"/{file}")
        path = posixpath.normpath(posixpath.join(linking.path, target)) if target else ""
        if not path or PurePosixPath(path).suffix not in {"", ".html"}:
            return None
        return path if path.endswith((".html", "/")) else path + "/"

    def _is_wanted(self, outcome: Outcome) -> bool:
        """Reports the file's status, and says whether it is to be written."""
        file = outcome.file.source.file
        if outcome.failure:
            failed = outcome.failure.severity is Severity.ERROR
            return self._report(outcome, Status.ERROR if failed else Status.SKIPPED, outcome.failure)
        if file in self.decided_files:
            message = f"another file of this import has the place {file} too; import them one at a time"
            return self._report(outcome, Status.ERROR, _finding(outcome, Code.PATH_TAKEN, message))
        self.decided_files.add(file)
        if outcome.projection is None:
            return self._report(outcome, Status.UNCHANGED)
        if file not in self.known and (moved_from := self.vanished.pop(outcome.file_hash, None)):
            self.known[file] = self.known.pop(moved_from)
            self.holders.pop(self.known[file].path, None)
        known = self.known.get(file)
        if known and known.edited and known.document_hash != outcome.file_hash:
            if self.on_conflict is OnConflict.KEEP:
                return self._report(outcome, Status.SKIPPED)
            if self.on_conflict is OnConflict.FAIL:
                return self._report(outcome, Status.CONFLICT, _conflict(outcome))
        if finding := self._path_taken(outcome):
            return self._report(outcome, Status.ERROR, finding)
        if known and self.holders.get(known.path) == file:
            del self.holders[known.path]
        self.holders[outcome.projection.path] = file
        self.aliases.update(outcome.projection.aliases)
        return self._report(outcome, Status.UPDATED if known else Status.CREATED)

    def _path_taken(self, outcome: Outcome) -> Diagnostic | None:
        assert outcome.projection
        path, file = outcome.projection.path, outcome.file.source.file
        if is_reserved(path):
            message = f"{path} is a page that the site itself uses; give another slug or url"
            return _finding(outcome, Code.UNUSABLE_PATH, message)
        holder = self.holders.get(path, file)
        if holder != file:
            message = f"{path} is the path of {holder} too; give one of them another slug or url"
            return _finding(outcome, Code.PATH_TAKEN, message)
        return None

    def _report(self, outcome: Outcome, status: Status, finding: Diagnostic | None = None) -> bool:
        known = self.known.get(outcome.file.source.file)
        written = status in {Status.CREATED, Status.UPDATED}
        path = outcome.projection.path if outcome.projection and written else known.path if known else None
        findings = [*outcome.findings, *([finding] if finding else [])]
        report = FileReport(outcome.file.path, status, path, findings)
        self.report.files.append(report)
        if outcome.links and outcome.projection:
            source = outcome.file.source
            self.linking.append(Linking(outcome.links, source.file, source.page, outcome.projection.path, report))
        return written


def _finding(outcome: Outcome, code: Code, message: str) -> Diagnostic:
    return Diagnostic(outcome.file.path, 1, 1, code, Severity.ERROR, message)


def _conflict(outcome: Outcome) -> Diagnostic:
    return _finding(
        outcome,
        Code.CONFLICT,
        "the file and its post both changed since the last import; choose with --on-conflict keep or replace",
    )
