"""What a closed poll shows: places, figures, the table of duels, and lists that say what they leave out."""

from collections.abc import Mapping
from datetime import timedelta

import discord
import pytest

from bot.charts.bars import Bars
from bot.charts.duels import DuelTable
from bot.charts.figures import draw
from bot.texts import Reader
from cogs.polls.methods import METHODS
from cogs.polls.results.sentences import chart_of
from storage.polls.models import Poll, PollOption, PollPlan
from tests.polls.booth import Booth
from tests.world import embed_text, said

READER = Reader("en", "UTC")


async def closed(
    booth: Booth, ballots: Mapping[str, tuple[int, ...]], **options: object
) -> tuple[Poll, discord.Message]:
    poll = await booth.open(**options)
    for code, numbers in ballots.items():
        await booth.vote(booth.server.members[code], poll, *numbers)
    await booth.pass_time(timedelta(hours=73))
    return await booth.poll(poll), booth.public()[-1]


async def test_options_that_share_a_place_have_its_number(booth: Booth) -> None:
    # Discord numbers the lines "1." and "1." of a list as 1 and 2: the point is escaped.
    _, message = await closed(booth, {"DK": (1,), "GH": (2,), "CR": (1,), "AU": (2,)})
    lines = embed_text(message.embeds[0]).splitlines()
    assert [line[:3] for line in lines if "Peace" in line or "Law" in line][-2:] == ["1\\.", "1\\."]
    assert next(line for line in lines if "Early warning" in line).startswith("3\\.")


async def test_seats_show_their_figures_and_the_options_that_were_not_chosen(booth: Booth) -> None:
    server = booth.server
    await booth.topics("Alpha", "Beta", "Gamma")
    secretariat, channel = server.secretariat, server.channels["secretariat"]
    shown = await secretariat.slash(channel, "topic poll", closes="in 72 hours", seats=2)
    await secretariat.click(shown.response, label="Confirm")
    poll = await booth.latest()
    for code, numbers in {"DK": (1, 2), "GH": (1, 2), "CR": (1,), "AU": (3,)}.items():
        await booth.vote(server.members[code], poll, *numbers)
    await booth.pass_time(timedelta(hours=73))
    poll = await booth.poll(poll)
    text = embed_text(booth.public()[-1].embeds[0])
    assert "Alpha** · 3 ballots" in text
    assert "Beta · 2 ballots" in text or "Beta** · 2 ballots" in text
    chart = chart_of(poll, READER)
    assert isinstance(chart, Bars)
    order = [label for label, _ in chart.rows]
    assert order == sorted(order, key=lambda label: text.index(f"{label}**" if f"{label}**" in text else label))


async def test_a_ranked_poll_explains_itself_by_its_duels() -> None:
    poll = ranked_poll([(1, 2, 3)] * 6 + [(2, 3, 1)] * 5)
    chart = chart_of(poll, READER)
    assert isinstance(chart, DuelTable)
    assert chart.labels == ["A", "B", "C"]
    assert chart.outcomes == [[0, 1, 1], [-1, 0, 1], [-1, -1, 0]]
    assert chart.figures == [[0, 6, 6], [5, 0, 11], [5, 0, 0]]
    assert "A: wins against: B 6–5" in chart.alt_text
    assert (await draw(chart)).startswith(b"\x89PNG")


MONEY = ("From $5% to $10%", "$$", "US$5 and US$10 each")


@pytest.mark.parametrize("drawn", [True, False])
async def test_a_poll_whose_options_look_like_formulas_ends_with_its_result(
    booth: Booth, monkeypatch: pytest.MonkeyPatch, drawn: bool
) -> None:
    def no_ink(*_: object, **__: object) -> None:
        raise ValueError("no ink")

    if not drawn:
        monkeypatch.setattr("matplotlib.figure.Figure.savefig", no_ink)
    options = "; ".join(MONEY)
    poll, message = await closed(booth, {"DK": (1,), "GH": (1,), "CR": (2,)}, question="US$5 or $10?", options=options)
    assert MONEY[0] in message.content.replace("\\", "")
    assert [f.filename.rsplit(".")[-1] for f in message.attachments] == (["json", "png"] if drawn else ["json"])
    states = {row.kind: row.state for row in await booth.world.bot.services.outbox.of(poll.guild_id, "poll", poll.id)}
    assert states["results"] == "sent"


async def test_the_table_of_duels_draws_any_text_without_figures() -> None:
    table = DuelTable("$$ \\frac {", ["US$5 and US$10", "$"], [[0, 1], [-1, 0]], None, ("loses", "level", "wins"))
    assert (await draw(table)).startswith(b"\x89PNG")
    assert "–" not in table.alt_text


def ranked_poll(ballots: list[tuple[int, ...]]) -> Poll:
    options = tuple(PollOption(number, text) for number, text in enumerate("ABC", 1))
    now = discord.utils.utcnow()
    plan = PollPlan("Which?", "ranked", options, now, "UTC")
    counted = METHODS["ranked"].count(3, ballots).as_json()
    return Poll(1, 1, plan, 20, len(ballots), now, "closed", now, counted, "totals")


async def test_a_roll_call_that_does_not_fit_says_how_many_more(booth: Booth) -> None:
    options = "; ".join(letter * 95 for letter in "ABC")
    voters = dict.fromkeys(booth.server.members, (1, 2, 3))
    _, message = await closed(booth, voters, options=options, secret=False, method="approval")
    text = embed_text(message.embeds[0])
    shown = text.count(f": {'A' * 95}")
    assert 5 <= shown < len(voters)
    assert text.count("C" * 95) == shown + 1, "no line is cut"
    assert f"and {len(voters) - shown} more" in text


async def test_a_roll_call_follows_the_alphabet_of_its_readers(booth: Booth) -> None:
    voters: dict[str, tuple[int, ...]] = dict.fromkeys(("GB", "SE", "ES", "US"), (1,))
    poll, _ = await closed(booth, voters, secret=False)
    channel = booth.server.channels["general"]
    async with booth.world.speaking("fr"):
        shown = await booth.server.members["GH"].slash(channel, "poll results", poll=str(poll.id))
    text = embed_text(shown.response.embeds[0])
    assert text.index("Espagne") < text.index("États-Unis") < text.index("Royaume-Uni") < text.index("Suède")


@pytest.mark.parametrize("publish", ["totals"])
async def test_a_roll_call_cannot_publish_totals_only(booth: Booth, publish: str) -> None:
    refused = await booth.create(secret=False, publish=publish)
    assert "roll-call" in said(refused)
    assert await booth.world.bot.services.polls.polls(booth.server.id) == []
