"""What people ask of polls: the list, the results so far, files, and whether a ballot was counted."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.csvfiles import guarded
from bot.naming import called, in_order, with_flag
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, answer, asker_of, host_of, page_of, replace, stored_view, turning
from cogs.polls.buttons import VoteButton
from cogs.polls.cards import list_card, listed, poll_card
from cogs.polls.creating import seats_now, unable_to_vote
from cogs.polls.ending import current
from cogs.polls.published import read_receipt
from cogs.polls.results import Charts, published_file, result_of
from cogs.polls.rules import reach
from cogs.polls.words import key_lost
from storage.models import Seat
from storage.poll_models import Elector, Poll

PAGE: Final = 5


class PageButton(StoredButton, template=r"poll:page:(?P<way>[<>]):(?P<page>\d+)"):
    """*Previous* and *Next* below the list of polls."""

    level = Level.MEMBERS

    def __init__(self, way: str, page: int, label: str = "", *, disabled: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=f"poll:page:{way}:{page}", label=label, disabled=disabled, row=1))
        self.page = page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        embed, view = await list_page(host_of(interaction).services, asker, self.page)
        await replace(interaction, embed=embed, view=view)


async def list_page(services: Services, asker: Asker, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the polls, with *Vote* for each open one."""
    for poll in await services.polls.polls(asker.guild_id, ("open",)):
        await current(services, asker.guild_id, poll.id)
    page = page_of(await services.polls.polls(asker.guild_id), number, PAGE)
    reader = asker.reader

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return PageButton(way, to, label, disabled=disabled)

    items: list[ui.Item[Any]] = []
    if asker.is_member:
        for poll in page.items:
            if poll.state == "open":
                short = poll.plan.question if len(poll.plan.question) <= 60 else f"{poll.plan.question[:59]}…"  # noqa: PLR2004 - a button's 80
                items.append(VoteButton(poll.id, reader.label(t("Vote: {question}", question=short))))
    items += turning(page, reader, button)
    return list_card(page, reader, to_secretariat=asker.is_secretariat), stored_view(items) if items else None


async def results_of(interaction: discord.Interaction, charts: Charts, poll: Poll) -> None:
    """Answer with a poll's result; while it is open with the turnout, and to the secretariat with who has voted."""
    asker = asker_of(interaction)
    services = host_of(interaction).services
    if poll.state == "closed":
        result = await result_of(services, charts, poll, asker.reader)
        await answer(interaction, result.sentence, embed=result.card, files=result.files)
        return
    card = poll_card(poll, asker.reader)
    if poll.state == "open" and asker.is_secretariat:
        seats = await seats_now(services, asker)
        electors = await services.polls.electors(asker.guild_id, poll.id)
        for name, people in _who(electors, seats, asker.reader):
            if people:
                card.add_field(name=asker.reader.label(name), value=listed(people, asker.reader), inline=False)
    said = t("While a poll is open there is only the turnout; the rest stays hidden until it closes.")
    if poll.state == "cancelled":
        said = key_lost(poll) if poll.key_lost else t("This poll was cancelled: nothing was counted.")
    await answer(interaction, asker.reader.say(said), embed=card)


def _who(electors: Sequence[Elector], seats: Sequence[Seat], reader: Reader) -> list[tuple[Text, list[str]]]:
    listed_seats = in_order(seats, reader.language)
    voted = {e.delegation_id for e in electors if e.voted}
    waiting = {e.delegation_id for e in electors if not e.voted}

    def named(ids: set[int]) -> list[str]:
        return [with_flag(s.delegation, reader.language) for s in listed_seats if s.delegation.id in ids]

    unable = unable_to_vote([e for e in electors if not e.voted], seats, reader)
    return [
        (t("Voted (seen by the secretariat only)"), named(voted)),
        (t("Not yet"), named(waiting)),
        (t("Unable to vote: no linked account"), unable),
    ]


async def export_files(services: Services, asker: Asker, poll: Poll) -> list[discord.File]:
    """Return the turnout as a spreadsheet and, of a closed poll, the published file."""
    seats = await seats_now(services, asker)
    electors = await services.polls.electors(asker.guild_id, poll.id)
    delegations = {d.id: d for d in await services.members.delegations(asker.guild_id)}
    people = {h.person.id: h.person.name for h in await services.members.holders(asker.guild_id)}
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("delegation", "name", "person", "voted", "able_to_vote"))
    for elector in electors:
        delegation = delegations[elector.delegation_id]
        cells = (
            delegation.code,
            guarded(called(delegation, asker.reader.language)),
            guarded(elector.name or people.get(elector.person_id, "")),
            "yes" if elector.voted else "no",
            "yes" if elector.voted or reach(elector, seats) else "no",
        )
        writer.writerow(cells)
    files = [discord.File(BytesIO(text.getvalue().encode("utf-8-sig")), filename=f"poll-{poll.id}-turnout.csv")]
    if poll.state == "closed":
        files.append(discord.File(BytesIO(await published_file(services, poll)), filename=f"poll-{poll.id}.json"))
    return files


async def verification(services: Services, asker: Asker, typed: str) -> Text:
    """Say whether the ballot with the receipt typed was counted."""
    receipt = read_receipt(typed)
    not_counted = t(
        "Not counted (replaced or mistyped): no ballot that counts has this receipt. A ballot cast again has the"
        " receipt of the last time."
    )
    poll_id = await services.ballots.poll_of_receipt(asker.guild_id, receipt) if receipt is not None else None
    if poll_id is None:
        return not_counted
    poll = await current(services, asker.guild_id, poll_id)
    if poll.state == "closed":
        return t("Counted: the ballot with this receipt is in the result of “{question}”.", question=poll.plan.question)
    return t(
        "The ballot with this receipt is in the box of “{question}”, and will be counted when the poll closes.",
        question=poll.plan.question,
    )
