"""axe-core, which finds what keeps people out of a page, and the sizes and schemes in which pages are looked at."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
# The size of targets is the one rule of WCAG 2.2 AA that axe-core leaves out unless asked.
RUN = "axe.run({rules: {'target-size': {enabled: true}}}).then(result => result.violations)"
LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# Django labels its list's search with a picture, where axe-core wants a text that is seen; to mend it is to copy a template.
STOCK = ["label-title-only: #searchbar"]


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule, and the elements. A script tag would be stopped by the site's own policy."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN)
    elements = [f"{rule['id']}: {' '.join(map(str, node['target']))}" for rule in found for node in rule["nodes"]]
    return [element for element in elements if element not in STOCK]
