"""What a benchmark measured, kept as JSON in `bench/results/`."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


def keep(name: str, measured: list[dict[str, Any]], **about: str) -> None:
    """Writes it to a new file of this name, with the machine that it was measured on, and what else is to be told."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps(machine | about | {"measured": measured}, indent=1))
