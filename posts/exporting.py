"""Posts out again: each document's bytes at the place that it came from, with the pictures that it names."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings

from audit import models as audit
from posts import whole_files
from posts.models import Post, PostQuerySet
from posts.source import asset_place


class UnsafePath(Exception):
    """A file's place that is outside of the folder; nothing of the kind is ever stored by an import."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of the site: its place in the exported folder, and where its bytes come from."""

    place: PurePosixPath
    data: bytes


@dataclass(slots=True)
class ExportReport:
    """What an export wrote or, when only checking, would write; places in the folder."""

    changed: list[PurePosixPath] = field(default_factory=list)
    unchanged: int = 0
    is_check: bool = False

    def lines(self) -> list[str]:
        total = len(self.changed) + self.unchanged
        done = "to be written" if self.is_check else "written"
        return [*map(str, self.changed), f"{total} files: {len(self.changed)} {done}, {self.unchanged} unchanged"]


def export(folder: Path, *, live_only: bool = False, check: bool = False) -> ExportReport:
    """Writes every post's file that is not there or differs; with `check` it only says which. Deletes nothing.

    Raises `OSError` for a folder that cannot be written.
    """
    report, mode = ExportReport(is_check=check), 0o666 & ~_umask()
    posts = Post.objects.live() if live_only else Post.objects.all()
    for file in files(posts, live_only=live_only):
        target = folder.joinpath(*file.place.parts)
        if target.is_file() and target.read_bytes() == file.data:
            report.unchanged += 1
            continue
        report.changed.append(file.place)
        if not check:
            whole_files.put(target, file.data, mode)
    if not check:
        label = f"{len(report.changed)} files written to {folder}"
        audit.record([audit.Event("posts.exported", label=label)], by=None)
    return report


def files(posts: PostQuerySet, *, live_only: bool = False) -> Iterator[ExportedFile]:
    """The files of these posts: the latest document of each, or the one that readers see, and each picture once."""
    pointer = "live_revision" if live_only else "latest_revision"
    root, there = _usual_root(posts), set[PurePosixPath]()
    rows = posts.order_by("source_path").values_list("source_path", "source", "file_hash", f"{pointer}__text")
    for source_path, source, file_hash, text in rows.iterator(chunk_size=500):
        file = PurePosixPath(source.get("root", "") if file_hash else root, source_path)
        yield ExportedFile(_safe(file), text.encode())
        for name, url in source.get("assets", {}).items():
            place = asset_place(file, source, name)
            if place and place not in there and (data := _stored(url)):
                there.add(place)
                yield ExportedFile(_safe(place), data)


def _usual_root(posts: PostQuerySet) -> str:
    """Where the content folder of the imported site is, for posts that were written here."""
    imported = posts.exclude(file_hash="").values_list("source__root", flat=True).first()
    return imported or ""


def _safe(place: PurePosixPath) -> PurePosixPath:
    if place.is_absolute() or ".." in place.parts:
        raise UnsafePath(f"{place} is outside of the exported folder")
    return place


def _stored(url: str) -> bytes | None:
    """The bytes of a picture in local storage; those elsewhere stay where they are."""
    if not url.startswith(settings.MEDIA_URL):
        return None
    path = Path(settings.MEDIA_ROOT, *PurePosixPath(url.removeprefix(settings.MEDIA_URL)).parts)
    return path.read_bytes() if path.is_file() else None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
