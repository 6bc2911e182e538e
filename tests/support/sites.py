"""Sites to import: their files, and where the posts made of them stand."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from posts.models import Post


def write(folder: Path, files: dict[str, str], pictures: Iterable[str] = ()) -> Path:
    """The folder, with these texts and pictures by their place in it."""
    for place in (*files, *pictures):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
    for place, text in files.items():
        (folder / place).write_text(text)
    for place in pictures:
        Image.new("RGB", (4, 3), "red").save(folder / place)
    return folder


def paths() -> dict[str, str]:
    """Each post's path by its file."""
    return dict(Post.objects.values_list("source_path", "path"))


def post(title: str = "T", body: str = "Text.", **values: object) -> str:
    """A document with these values in its front matter."""
    lines = [
        f"title: {title}",
        "date: 2024-03-05T10:00:00+07:00",
        *(f"{key}: {value}" for key, value in values.items()),
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"
