"""How many posts the list has: counted once a generation for what it is filtered by, not once a request."""

from functools import cached_property
from hashlib import sha256
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.http import HttpRequest

from posts import counts
from posts.admin.filters import WAITING


class CountedPaginator(Paginator):
    """A paginator that knows by which name its count is remembered; "" for none."""

    name = ""

    @cached_property
    def count(self) -> int:
        def count(*_: Any) -> int:
            return int(Paginator(self.object_list, self.per_page).count)

        return counts.once_a_generation(self.name, count, edition="") if self.name else count()


def name_of_count(request: HttpRequest) -> str:
    """What names the count of this view of the list, as this person sees it.

    A draft that waits raises no generation: those are counted anew, along an index of their own.
    """
    if request.GET.get("status") == WAITING:
        return ""
    said = sorted((name, values) for name, values in request.GET.lists() if name != PAGE_VAR)
    return f"admin.list.{sha256(repr((request.user.pk, said)).encode()).hexdigest()}"
