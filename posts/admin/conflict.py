"""Two people who saved one post: what each of them wrote, side by side, for the second to choose."""

from dataclasses import dataclass

from posts.admin.comparing import Comparison
from posts.admin.post_form import PostForm
from posts.admin.publishing import Intent
from posts.models import Revision


@dataclass(frozen=True, slots=True)
class Conflict:
    """The revision that was saved meanwhile, how what is in the form differs from it, and what the form was sent for."""

    theirs: Revision
    comparison: Comparison
    intent: Intent


def conflict_of(form: PostForm) -> Conflict | None:
    """What stopped this form, if it was that."""
    theirs = form.conflict
    if theirs is None:
        return None
    return Conflict(theirs, Comparison.of(theirs.text, form.projection.text), form.intent)
