"""Remakes the pictures in docs/images: `make pictures`.

Starts the product's own server on a scratch folder with the fixtures and a few articles beside them, so that lists show
what they are for. Pictures at Cloudinary are stood in for by drawn ones.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Literal

from PIL import Image, ImageDraw, ImageFilter, ImageOps
from playwright.sync_api import Browser, Page, Route

from tests.support.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
PASSWORD = "for these pictures only"
PATHS = {
    "home": "/",
    "article": ARTICLE,
    "contact": f"/contact/?from={ARTICLE}",
    "search": "/search/?q=medicine",
    "admin-desk": "/admin/",
    "admin-calendar": "/admin/posts/post/calendar/?month=2024-06",
    "admin-list": "/admin/posts/post/",
    "admin-form": "/admin/posts/post/1/change/",
    "admin-before-publishing": "/admin/posts/post/2/change/?checked=1#before-publishing",
    "admin-site": "/admin/posts/sitesettings/1/change/",
    "admin-images": "/admin/posts/image/",
    "admin-preview": "/admin/posts/post/1/change/",
    "admin-autosave": "/admin/posts/post/1/change/",
    "admin-compare": "/admin/posts/post/1/revisions/",
}
SIZES = {"desktop": (1280, 900), "phone": (390, 844), "wide": (1440, 900)}
PICTURES: dict[tuple[str, Literal["light", "dark"]], list[str]] = {
    ("wide", "light"): ["admin-form"],
    ("phone", "light"): ["article", "admin-form"],  # before the pictures of what was typed
    ("desktop", "light"): [
        "home",
        "article",
        "contact",
        "search",
        "admin-desk",
        "admin-calendar",
        "admin-list",
        "admin-before-publishing",
        "admin-site",
        "admin-images",
        "admin-preview",
        "admin-autosave",
    ],
    ("phone", "dark"): ["article"],
    ("desktop", "dark"): ["home", "admin-compare"],
}
COVER = "https://res.cloudinary.com/demo/image/upload/v1"
ARTICLES = {
    "real-world-evidence": f"""---
title: "What real-world evidence can add to a launch"
date: 2024-06-06T09:00:00+07:00
tags: [Real-world evidence, Market access]
cover: {{image: "{COVER}/evidence.jpg", alt: "Soft discs on a teal ground"}}
---

Registries and routine records answer questions that a trial cannot ask: who takes a medicine, for how long, and beside
what else. They answer them only as well as they were kept.
""",
    "medical-reviewer": f"""---
title: "How a medical reviewer reads your headline"
date: 2024-05-28T09:00:00+07:00
tags: [Medical writing]
cover: {{image: "{COVER}/reviewer.jpg", alt: "Soft discs on a green ground"}}
---

First the claim, then the reference behind it, then the words between the two. A headline that promises more than its
source is stopped at the first of these.
""",
    "thu-nghiem-lam-sang": """---
title: "Đọc một thử nghiệm lâm sàng trong mười phút"
date: 2024-05-16T09:00:00+07:00
tags: [Thử nghiệm lâm sàng]
---

Bắt đầu từ câu hỏi của nghiên cứu, rồi đến nhóm bệnh nhân, tiêu chí chính và cuối cùng mới là kết quả.
""",
    "next-congress": """---
title: "Five posters to see at the next congress"
date: 2030-09-01T08:00:00+02:00
tags: [Congresses]
---

The programme is out. These five change what a team can say.
""",
    "adherence": """---
title: "Adherence begins with the leaflet"
date: 2024-06-20
draft: true
tags: [Patients]
---

A leaflet is read once, in a hurry.
""",
}


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, served(Path(var)) as url, chromium() as browser:
        for (size, theme), names in PICTURES.items():
            photograph(browser, url, size, theme, names)


@contextmanager
def served(var: Path, content: Path = ROOT / "fixtures", beside: Mapping[str, str] = ARTICLES) -> Iterator[str]:
    """The site with this content and articles beside it, served as in production; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {"VAR_DIR": str(var), "SITE_URL": url, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    articles = var / "content" / "posts"
    articles.mkdir(parents=True)
    for name, text in beside.items():
        (articles / f"{name}.md").write_text(text)
    for command in (
        ["migrate", "--verbosity", "0"],
        ["import_markdown", str(content), "--verbosity", "0"],
        ["import_markdown", str(articles.parent), "--verbosity", "0"],
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


def photograph(browser: Browser, url: str, size: str, theme: Literal["light", "dark"], names: list[str]) -> None:
    """One picture a name; of forms the whole page, of the others what the window shows."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    context.route("https://res.cloudinary.com/**", drawn)
    page = context.new_page()
    sign_in(page, url)
    for name in names:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(url + PATHS[name])
        if step := STEPS.get(name):
            step(page)
        if name in {"admin-form", "admin-site"}:  # buttons keep to the lower edge of the window
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        page.wait_for_load_state("networkidle")
        save(page.screenshot(), IMAGES / f"{name}-{size}-{theme}.png")
    context.close()


def preview(page: Page) -> None:
    """The text beside its page, both from the place of the first heading on."""
    page.get_by_role("button", name="Preview").click()
    page.locator(".writing").evaluate("element => element.scrollIntoView()")
    frame = page.frame_locator(".writing-preview iframe")
    frame.get_by_role("heading", level=1).wait_for()


def leave_and_come_back(page: Page) -> None:
    """What was typed and never saved is offered above the form."""
    change(page)
    page.get_by_text("Autosaved").wait_for()
    page.reload()
    page.get_by_role("region", name="You have text that was not saved").wait_for()


def save_and_compare(page: Page) -> None:
    """The document as it came in beside the draft of an editor."""
    revisions = page.url
    page.goto(revisions.replace("revisions/", "change/"))
    change(page)
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.get_by_text("Readers see none of it").wait_for()
    page.goto(revisions)
    page.get_by_role("button", name="Compare the two that are chosen").click()
    page.get_by_role("heading", name="Old", exact=True).wait_for()


def change(page: Page) -> None:
    """Puts some words of the text right, as an editor would."""
    page.evaluate(
        """() => {
            const editor = document.querySelector(".CodeMirror").CodeMirror;
            const mended = editor.getValue().replace("data an area", "data: an area").replace("# Lever", "Lever");
            editor.replaceRange(mended, { line: 0, ch: 0 }, { line: editor.lastLine() + 1, ch: 0 }, "+input");
        }"""
    )


STEPS: dict[str, Callable[[Page], None]] = {
    "admin-preview": preview,
    "admin-autosave": leave_and_come_back,
    "admin-compare": save_and_compare,
}


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("mai")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def drawn(route: Route) -> None:
    """A calm picture in place of one that is on Cloudinary's network: pale discs before a gradient, by the address."""
    random = Random(route.request.url.rpartition("/")[2])
    deep = (random.randint(8, 30), random.randint(60, 84), random.randint(84, 108))
    picture = ImageOps.colorize(Image.linear_gradient("L").resize((1200, 675)), deep, (214, 226, 222))
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(9):
        x, y, radius = random.randint(0, 1200), random.randint(0, 675), random.randint(50, 230)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255, 26))
    data = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2)).save(data, "JPEG", quality=85)
    route.fulfill(body=data.getvalue(), content_type="image/jpeg")


def save(data: bytes, path: Path) -> None:
    """As small as a palette makes it."""
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
