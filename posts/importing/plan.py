"""What each file does to the posts that are there: created, updated, unchanged, moved, in conflict, or in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from posts import writing
from posts.document import Document
from posts.importing import site_values
from posts.importing.assets import are_as_stored
from posts.importing.pages import lead_as_stored
from posts.importing.reading import Outcome
from posts.importing.references import References
from posts.importing.report import FileReport, Report, Status
from posts.importing.walk import FoundFile
from posts.lint import Code, Diagnostic, Severity
from posts.models import Post, Redirect
from posts.projection import Projection
from posts.sentences import gettext_noop, joined
from posts.site import project
from posts.site_paths import is_of_a_term, is_reserved
from posts.source import Source

PATH_TAKEN = gettext_noop("%(path)s is the path of %(holder)s too; give one of them another slug or url")
TERM_TAKEN = gettext_noop("%(path)s is the path of %(holder)s too; no slug or url moves it: make one document of both")


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

    @property
    def kept(self) -> dict[str, Any]:
        """Its source. Who has edited it since has seen to the pictures that were refused: no change of its file."""
        return {**self.source, "refused": {}} if self.edited else self.source


@dataclass
class Plan:
    """Decided in the order of the walk; what becomes of each file stands in `report`."""

    on_conflict: OnConflict = OnConflict.FAIL
    report: Report = field(default_factory=Report)
    known: dict[str, KnownPost] = field(default_factory=dict)  # by the file that each came from
    holders: dict[str, str] = field(default_factory=dict)  # the file of the post that has each path
    vanished: set[str] = field(default_factory=set)  # files that are gone
    vanished_by_hash: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str | None] = field(default_factory=dict)  # the file of the post that each leads to
    aliases: set[str] = field(default_factory=set)  # of those what documents say, which goes when they are written
    renamed: dict[str, str] = field(default_factory=dict)  # files that are gone, and under which name they are back
    decided_files: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)  # files of posts whose path may yet change in this import
    roots_met: set[str] = field(default_factory=set)  # folders of which this import brought a file that was known
    waiting: list[Outcome] = field(default_factory=list)  # for a path that one of those has
    references: References = field(default_factory=References)
    written: dict[str, FileReport] = field(default_factory=dict)  # by file

    @classmethod
    def against(cls, files: Sequence[FoundFile], on_conflict: OnConflict, *, whole: bool) -> "Plan":
        """A plan for these files against the posts that are there; `whole` if they are all that their folders hold."""
        plan = cls(on_conflict)
        columns = ("source_path", "pk", "path", "file_hash", "latest_revision__sha256", "source")
        for source_path, *facts in Post.objects.values_list(*columns).iterator():
            plan.known[source_path] = KnownPost(*facts)
            plan.holders[plan.known[source_path].path] = source_path
        for old_path, file, origin in Redirect.objects.values_list("old_path", "post__source_path", "origin"):
            plan.redirects[old_path] = file
            if origin == Redirect.Origin.ALIAS:
                plan.aliases.add(old_path)
        there = {file.source.file for file in files}
        plan.coming = there & plan.known.keys()
        plan.roots_met = {plan.known[file].source.get("root", "") for file in plan.coming}
        if whole:
            roots = {file.source.root for file in files}
            gone = {file: post for file, post in plan.known.items() if file not in there and post.file_hash}
            plan.vanished = {file for file, post in gone.items() if post.source.get("root", "") in roots}
            plan.vanished_by_hash = {gone[file].file_hash: file for file in plan.vanished}
        return plan

    def known_hashes(self, files: Iterable[FoundFile]) -> dict[Path, str]:
        """The hash by which each file is known to be unchanged, if it and its files still stand as they did."""
        found = ((file, self.known.get(file.source.file)) for file in files)
        return {
            file.path: post.file_hash
            for file, post in found
            if post
            and file.source.reads_like(post.source)
            and are_as_stored(file, post.kept)
            and lead_as_stored(file, post.source)
            and site_values.are_as_stored(file, post.source)
        }

    def edited_files(self, files: Iterable[FoundFile]) -> set[Path]:
        """Those whose posts were changed in the admin, with which a mend in the file would be in conflict."""
        found = ((file, self.known.get(file.source.file)) for file in files)
        return {file.path for file, post in found if post and post.edited}

    def changes(self, outcomes: Iterator[Outcome]) -> Iterator[writing.Change]:
        """The changes to write; what becomes of the other files goes straight into the report."""
        decided = self.decided(outcomes)
        while batch := list(islice(decided, writing.BATCH)):
            yield from self._changes(batch, self._posts(batch))
        if late := list(self._settled()):
            posts = self._posts(late)
            writing.vacate(posts.values())
            yield from self._changes(late, posts)

    def _posts(self, outcomes: Iterable[Outcome]) -> dict[int, Post]:
        files = (outcome.file.source.file for outcome in outcomes)
        return Post.objects.in_bulk([self.known[file].pk for file in files if file in self.known])

    def _changes(self, outcomes: Iterable[Outcome], posts: dict[int, Post]) -> Iterator[writing.Change]:
        for outcome in outcomes:
            known = self.known.get(outcome.file.source.file)
            yield writing.Change(_projection(outcome), posts[known.pk] if known else None, outcome.file_hash)

    def decided(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Those that are to be written. Each file's status is in the report once its outcome was asked for.

        A file waits that wants the path which another file of this import has, and may leave.
        """
        return (outcome for outcome in outcomes if self._is_wanted(outcome))

    def _settled(self) -> Iterator[Outcome]:
        """Of the files that waited those that are to be written: their path is free, or is left in the same step."""
        going = self.waiting
        while True:
            leaving = {outcome.file.source.file for outcome in going}
            claimed: dict[str, Outcome] = {}
            for outcome in going:
                path, file = _projection(outcome).path, outcome.file.source.file
                if self.holders.get(path, file) in leaving:
                    claimed.setdefault(path, outcome)
            if len(claimed) == len(going):
                break
            going = list(claimed.values())
        for outcome in going:
            self._leave(outcome.file.source.file)
        return (outcome for outcome in self.waiting if self._takes_its_path(outcome))

    def pruning(self) -> Iterator[writing.Change]:
        """Drafts of the posts whose file is gone from the content folders that these files are of."""
        gone = [self.known[file].pk for file in self.vanished if self._is_of_this_site(self.known[file])]
        for post in Post.objects.filter(pk__in=gone, draft=False).select_related("latest_revision"):
            assert post.latest_revision
            document = Document.of(post.latest_revision.text).replace("draft", value=True)
            self.report.files.append(FileReport(Path(post.source_path), Status.UPDATED, post.path))
            projection = project(document, Source.restored(post.source))
            # As if this had been imported: a file that comes back is a changed one, and is taken again.
            yield writing.Change(projection, post, file_hash=projection.sha256)

    def _is_of_this_site(self, post: KnownPost) -> bool:
        """Whether the import brought a file that came from this post's folder before: else it is another site's."""
        return post.source.get("root", "") in self.roots_met

    def hold_back(self, held: Mapping[str, Sequence[str]]) -> None:
        """Reports which files' posts readers do not see, or not for as long as the files say, and why."""
        for file, reasons in held.items():
            report = self.written[file]
            message = gettext_noop("stored, but checks keep it from readers: %(reasons)s")
            message %= {"reasons": joined(" ".join(reasons))}
            finding = Diagnostic(report.path, 1, 1, Code.HELD_BACK, Severity.WARNING, message)
            report.add(finding)

    def finish(self) -> None:
        """Reports what can be told only now: links to nothing, and aliases that lead elsewhere."""
        leading = {path: self.renamed.get(file, file) if file else None for path, file in self.redirects.items()}
        gone = {path for path in self.aliases if leading[path] in self.written}
        staying = {path: file for path, file in leading.items() if path not in gone}
        self.references.report(self.known, self.holders, staying)

    def _is_wanted(self, outcome: Outcome) -> bool:
        """Reports the file's status, and says whether it is to be written."""
        file = outcome.file.source.file
        self.coming.discard(file)
        if outcome.failure:
            failed = outcome.failure.severity is Severity.ERROR
            return self._report(outcome, Status.ERROR if failed else Status.SKIPPED, outcome.failure)
        if file in self.decided_files:
            message = gettext_noop("another file of this import has the place %(file)s too; import them one at a time")
            message %= {"file": file}
            return self._report(outcome, Status.ERROR, _finding(outcome, Code.PATH_TAKEN, message))
        self.decided_files.add(file)
        if outcome.projection is None:
            return self._report(outcome, Status.UNCHANGED)
        if file not in self.known:
            self._take_over_a_vanished_post(outcome)
        known = self.known.get(file)
        if known and known.edited and known.document_hash != outcome.file_hash:
            if self.on_conflict is OnConflict.KEEP:
                return self._report(outcome, Status.SKIPPED)
            if self.on_conflict is OnConflict.FAIL:
                return self._report(outcome, Status.CONFLICT, _conflict(outcome))
        if self.holders.get(outcome.projection.path) in self.coming:
            self.coming.add(file)
            self.waiting.append(outcome)
            return False
        return self._takes_its_path(outcome)

    def _take_over_a_vanished_post(self, outcome: Outcome) -> None:
        """A file with the text of one that is gone, or with its path, is that one under another name."""
        by_text = self.vanished_by_hash.get(outcome.file_hash)
        by_path = self.holders.get(_projection(outcome).path)
        moved_from = next((file for file in (by_text, by_path) if file in self.vanished), None)
        if moved_from is None:
            return
        file = outcome.file.source.file
        self.vanished.remove(moved_from)
        self.renamed[moved_from] = file
        self.known[file] = self.known.pop(moved_from)
        self.roots_met.add(self.known[file].source.get("root", ""))
        self.holders[self.known[file].path] = file

    def _takes_its_path(self, outcome: Outcome) -> bool:
        """Reports the file's status, and says whether it gets the path that it wants."""
        file, made = outcome.file.source.file, _projection(outcome)
        if is_reserved(made.path, for_introduction=True) and _introduces_at_most(made):
            message = gettext_noop("left out, for the site makes %(path)s itself and has no introduction there")
            message %= {"path": made.path}
            return self._report(outcome, Status.SKIPPED, _finding(outcome, Code.NOT_A_POST, message, Severity.WARNING))
        if finding := self._path_taken(outcome):
            return self._report(outcome, Status.ERROR, finding)
        self._leave(file)
        self.holders[_projection(outcome).path] = file
        return self._report(outcome, Status.UPDATED if file in self.known else Status.CREATED)

    def _leave(self, file: str) -> None:
        """Frees the path of the file's post."""
        if file in self.known and self.holders.get(self.known[file].path) == file:
            del self.holders[self.known[file].path]

    def _path_taken(self, outcome: Outcome) -> Diagnostic | None:
        path, file = _projection(outcome).path, outcome.file.source.file
        if is_reserved(path, for_introduction=_projection(outcome).kind == Post.Kind.SECTION):
            message = gettext_noop("%(path)s is a page that the site itself uses; give another slug or url") % {
                "path": path
            }
            return _finding(outcome, Code.UNUSABLE_PATH, message)
        holder = self.holders.get(path, file)
        if holder != file:
            message = TERM_TAKEN if is_of_a_term(path) else PATH_TAKEN
            return _finding(outcome, Code.PATH_TAKEN, message % {"path": path, "holder": holder})
        return None

    def _report(self, outcome: Outcome, status: Status, finding: Diagnostic | None = None) -> bool:
        known = self.known.get(outcome.file.source.file)
        written = status in {Status.CREATED, Status.UPDATED}
        path = outcome.projection.path if outcome.projection and written else known.path if known else None
        report = FileReport(outcome.file.path, status, path, ignored=outcome.ignored)
        report.add(*outcome.findings, *([finding] if finding else []))
        self.report.files.append(report)
        if written:
            self.written[outcome.file.source.file] = report
        self.references.note(outcome, report)
        return written


def _introduces_at_most(made: Projection) -> bool:
    """Whether it is no article: a section's document, or one without words that stands where its file lies, as those do for
    which a theme makes a program, such as the editor at `/admin/`."""
    if made.kind == Post.Kind.SECTION:
        return True
    return not made.html.strip() and not any(Document.of(made.text).get(key) for key in ("url", "permalink"))


def _projection(outcome: Outcome) -> Projection:
    """Of an outcome that has one: whatever is neither unchanged nor a failure."""
    assert outcome.projection
    return outcome.projection


def _finding(outcome: Outcome, code: Code, message: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(outcome.file.path, 1, 1, code, severity, message)


def _conflict(outcome: Outcome) -> Diagnostic:
    return _finding(
        outcome,
        Code.CONFLICT,
        gettext_noop(
            "the file and its post both changed since the last import; choose with --on-conflict keep or replace"
        ),
    )
