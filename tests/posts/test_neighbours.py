"""What an article leads to: the previous, the next, and the related ones."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries

from posts.models import Post
from posts.neighbours import RELATED, Neighbour, neighbours
from tests.support.writing import LONG_AGO, write_post

pytestmark = pytest.mark.django_db


def paths(found: Iterable[Neighbour | None]) -> list[str | None]:
    return [each.path if each else None for each in found]


def around(post: Post) -> list[str | None]:
    found = neighbours(post)
    return paths([found.older, found.newer])


def test_previous_and_next_are_the_nearest_by_date_in_the_section() -> None:
    written = [write_post(f"posts/{n}.md", date=LONG_AGO + timedelta(days=n)) for n in range(3)]
    write_post("notes/between.md", date=LONG_AGO + timedelta(hours=30))
    write_post("posts/between.vi.md", date=LONG_AGO + timedelta(hours=30))
    write_post("posts/draft.md", date=LONG_AGO + timedelta(hours=30), draft=True)

    assert [around(post) for post in written] == [
        [None, "/posts/1/"],
        ["/posts/0/", "/posts/2/"],
        ["/posts/1/", None],
    ]


@pytest.mark.parametrize("date", [LONG_AGO, None])
def test_posts_of_one_moment_follow_each_other_in_the_order_in_which_they_were_made(date: object) -> None:
    written = [write_post(f"posts/{n}.md", date=date) for n in range(3)]

    assert [around(post) for post in written] == [
        [None, "/posts/1/"],
        ["/posts/0/", "/posts/2/"],
        ["/posts/1/", None],
    ]


def test_a_page_in_no_section_has_none_before_and_after_it() -> None:
    page, _ = write_post("about.md"), write_post("imprint.md")

    assert around(page) == [None, None]


def test_a_rare_tag_relates_more_than_a_common_one_and_newer_posts_come_first() -> None:
    post = write_post("posts/it.md", tags=["AI", "Adherence"])
    write_post("posts/common-old.md", tags=["AI"], date=LONG_AGO - timedelta(days=9))
    write_post("posts/common-new.md", tags=["AI"], date=LONG_AGO + timedelta(days=9))
    write_post("posts/rare.md", tags=["Adherence"], date=LONG_AGO - timedelta(days=99))
    write_post("posts/none.md", tags=["Oncology"])

    assert paths(neighbours(post).related) == ["/posts/rare/", "/posts/common-new/", "/posts/common-old/"]


def test_what_readers_may_not_see_relates_to_nothing() -> None:
    post = write_post("posts/it.md", tags=["AI"])
    write_post("posts/draft.md", tags=["AI"], draft=True)
    write_post("posts/later.md", tags=["AI"], date=clock.now() + timedelta(days=1))
    write_post("posts/gone.md", tags=["AI"], expiryDate=clock.now() - timedelta(days=1))
    write_post("posts/other.vi.md", tags=["AI"])
    write_post("posts/_index.md", tags=["AI"])

    assert neighbours(post).related == []


@pytest.mark.parametrize("seed", range(5))
def test_related_is_what_weighing_every_post_gives(seed: int) -> None:
    random = Random(seed)
    tags: dict[Post, set[str]] = {}
    for n in range(14):
        chosen, days = random.sample("abcde", random.randint(0, 4)), random.randint(0, 5)
        tags[write_post(f"posts/{n}.md", tags=chosen, date=LONG_AGO + timedelta(days=days))] = set(chosen)
    for post, own in tags.items():
        others = [each for each in tags if each != post and own & tags[each]]
        common = {tag: sum(tag in tags[each] for each in others) for tag in own}
        scores = {each: sum(1 / common[tag] for tag in own & tags[each]) for each in others}
        best = sorted(others, key=lambda each: (round(scores[each], 9), each.listed_at, each.pk), reverse=True)
        assert paths(neighbours(post).related) == [each.path for each in best[:RELATED]]


def test_all_of_it_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(5):
        write_post(f"posts/{n}.md", tags=["AI", "Adherence", "Oncology"])
    post = Post.objects.with_tags().get(path="/posts/2/")

    with django_assert_num_queries(1):
        found = neighbours(post)
    assert len(found.related) == RELATED
