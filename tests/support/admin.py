"""The admin as people use it: who they are, and its forms as a browser sends them."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from posts.models import Post

ADD = "/admin/posts/post/add/"


def member(name: str, group: str) -> User:
    """A person who works in the admin with what their group may do."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    """A browser of this person, past every step."""
    client = Client()
    client.force_login(user)
    return client


def filled(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """What a browser would send of the form at this URL, with these fields changed."""
    form = client.get(url).context["adminform"].form
    data = {}
    for field in form:
        value = field.value()
        if value not in (None, False) and field.name != "cover_upload":
            data[field.html_name] = (
                field.field.widget.format_value(field.field.prepare_value(value)) if value is not True else "on"
            )
            if isinstance(data[field.html_name], list):
                data[field.html_name] = data[field.html_name][0]
    data["body"] = str(data.get("body") or "").replace("\n", "\r\n")
    merged = {name: value or "" for name, value in (data | changed).items()}
    return {name: value for name, value in merged.items() if changed.get(name, True) is not False}


def save(client: Client, url: str, *, press: str = "publish", **changed: Any) -> Any:
    """The response to the form, sent by the button of this intent, the warnings that it asks about accepted."""
    response = send(client, url, press=press, **changed)
    asking = response.headers.get("Location", "")
    return publish_anyway(client, asking) if press == "publish" and "checked=" in asking else response


def send(client: Client, url: str, *, press: str = "publish", **changed: Any) -> Any:
    """The response to the form, sent by the button of this intent. A new post has a text unless another is given."""
    texts = {"body": "Text."} | changed if url == ADD else changed
    return client.post(url, filled(client, url, **texts) | {"intent": press})


def publish_anyway(client: Client, asking: str) -> Any:
    """The response to the form at the address where it asks about warnings, which are accepted."""
    accepted = client.get(asking).context["checklist"].accepting
    return client.post(asking, filled(client, asking) | {"anyway": accepted})


def change_url(post: Post) -> str:
    return reverse("admin:posts_post_change", args=[post.pk])
