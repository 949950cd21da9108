"""What the tables of this folder share: a Wednesday morning, Brussels, and the sentence that asks back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest

from bot.errors import UserError
from bot.texts import Reader

NOW: Final = datetime(2026, 11, 18, 10, 0, 30, tzinfo=UTC)
BRUSSELS: Final = "Europe/Brussels"


def sentence(read: Callable[[], object]) -> str:
    """Return, in English, what ``read`` asks back."""
    with pytest.raises(UserError) as caught:
        read()
    return Reader("en", BRUSSELS).label(caught.value.text)
