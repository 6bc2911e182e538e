"""Imports a site into a scratch place and compares it, page by page, with what Hugo makes of it.

python -m parity SITE [--clock 2018-01-01T00:00:00Z] [--permalink posts=/:year/:slug/] [--limit 5] [--json]

Exit status: 0 if nothing differs but what the sanitiser takes out, 1 if something does, 2 if it cannot be compared.
"""

import argparse
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.management import call_command


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        _set_up(scratch)
        # Only now: these read Django's settings.
        from parity.checking import check
        from parity.hugo import HugoError
        from posts.importing import ConfigError, NothingThere

        try:
            comparison = check(options.site.resolve(), dict(options.permalink), options.clock)
        except (ConfigError, HugoError, NothingThere) as error:
            print(error, file=sys.stderr)
            return 2
    if options.json:
        print(json.dumps(comparison.as_json(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(comparison.lines(options.limit)))
    return 0 if comparison.equal else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m parity", description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=_folder, metavar="SITE", help="a Hugo or Jekyll site, or a content folder")
    parser.add_argument(
        "--clock", type=_moment, metavar="RFC3339", help="the moment at which a post is published or not"
    )
    parser.add_argument("--permalink", type=_permalink, action="append", default=[], metavar="SECTION=PATTERN")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="differences shown of each field; -1: all")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    return parser.parse_args()


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not a folder")
    return path


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a moment such as 2018-01-01T00:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _permalink(text: str) -> tuple[str, str]:
    section, given, pattern = text.partition("=")
    if not given:
        raise argparse.ArgumentTypeError(f"{text} is not SECTION=PATTERN, such as posts=/:year/:slug/")
    return section, pattern


def _set_up(scratch: str) -> None:
    """Django on an empty database of its own."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "VAR_DIR": scratch,
        "DATABASE_URL": "",
        "CLOUDINARY_URL": "",
    }
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
