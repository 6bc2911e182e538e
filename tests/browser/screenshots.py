"""Remakes the pictures in docs/images from the fixtures: `python -m tests.browser.screenshots`.

Starts the product's own server on a scratch folder. Pictures at Cloudinary are stood in for by drawn ones.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser, Page, Route

from tests.support.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
PASSWORD = "for these pictures only"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PAGES = {
    "home": "/",
    "article": ARTICLE,
    "admin-list": "/admin/posts/post/",
    "admin-form": "/admin/posts/post/1/change/",
}


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, served(Path(var)) as url, chromium() as browser:
        for theme in ("light", "dark"):
            for size in SIZES:
                photograph(browser, url, theme, size)


@contextmanager
def served(var: Path) -> Iterator[str]:
    """The site with its fixtures, served; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {"VAR_DIR": str(var), "SITE_URL": url, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    for command in (
        ["migrate", "--verbosity", "0"],
        ["import_markdown", str(ROOT / "fixtures"), "--verbosity", "0"],
        ["createsuperuser", "--no-input", "--username", "mai", "--email", "mai@example.com"],
        ["collectstatic", "--no-input", "--verbosity", "0"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    granian = [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "cms.wsgi:application",
    ]
    server = subprocess.Popen(
        [*granian, "--blocking-threads", "4"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/healthz").close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def photograph(browser: Browser, url: str, theme: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    context.route("https://res.cloudinary.com/**", drawn)
    page = context.new_page()
    sign_in(page, url)
    for name, path in PAGES.items():
        page.goto(url + path)
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.wait_for_load_state("networkidle")
        data = page.screenshot(full_page=name == "admin-form")
        save(data, IMAGES / f"{name}-{size}-{theme}.png")
    context.close()


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("mai")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def drawn(route: Route) -> None:
    """A calm picture in place of one that is on Cloudinary's network: soft cells on a ground, by the address's hash."""
    seed = sum(map(ord, route.request.url.rpartition("/")[2]))
    picture = Image.new("RGB", (1200, 675), (22, 60 + seed % 40, 78))
    draw = ImageDraw.Draw(picture)
    for n in range(60):
        x, y, r = (n * 197 + seed * 31) % 1200, (n * 131 + seed * 17) % 675, 12 + (n * 37 + seed) % 70
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(40 + n * 2, 120 + (n * 5) % 90, 130 + (n * 3) % 80))
    data = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(9)).save(data, "JPEG", quality=85)
    route.fulfill(body=data.getvalue(), content_type="image/jpeg")


def save(data: bytes, path: Path) -> None:
    """As small as a palette makes it."""
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
