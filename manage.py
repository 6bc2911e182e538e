#!/usr/bin/env python
"""Monograph's command line."""

import os
import signal
import sys

from django.core.management import execute_from_command_line
from django.db.utils import OperationalError, ProgrammingError

from posts.management.database_problem import database_problem

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(database_problem(error))
    except BrokenPipeError:
        # Who reads has enough (`… | head`). What is left goes nowhere, or Python would tell of it once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
