"""One thing done to many posts: what it would do to each, then doing it, in one transaction that can be taken back.

`plan` says what would become of readers' view of each post, without rendering anything; `apply` writes by the function
that the form's buttons call.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone as clock
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from posts import frontmatter, publication
from posts.admin import publishing
from posts.admin.form_document import with_value
from posts.admin.publishing import Intent
from posts.document import Document
from posts.frontmatter import Reading, key_of
from posts.models import Post, PostQuerySet, Redirect, SiteState, Tag, Undo
from posts.projection import Projection
from posts.site import UNPROJECTABLE, project
from posts.slugs import term_slug
from posts.source import Source
from posts.translating import translated

MOST = 500  # posts at a time: a browser sends the key of each, and Django reads no more than 1,000 fields

Edit = Callable[[Document, Reading, Post], Document]


class Effect(models.TextChoices):
    """What readers see of a post once it is done."""

    APPEARS = "appears", _("Readers will see them at once")
    CHANGES = "changes", _("Readers see them, and will see the change at once")
    GOES = "goes", _("Readers see them, and will not any more")
    COMES = "comes", _("Readers will see them from their date on")
    STAYS_AWAY = "stays-away", _("Readers would have seen them from their date on, and will not")
    NOTHING = "nothing", _("Readers see nothing of them, before and after")

    @property
    def is_seen(self) -> bool:
        """Whether readers see a difference at once."""
        return self in {Effect.APPEARS, Effect.CHANGES, Effect.GOES}


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done. With an `intent`, to what editors saved last, as the form's button does it; without one the edit is
    made in what readers see and in the draft that waits alike, and neither becomes the other."""

    edit: Edit
    intent: Intent | None = None
    only: frozenset[Post.Status] = frozenset(Post.Status)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done to one post: documents to be written, one after the other."""

    post: Post
    effect: Effect
    writes: tuple[tuple[Intent, Document], ...]


Projected = tuple[Step, list[tuple[Intent, Projection]]]


@dataclass(frozen=True, slots=True)
class Left:
    """A post that nothing is done to, and why."""

    post: Post
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to which posts, and which are left."""

    steps: Sequence[Step]
    left: Sequence[Left]

    @property
    def effects(self) -> list[tuple[Effect, int]]:
        """How many posts it has each effect on."""
        counted = Counter(step.effect for step in self.steps)
        return [(effect, counted[effect]) for effect in Effect if effect in counted]


def button(intent: Intent) -> Deed:
    """What the form's button of this intent does."""
    if intent is Intent.PUBLISH:
        return Deed(lambda document, reading, post: document, intent)
    only = {Post.Status.LIVE} if intent is Intent.EXPIRE else set(Post.Status) - {Post.Status.DRAFT}
    return Deed(lambda document, reading, post: document, intent, frozenset(only))


def schedule(day: date) -> Deed:
    """Published, to go live on this day."""
    return replace(move(day), intent=Intent.PUBLISH)


def move(day: date) -> Deed:
    """To go live on this day, at the time of day that is written; a draft stays one."""

    def edit(document: Document, reading: Reading, post: Post) -> Document:
        moment = (post.publish_date or post.date or clock.now().replace(microsecond=0)).astimezone(post.time_zone)
        return publication.on_day(document, day, reading, otherwise=moment)

    return Deed(edit)


def add_tag(name: str) -> Deed:
    """With this tag, the last of its tags."""

    def edit(document: Document, reading: Reading, post: Post) -> Document:
        slug = term_slug(name)
        if slug in {term_slug(tag) for tag in frontmatter.read(document, reading).tags}:
            return document
        key = frontmatter.tag_keys(document.values, reading)[0]
        return with_value(document, key, [*_terms(document, reading, key), name])

    return Deed(edit)


def remove_tag(tag: Tag) -> Deed:
    """Without this tag, by whichever of the names that it had."""
    former = Redirect.objects.filter(tag=tag).values_list("old_path", flat=True)
    slugs = {tag.slug, *(path.removeprefix(Tag.FOLDER).removesuffix("/") for path in former)}

    def edit(document: Document, reading: Reading, post: Post) -> Document:
        for key in frontmatter.tag_keys(document.values, reading):
            terms = _terms(document, reading, key)
            kept = [term for term in terms if (term_slug(term)) not in slugs]
            document = document if kept == terms else with_value(document, key, kept)
        return document

    return Deed(edit)


def sign(author: str) -> Deed:
    """By this author alone."""
    return Deed(
        lambda document, reading, post: with_value(document, key_of(document, "authors", reading) or "author", [author])
    )


def plan(deed: Deed, posts: Iterable[Post], *, by: User, may_change: Callable[[Post], bool]) -> Plan:
    """What `deed` would do to these posts, which come `with_documents`."""
    made = [_planned(deed, post, by=by, may_change=may_change) for post in posts]
    return Plan([each for each in made if isinstance(each, Step)], [each for each in made if isinstance(each, Left)])


def with_documents(posts: PostQuerySet) -> PostQuerySet:
    """The posts with all that a plan asks of them, in one query."""
    documents = posts.select_related("live_revision", "latest_revision").prefetch_related(None).defer(None)
    return documents.defer("html", "contents")


def apply(made: Callable[[], Plan], *, by: User, told: Callable[[int], str]) -> tuple[Plan, Undo | None]:
    """Does what the plan says that `made` makes once nobody else can write, and remembers how to take it back.

    Gives the plan back as far as it was done.
    """
    with transaction.atomic():
        SiteState.lock()
        wanted = made()
        projected = _checked(list(_all_projected(wanted.steps)))
        done = [each for each in projected if not isinstance(each, Left)]
        for turn in (0, 1):
            _write(turn, done, by=by)
        left = [*wanted.left, *(each for each in projected if isinstance(each, Left))]
        result = Plan([step for step, _ in done], left)
        return result, _kept(result.steps, by=by, told=told) if done else None


def warnings(plan: Plan) -> list[tuple[Post, list[str]]]:
    """Over which warnings of the checks posts would be published."""
    due = _due(_all_projected(plan.steps))
    said = publishing.warned(due)
    return [(post, said[post.pk]) for post, _ in due if post.pk in said]


def _planned(deed: Deed, post: Post, *, by: User, may_change: Callable[[Post], bool]) -> Step | Left:
    if not may_change(post):
        return Left(post, gettext("you may not change it"))
    if post.status() not in deed.only or post.latest_revision is None:
        return Left(post, gettext("nothing would change"))
    try:
        writes = _writes(deed, post, by=by)
        after = _status_after(*writes[0], post) if writes else None
    except UNPROJECTABLE as error:
        return Left(post, translated(error.sentence))
    if not writes:
        return Left(post, gettext("nothing would change"))
    if deed.intent is Intent.PUBLISH and after is Post.Status.EXPIRED:
        return Left(post, gettext("it expires before it would go live"))
    return Step(post, _effect(post.status(), after or post.status()), tuple(writes))


def _writes(deed: Deed, post: Post, *, by: User) -> list[tuple[Intent, Document]]:
    """The documents to be written, each with the button that does it; none where they say so already."""
    latest = Document.of(_text(post.latest_revision))
    reading = Source.restored(post.source).reading
    if deed.intent:
        document = deed.intent.applied(deed.edit(latest, reading, post), reading, post=post)
        return [] if document.text == _text(post.live_revision) else [(deed.intent, document)]
    wanted = [(Intent.SAVE, latest)]
    if not publishing.is_draft(post) and by.has_perm("posts.publish_post"):
        waiting = wanted if post.has_waiting_changes else []
        wanted = [(Intent.PUBLISH, Document.of(_text(post.live_revision))), *waiting]
    edited = [(intent, document, deed.edit(document, reading, post)) for intent, document in wanted]
    if all(document.text == changed.text for _, document, changed in edited):
        return []
    return [(intent, changed) for intent, _, changed in edited]


def _text(revision: Any) -> str:
    return revision.text if revision else ""


def _status_after(intent: Intent, document: Document, post: Post) -> Post.Status:
    """What readers will see of it."""
    if intent is Intent.SAVE and not publishing.is_draft(post):
        return post.status()
    front = frontmatter.read(document, Source.restored(post.source).reading)
    window = publication.window(
        draft=front.draft,
        date=front.moment or post.date,
        publish_date=front.publish_date,
        expiry_date=front.expiry_date,
    )
    return Post(draft=front.draft, public_from=window.public_from, public_until=window.public_until).status()


def _effect(before: Post.Status, after: Post.Status) -> Effect:
    match before, after:
        case Post.Status.LIVE, Post.Status.LIVE:
            return Effect.CHANGES
        case Post.Status.LIVE, _:
            return Effect.GOES
        case _, Post.Status.LIVE:
            return Effect.APPEARS
        case _, Post.Status.SCHEDULED:
            return Effect.COMES
        case Post.Status.SCHEDULED, _:
            return Effect.STAYS_AWAY
    return Effect.NOTHING


def _all_projected(steps: Sequence[Step]) -> Iterator[Projected | Left]:
    """Of two posts that would have one address, the first gets it."""
    taken = set[str]()
    for step in steps:
        made = _projected(step)
        if not isinstance(made, Left) and (path := made[1][0][1].path) in taken:
            made = Left(step.post, gettext("another of these would have the address %(path)s") % {"path": path})
        if not isinstance(made, Left):
            taken.add(made[1][0][1].path)
        yield made


def _checked(made: list[Projected | Left]) -> list[Projected | Left]:
    """Those that a check stops from being published are left."""
    stopped = publishing.stopped(_due(made))
    return [
        each
        if isinstance(each, Left) or each[0].post.pk not in stopped
        else Left(each[0].post, stopped[each[0].post.pk])
        for each in made
    ]


def _due(made: Iterable[Projected | Left]) -> list[tuple[Post, Projection]]:
    """What is to be published."""
    done = (each for each in made if not isinstance(each, Left))
    return [
        (step.post, projection) for step, writes in done for intent, projection in writes if intent is Intent.PUBLISH
    ]


def _projected(step: Step) -> Projected | Left:
    source = Source.restored(step.post.source)
    try:
        made = [(intent, project(document, source)) for intent, document in step.writes]
    except UNPROJECTABLE as error:
        return Left(step.post, translated(error.sentence))
    problem = ""
    if any(projection.path != step.post.path for intent, projection in made if intent is not Intent.SAVE):
        problem = publishing.path_problem(made[0][1], step.post)
    return Left(step.post, problem) if problem else (step, made)


def _write(turn: int, done: Sequence[Projected], *, by: User) -> None:
    """Writes what each post has to be written in this turn, all of one intent at once."""
    due = [(step.post, *writes[turn]) for step, writes in done if len(writes) > turn]
    if turn:
        fresh = Post.objects.in_bulk([post.pk for post, *_ in due])
        due = [(fresh[post.pk], intent, projection) for post, intent, projection in due]
    for intent in Intent:
        posts = [(post, projection) for post, wanted, projection in due if wanted is intent]
        if posts:
            publishing.carry_out_all(intent, posts, by=by)


def _kept(steps: Sequence[Step], *, by: User, told: Callable[[int], str]) -> Undo:
    # The rows were written as they stood, so the two keys are still those from before.
    before = {step.post.pk: (step.post.live_revision_id, step.post.latest_revision_id) for step in steps}
    after = dict(Post.objects.filter(pk__in=before).values_list("pk", "latest_revision"))
    rows = [[pk, *before[pk], after[pk]] for pk in before]
    Undo.objects.outdated().delete()
    return Undo.objects.create(by=by, told=told(len(rows))[:300], posts=rows)


def _terms(document: Document, reading: Reading, key: str) -> list[str]:
    """The terms that the document itself has under this key."""
    return list(frontmatter.read(document, replace(reading, tag_keys=(key,), defaults={})).tags)
