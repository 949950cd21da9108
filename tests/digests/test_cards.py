"""The digests as cards: what is shown, and what is said of what is not."""

from datetime import UTC, datetime

import pytest

from bot.ahead import Upcoming
from bot.attention import Attention, Urgency
from bot.texts import Reader, t
from cogs.digests.cards import weekly_card
from cogs.digests.rules import Weekly
from tests.world import embed_text

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(("attention", "upcoming", "left_out"), [(22, 0, 2), (23, 5, 8), (18, 5, 3), (15, 5, 0)])
def test_what_the_weekly_digest_leaves_out_is_counted(attention: int, upcoming: int, left_out: int) -> None:
    reader = Reader("en", "UTC")
    lines = [Attention(Urgency.MEND, f"Thing {n}", "do:help", t("Help")) for n in range(attention)]
    dates = [Upcoming(f"Date {n}", NOW, "UTC") for n in range(upcoming)]
    text = embed_text(weekly_card(Weekly(lines, dates), reader))
    assert (f"{left_out} more: " in text) is bool(left_out)
    assert text.count("Thing") + text.count("Date ") == attention + upcoming - left_out
