"""Where a document's page stands: from its file's place and its front matter to a URL path, as Hugo does it.

Paths are kept decoded (`/posts/médecine/`) and end in a slash or in a file ending.
"""

import re
from pathlib import PurePosixPath

from posts.frontmatter import FrontMatter, path_segment

MAX_PATH_LENGTH = 500  # characters; PostgreSQL indexes no longer one in every script


class PathError(ValueError):
    """A path that no page can have. `str()` is the problem and the mend."""


def page_path(file: PurePosixPath, front: FrontMatter, *, prefix: str = "/") -> str:
    """The path of `file`'s page below `prefix` (`/`, or a language's `/vi/`).

    `posts/My Post_1.md` gives `/posts/my-post_1/`, `posts/x/index.md` and `posts/x/_index.md` give `/posts/x/`; `url`
    is the whole path, `slug` replaces the last part. Raises `PathError`.
    """
    if front.url:
        path = "/" + front.url.lstrip("/")
        return checked(path if path.endswith("/") or PurePosixPath(path).suffix else path + "/")
    parts = list(file.parent.parts if file.stem in {"index", "_index"} else file.with_suffix("").parts)
    segments = [path_segment(part) for part in parts]
    if front.slug and segments and file.stem != "_index":
        segments[-1] = "/".join(path_segment(part) for part in front.slug.split("/") if part)
    return checked(prefix + "".join(f"{segment}/" for segment in segments))


def section_of(path: PurePosixPath) -> str:
    """The first folder, as Hugo's sections: `posts` for `posts/a/b.md`, empty for `about.md`."""
    return path_segment(path.parts[0]) if len(path.parts) > 1 else ""


def checked(path: str) -> str:
    """The path itself. Raises `PathError` where it is too long, climbs, or holds what a URL's path cannot."""
    if len(path) > MAX_PATH_LENGTH:
        raise PathError(f"the path has {len(path)} characters, {MAX_PATH_LENGTH} are the most; give a shorter slug")
    if re.search(r"[\x00-\x1f\x7f\\]", path):
        raise PathError(f"the path {path!r} holds a control character or a backslash; take it out")
    if "//" in path or {".", ".."} & set(path.split("/")):
        raise PathError(f"the path {path} holds an empty, `.` or `..` part; write it whole")
    return path
