"""The least that an import can do, in one process: read, hash, parse, render, sanitise, insert. No models, no plan.

python -m bench.floor SITE DATABASE
"""

import hashlib
import sqlite3
import sys
from pathlib import Path

import comrak
import nh3
import yaml


def main(site: Path, database: Path) -> None:
    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.strikethrough = extensions.autolink = extensions.footnotes = True
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE TABLE post (path TEXT, title TEXT, date TEXT, tags TEXT, hash TEXT, text TEXT, html TEXT)"
    )
    rows = []
    for file in sorted((site / "content").rglob("*.md")):
        data = file.read_bytes()
        text = data.decode()
        _, front, body = text.split("---\n", 2)
        said = yaml.load(front, yaml.CSafeLoader)  # a safe loader, in C
        html = nh3.clean(comrak.render_markdown(body, extension_options=extensions))
        tags = ",".join(said["tags"])
        rows.append((str(file), said["title"], str(said["date"]), tags, hashlib.sha256(data).hexdigest(), text, html))
    with connection:
        connection.executemany("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
