"""One file → what it makes or what is wrong with it: the part of an import that runs in worker processes."""

import gc
import os
import re
import signal
import stat
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path, PurePath, PurePosixPath
from threading import Thread

from posts import frontmatter, lint, picture_names, whole_files
from posts.document import Document, DocumentError, Format
from posts.document.values import as_text
from posts.frontmatter import FrontMatterError
from posts.importing import assets, no_pages
from posts.importing.assets import Assets
from posts.importing.names_in_text import NamesInText
from posts.importing.pages import Pages
from posts.importing.site_values import SiteValues
from posts.importing.walk import FoundFile
from posts.lint import Code, Diagnostic, Severity
from posts.markup import Markup
from posts.projection import Projection, ProjectionError
from posts.rendering import RenderingError, ShortcodeFinding, embedded
from posts.sentences import Number, SentenceError, gettext_noop, systems_reason
from posts.site import project

MAX_FILE_BYTES = 20 * 1024 * 1024
FILES_A_TASK = 20
FILES_WORTH_A_POOL = 200  # below it, starting processes takes longer than the work
PASSED_OVER = gettext_noop("left out, for it is a link, which Hugo passes over; to import it, put the file itself here")
SLIP, LEADS_NOWHERE = "MG6", "MG4"  # the parts of these codes that need to know the site
README = re.compile(r"(read[ _-]?me|licen[cs]e|changelog|contributing)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Care:
    """What to do with each file besides projecting it."""

    store: bool = True  # keep its pictures
    fix: bool = False  # write the lint's clear mends back into it
    hints: bool = False
    ignore: Collection[str] = ()  # codes, in capitals


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a projection, or the failure that kept it out, or neither if it is as it was."""

    file: FoundFile
    file_hash: str = ""
    projection: Projection | None = None
    failure: Diagnostic | None = None
    findings: tuple[Diagnostic, ...] = ()
    links: tuple[lint.InternalLink, ...] = ()
    aliases_at: tuple[int, int] = (1, 1)  # line and column of their key
    ignored: Collection[str] = frozenset()  # codes, in capitals, that nobody wants to hear of


class UnreadableFile(SentenceError):
    """A file that cannot be read or written: the sentence says what is wrong and the mend."""


class LinkedFile(UnreadableFile):
    """A link, wherever it leads."""


def read_all(
    files: Iterable[FoundFile],
    known_hashes: Mapping[Path, str],
    care: Care,
    *,
    workers: int,
    unmended: Collection[Path] = (),
) -> Iterator[Outcome]:
    """The outcome of each file, in the order given. Few of them are held at a time, however many files there are.

    Nothing is written back into those that stay `unmended`.
    """
    assets.patience.renew()
    tasks = _tasks(files, known_hashes, care, unmended)
    if workers <= 1:
        for task in tasks:
            yield from _read_task(task)
        return
    # The workers only read and compute; forked ones start at once, and have no use for the connection they inherit.
    gc.freeze()  # what is there by now stays: a collection that went through it would copy its memory to each worker
    with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_begin) as pool:
        begun = (_begun(pool, task) for task in tasks)
        waiting = deque(islice(begun, workers * 4))
        while waiting:
            yield from waiting.popleft()()
            waiting.extend(islice(begun, 1))


def _begin() -> None:
    """Has this worker process end when the import is killed: it would wait for good, and as it holds the import's connection
    too, the database would wait with it, in a transaction that lets nobody else write."""
    parent = parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # by which the pool ends the others when one was killed
    Thread(target=watch, daemon=True).start()


def _begun(pool: ProcessPoolExecutor, task: list[tuple[FoundFile, str, Care]]) -> Callable[[], list[Outcome]]:
    """What gives the task's outcomes: here, if nothing has changed, for a hash is made faster than a task is sent."""
    if all(known_hash and not care.fix and _hash(file.path) == known_hash for file, known_hash, care in task):
        unchanged = [Outcome(file, known_hash) for file, known_hash, _ in task]
        return lambda: unchanged
    return pool.submit(_read_task, task).result


def _hash(path: Path) -> str:
    """The file's SHA-256; empty for one that cannot be read."""
    try:
        return sha256(_read_bytes(path)).hexdigest()
    except UnreadableFile:
        return ""


def _kept_out(file: FoundFile, care: Care) -> Outcome | None:
    """The outcome of a file that is not opened, for its path or its place; None for another."""
    shown = os.fsencode(file.path).decode("utf-8", "replace")
    if shown != str(file.path):
        file = replace(file, path=Path(shown))
        problem = gettext_noop("the file's path is not UTF-8; rename what is in it")
        return Outcome(file, failure=_finding(file, 1, 1, Code.UNREADABLE_FILE, problem))
    if file.left_out:
        failure = _finding(file, 1, 1, Code.NOT_A_POST, file.left_out, Severity.WARNING)
        return Outcome(file, failure=failure, ignored=care.ignore)
    return None


def read(file: FoundFile, known_hash: str = "", care: Care = Care()) -> Outcome:
    """Parses, projects and lints one file, unless its bytes have this SHA-256 and nothing in it is to be mended.

    Raises nothing: bad input is a finding.
    """
    if kept_out := _kept_out(file, care):
        return kept_out
    try:
        return _outcome(file, known_hash, care)
    except UnreadableFile as error:
        if isinstance(error, LinkedFile) and file.source.hugo:
            failure = _finding(file, 1, 1, Code.NOT_A_POST, PASSED_OVER, Severity.WARNING)
        else:
            failure = _finding(file, 1, 1, Code.UNREADABLE_FILE, error.sentence)
    except DocumentError as error:
        failure = _finding(file, error.line, error.column, Code.UNREADABLE_FRONT_MATTER, error.sentence)
    except FrontMatterError as error:
        failure = _finding(file, error.line, error.column, Code.UNUSABLE_VALUE, error.sentence)
    except ProjectionError as error:
        failure = _finding(file, error.line, error.column, Code.UNUSABLE_PATH, error.sentence)
    except RenderingError as error:
        failure = _finding(file, 1, 1, Code.UNRENDERABLE, error.sentence)
    return Outcome(file, failure=failure)


def _outcome(file: FoundFile, known_hash: str, care: Care) -> Outcome:
    data = _read_bytes(file.path)
    file_hash = sha256(data).hexdigest()
    if file_hash == known_hash and not care.fix:
        return Outcome(file, file_hash)
    document = Document.parse(data)
    if file_hash == known_hash and not _is_mendable(_linted(file, document, care, every=True)):
        return Outcome(file, file_hash)
    if document.format is Format.NONE and README.match(file.path.stem) and not file.is_mounted:
        message = gettext_noop("left out, for it has no front matter and is named like notes on the folder")
        failure = _finding(file, 1, 1, Code.NOT_A_POST, message, Severity.HINT)
        return Outcome(file, file_hash, failure=failure, ignored=care.ignore)
    if no_page := no_pages.as_written(document, file):
        return _no_post(file, file_hash, document, care, *no_page)
    made = _made(file, document, care)
    if made.projection and (nothing := no_pages.as_shown(document, file, made.projection)):
        return _no_post(file, file_hash, document, care, 1, 1, nothing)
    return made


def _no_post(
    file: FoundFile, file_hash: str, document: Document, care: Care, line: int, column: int, why: str
) -> Outcome:
    failure = _finding(file, line, column, Code.NOT_A_POST, why, Severity.WARNING)
    return Outcome(file, file_hash, failure=failure, ignored=lint.ignored_by(document, care.ignore))


def _made(file: FoundFile, document: Document, care: Care) -> Outcome:
    findings = _linted(file, document, care, every=care.fix)
    if care.fix and _is_mendable(findings):
        document = lint.fixed(document, findings)
        _write_bytes(file.path, document.dump())
        findings = _linted(file, document, care)
    pictures = Assets(file, assets.store if care.store else assets.look_at, embedded.pictures(document.body))
    projection = project(
        document, replace(file.source, assets=pictures, pages=Pages(file), site_values=SiteValues(file))
    )
    found = {
        "missing": list(pictures.missing),
        "refused": pictures.refused_as,
        "resources": list(pictures.resources),
        "places": pictures.places,
    }
    if any(found.values()):
        kept = projection.source | {name: files for name, files in found.items() if files}
        projection = replace(projection, source=kept)
    findings += _untitled(file, document, projection.title)
    findings += _refused(file, document, pictures)
    findings += [misused(file.path, document, each) for each in projection.shortcodes]
    findings += _missing(file, document, [*_unfound(file, document, projection, pictures)], projection, pictures)
    links = tuple(lint.internal_links(document, Markup(projection.markup)))
    key = frontmatter.key_of(document, "aliases", file.source.reading)
    aliases_at = document.position(key or "") if projection.aliases else (1, 1)
    ignored = lint.ignored_by(document, care.ignore)
    said = tuple(lint.capped(findings))
    return Outcome(file, projection.sha256, projection, None, said, links, aliases_at, ignored)


def _is_mendable(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.fix is not None for finding in findings)


def _linted(file: FoundFile, document: Document, care: Care, *, every: bool = False) -> list[Diagnostic]:
    return lint.inspect(
        document,
        path=file.path,
        hints=care.hints,
        ignore=care.ignore,
        keys=(*file.source.tag_keys, *(["tag"] if file.source.jekyll else [])),
        markup=frontmatter.markup_of(document, file.source.reading),
        every=every,
    )


def _untitled(file: FoundFile, document: Document, shown: str) -> list[Diagnostic]:
    """A page without a title. A section may be named by its folder, and what is Jekyll's by its file."""
    said = document.get("title") or file.source.defaults.get("title")
    if as_text(said) or file.source.jekyll or PurePosixPath(file.source.page).stem == "_index":
        return []
    message = gettext_noop("there is no title, and “%(shown)s” stands for it; write one in the front matter")
    return [Diagnostic(file.path, 1, 1, SLIP, Severity.WARNING, message % {"shown": shown})]


def misused(path: PurePath, document: Document, found: ShortcodeFinding) -> Diagnostic:
    """What is wrong with a shortcode, placed in the document of this path."""
    line = document.body_line + found.line - 1
    return Diagnostic(path, line, found.column, LEADS_NOWHERE, Severity.WARNING, found.sentence)


def _refused(file: FoundFile, document: Document, pictures: Assets) -> Iterator[Diagnostic]:
    text = NamesInText(document.text)
    for name, why in pictures.refused.items():
        written, line, column = text.place(name) or (name, 1, 1)
        message = (
            gettext_noop("the picture %(name)s was not taken over: %(why)s")
            if PurePosixPath(name).suffix.lower() in picture_names.ENDINGS
            else gettext_noop("the file %(name)s was not taken over: %(why)s")
        ) % {"name": written, "why": why}
        yield _finding(file, line, column, Code.PICTURE_REFUSED, message, Severity.WARNING)


def _unfound(file: FoundFile, document: Document, projection: Projection, pictures: Assets) -> Iterator[str]:
    """The files that are not there, but for a cover that was found from the site's top, if the body does not name it too."""
    cover = frontmatter.cover_of(document, file.source.reading) if pictures.missing else ""
    shown = {each.address for each in projection.pictures if each.place == "body"}
    is_found = projection.cover in pictures.values()
    return (name for name in pictures.missing if not (is_found and name == cover and name not in shown))


def _missing(
    file: FoundFile, document: Document, names: Sequence[str], projection: Projection, pictures: Assets
) -> Iterator[Diagnostic]:
    """Of the names that the document says, and not of where else its cover or a theme's picture was looked for."""
    text = NamesInText(document.text)
    shown = {each.address for each in projection.pictures} if names else set()
    longer: dict[str, set[str]] = {}  # names of files that are there, by what they end with
    for found in {each.lstrip("/") for each in pictures} if names else ():
        for at in (at for at, sign in enumerate(found) if sign == "/"):
            longer.setdefault(found[at:], set()).add(found)
    for name in names:
        place = text.place(name) or (text.place(name[1:]) if name[:1] == "/" and name in shown else None)
        around = longer.get(name, ())
        if not place or (around and document.text.count(name) <= sum(map(document.text.count, around))):
            continue
        written, line, column = place
        message = (
            gettext_noop("the file %(name)s is nowhere in the site; put it where the name says, or fix the name")
            if name.startswith("/")
            else gettext_noop("the file %(name)s is not in the page's folder; put it there, or fix the name")
        ) % {"name": written}
        yield Diagnostic(file.path, line, column, LEADS_NOWHERE, Severity.WARNING, message)


def _tasks(
    files: Iterable[FoundFile], known_hashes: Mapping[Path, str], care: Care, unmended: Collection[Path]
) -> Iterator[list[tuple[FoundFile, str, Care]]]:
    reading = replace(care, fix=False)
    remaining = ((file, known_hashes.get(file.path, ""), reading if file.path in unmended else care) for file in files)
    while task := list(islice(remaining, FILES_A_TASK)):
        yield task


def _read_task(task: list[tuple[FoundFile, str, Care]]) -> list[Outcome]:
    return [read(*each) for each in task]


def _finding(
    file: FoundFile, line: int, column: int, code: Code, message: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(file.path, line, column, code, severity, message)


def _read_bytes(path: Path) -> bytes:
    """Raises `UnreadableFile` for a link, for what is no regular file, cannot be opened, or is too large."""
    try:
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode):
            problem = gettext_noop("this is a link, which may lead out of the folder; put the file itself here")
            raise LinkedFile(problem)
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFile(gettext_noop("this is no regular file; take it out of the folder"))
        if facts.st_size > MAX_FILE_BYTES:
            problem = gettext_noop("the file has %(size)s bytes, %(most)s are the most; split it into several posts")
            raise UnreadableFile(problem % {"size": Number(facts.st_size), "most": Number(MAX_FILE_BYTES)})
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(assets.UNREADABLE % {"reason": systems_reason(error)}) from None


def _write_bytes(path: Path, data: bytes) -> None:
    """Puts the file there whole or not at all. Raises `UnreadableFile` if the disk does not take it."""
    try:
        whole_files.put(path, data, stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        problem = gettext_noop("the corrected file cannot be written: %(reason)s")
        raise UnreadableFile(problem % {"reason": systems_reason(error)}) from None
