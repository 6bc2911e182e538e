"""`make bench`: what Lighthouse says of each kind of page, served as in production, in Debian's Chromium.

It takes the demo article with its pictures beside it, for a machine without a network sees none at Cloudinary. Of several
runs the median counts. Node and Chromium are needed; npm fetches Lighthouse once.

python -m bench.lighthouse [--runs 3]
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from bench.keeping import keep
from tests.browser.screenshots import ARTICLE, ARTICLES, ROOT, served
from tests.support.browser import ARGUMENTS

LIGHTHOUSE = "lighthouse@13.5.0"
ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "article": ARTICLE,
    "home": "/",
    "tag": "/tags/ai/",
    "search": "/search/",
    "results": "/search/?q=medicine",  # which search engines are asked to leave out: it costs them points
    "contact": "/contact/",
}
PRESETS = {"mobile": (), "desktop": ("--preset=desktop",)}
PICTURE = re.compile(r"https://res\.cloudinary\.com/[^\s\"')]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if missing := [name for name in ("node", "npm", "chromium") if not shutil.which(name)]:
        print(f"Lighthouse skipped: this machine has no {' and no '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="monograph-bench-") as scratch:
        measured = measure(Path(scratch), options.runs)
    keep("lighthouse", measured, lighthouse=LIGHTHOUSE)


def measure(scratch: Path, runs: int) -> list[dict[str, Any]]:
    """A row for each page and preset: the median of each category's score, and the audits that cost it points."""
    print(f"{'page':<10}{'preset':<9}" + "".join(f"{name:>16}" for name in CATEGORIES) + "   (median of 100)")
    rows = []
    with served(scratch / "var", with_own_pictures(scratch), {}) as url:
        for page, path in PAGES.items():
            for preset, flags in PRESETS.items():
                reports = [lighthouse(url + path, flags, scratch / "report.json") for _ in range(runs)]
                row = {"page": page, "preset": preset} | figures(reports)
                rows.append(row)
                print(f"{page:<10}{preset:<9}" + "".join(f"{row[name]:>16.0f}" for name in CATEGORIES), flush=True)
                for audit in row["lost by"]:
                    print(f"{'':<19}{audit}")
    return rows


def with_own_pictures(scratch: Path) -> Path:
    """The demo article as a page bundle that holds the pictures it shows; the content folder."""
    bundle = scratch / "content" / ARTICLE.strip("/")
    bundle.mkdir(parents=True)
    text = (ROOT / "fixtures" / "content" / f"{ARTICLE.strip('/')}.md").read_text()
    (bundle / "index.md").write_text(PICTURE.sub("picture.jpg", text))
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(bundle / "picture.jpg")
    for name, article in ARTICLES.items():
        (bundle.parent / f"{name}.md").write_text(PICTURE.sub("", article))
    return scratch / "content"


def lighthouse(url: str, flags: tuple[str, ...], report: Path) -> dict[str, Any]:
    """The report on one page. Ends the program where there is none."""
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    chrome = f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"
    command = ["npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url, *flags, chrome]
    command += ["--output=json", f"--output-path={report}", "--quiet"]
    for _ in range(ATTEMPTS):  # a busy machine loses the browser's first steps now and then: "run Lighthouse again"
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not ran.returncode:
            found: dict[str, Any] = json.loads(report.read_text())
            return found
    sys.exit(ran.stderr)


def figures(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians, from 0 to 100, and what costs points in the first report."""
    scores = {
        name: statistics.median(round(each["categories"][name]["score"] * 100) for each in reports)
        for name in CATEGORIES
    }
    return scores | {"lost by": sorted({audit for name in CATEGORIES for audit in _lost_by(reports[0], name)})}


def _lost_by(report: dict[str, Any], category: str) -> list[str]:
    weighed = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    audits = [report["audits"][name] for name in weighed]
    return [f"{each['id']} {each.get('displayValue', '')}".strip() for each in audits if (each["score"] or 0) < 0.9]


if __name__ == "__main__":
    main()
