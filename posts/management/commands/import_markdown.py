"""`manage.py import_markdown`: see docs/import.md."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError

from posts.importing import OnConflict, Options, import_paths
from posts.importing.walk import NothingThere


class Command(BaseCommand):
    help = "Imports Markdown files with front matter: Hugo sites, content folders, single files."
    requires_system_checks = ()  # they load every URL, view and form, which an import asks nothing of

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a site, a content folder or a file")
        parser.add_argument("--dry-run", action="store_true", help="everything but the writing")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="of the report")
        parser.add_argument("--section", default="", metavar="NAME", help="where files that stand in no section belong")
        parser.add_argument(
            "--language",
            choices=[code for code, _ in settings.LANGUAGES],
            default="",
            metavar="CODE",
            help="of what is imported",
        )
        parser.add_argument(
            "--on-conflict",
            choices=[choice.value for choice in OnConflict],
            default=OnConflict.FAIL.value,
            help="when the file and its post both changed since the last import",
        )
        parser.add_argument("--keep-going", action="store_true", help="import what is sound, report the rest")
        parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes; default: as many as help")

    def handle(self, *, paths: list[Path], format: str, **given: Any) -> None:
        options = Options(
            section=given["section"],
            language=given["language"],
            dry_run=given["dry_run"],
            keep_going=given["keep_going"],
            on_conflict=OnConflict(given["on_conflict"]),
            workers=given["workers"],
        )
        try:
            report = import_paths(paths, options)
        except NothingThere as error:
            raise CommandError(str(error), returncode=2) from None
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"the database cannot be used ({error}); run `manage.py migrate` first", returncode=2
            ) from error
        text = (
            json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            if format == "json"
            else "\n".join(report.lines())
        )
        self.stdout.write(text)
        if report.failed:
            raise SystemExit(1)
