"""Who signs in."""

import pytest

from accounts.models import User
from tests.support.people import person


@pytest.fixture
def mai(db: None) -> User:
    """An editor with a password."""
    return person("mai", "Editors")
