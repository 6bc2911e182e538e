"""The pictures of the documentation: each is made, kept and shown."""

import re
from pathlib import Path

import pytest

from tests.browser.screenshots import IMAGES, PICTURES, ROOT

pytestmark = pytest.mark.pure


def test_every_picture_is_shown_by_a_document_and_made_by_the_script() -> None:
    documents = [ROOT / "README.md", *Path(ROOT, "docs").glob("*.md")]
    shown = {name for each in documents for name in re.findall(r"images/([\w-]+\.png)", each.read_text())}
    made = {f"{name}-{size}-{theme}.png" for (size, theme), names in PICTURES.items() for name in names}

    assert {each.name for each in IMAGES.iterdir()} == made == shown
