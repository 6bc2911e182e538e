"""What holds for all of the admin's lists."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_only_what_asks_each_row_and_tells_the_trail_is_deleted_in_bulk(rf: RequestFactory) -> None:
    """Posts, tags, redirects and authors have rules and traces of their own."""
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("root")
    admin.autodiscover()  # as `cms.urls` does
    deletable = {
        model._meta.label
        for model, each in admin.site._registry.items()
        if "delete_selected" in each.get_actions(request)
    }

    assert deletable == {"accounts.User", "enquiries.Enquiry"}
