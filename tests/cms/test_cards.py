"""Rows of the admin's lists as cards: each value with the name of its column."""

import re

import pytest
from django.utils.safestring import mark_safe

from accounts.models import User
from audit.models import Event, record
from cms.cards import labelled_cells
from tests.support.people import signed_in
from tests.support.writing import write_post


@pytest.mark.pure
def test_each_cell_is_told_by_its_columns_name() -> None:
    box, title, empty, date = (
        mark_safe(each)
        for each in (
            '<td class="action-checkbox"><input></td>',
            '<th class="field-title"><a href="/">A &gt; B</a></th>',
            '<td class="field-reason">-</td>',
            '<td class="field-at nowrap"><b>2026</b></td>',
        )
    )
    headers: list[dict[str, str]] = [
        {"text": mark_safe("<input>")},
        {"text": "title"},
        {"text": "reason"},
        {"text": "time & <place>"},
    ]

    assert labelled_cells([box, title, empty, date], headers) == (
        box + '<th class="field-title"><span class="card-label">Title: </span><a href="/">A &gt; B</a></th>'
        '<td class="empty field-reason">-</td>'
        '<td class="field-at nowrap"><span class="card-label">Time &amp; &lt;place&gt;: </span><b>2026</b></td>'
    )


@pytest.mark.django_db
def test_lists_name_their_values_in_the_readers_language(editor: User) -> None:
    write_post()
    editor.is_superuser = True
    editor.save()
    record([Event("post.changed", label="A title")], by=editor)
    client = signed_in(editor)
    client.cookies["django_language"] = "vi"

    posts = client.get("/admin/posts/post/").content.decode()
    assert re.search(r'field-date_as_written[^>]*><span class="card-label">Ngày: </span>', posts)
    entries = client.get("/admin/audit/entry/").content.decode()
    assert re.search(r'field-actor_name"><span class="card-label">Người thực hiện: </span>editor', entries)
    assert '<td class="empty field-reason">-</td>' in entries
