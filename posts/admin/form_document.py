"""What the form's fields make of a document: only what was changed is written, every other byte stays."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from posts.admin.form_fields import lines_end_in_lf
from posts.document import Document


def ready_for(document: Document, name: str) -> Document:
    """Without what would win over the field, and with room for it."""
    if name in {"cover_alt", "cover_caption"} and isinstance(image := document.get("cover"), str):
        return document.replace("cover", {"image": image})
    return document


def with_value(document: Document, key: str, value: Any) -> Document:
    if value in ("", None, []):
        return document.remove(key)
    if key in {"author", "authors"} and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and isinstance(there := document.get(key), list):
        value = [value, *there[1:]]  # of a list of images the first is the cover
    return document.replace(key, str(value) if key == "markup" else value)


def with_last_part(url: str, slug: str) -> str:
    """A whole path, which would win over a slug, with its last part changed."""
    before, _, last = url.rstrip("/").rpartition("/")
    return f"{before}/{slug}" + url[len(url.rstrip("/")) :] if slug else url


def body_like(old: str, new: str) -> str:
    """`new`, whose lines end in LF, between the blank lines that `old` has around it and with its line ends.

    Where `old` has several kinds of line ends, lines that are in both keep theirs.
    """
    core = old.strip("\r\n")
    before, after = old[: len(old) - len(old.lstrip("\r\n"))], old[len(old.rstrip("\r\n")) :]
    if not core:
        before, after = "\n", "\n"
    ends = Counter(re.findall(r"\r\n|\r|\n", old))
    usual = ends.most_common(1)[0][0] if ends else "\n"
    if len(ends) < 2:
        return before + new.replace("\n", usual) + after
    kept = core.splitlines(keepends=True)
    plain, wanted = [lines_end_in_lf(line) for line in kept], new.splitlines(keepends=True)
    lines = [line.replace("\n", usual) for line in wanted]
    for at, there, size in SequenceMatcher(None, plain, wanted, autojunk=False).get_matching_blocks():
        lines[there : there + size] = kept[at : at + size]
    return before + "".join(lines) + after
