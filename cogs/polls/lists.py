"""What people ask of polls: the list, the results so far, files, and whether a ballot was counted."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any, Final

import discord
from discord import ui

from bot.audience import eligible
from bot.csvfiles import guarded
from bot.naming import called, in_order, order_of, with_flag
from bot.texts import Reader, Text, t
from bot.ui import Context, PageButton, page_buttons, page_of, stored_view
from cogs.polls.buttons import VoteButton
from cogs.polls.cards import list_card, listed, poll_card
from cogs.polls.creating import seats_now, unable_to_vote
from cogs.polls.ending import current
from cogs.polls.published import read_receipt
from cogs.polls.results import Charts, published_file, result_of
from cogs.polls.words import key_lost
from storage.models import Seat
from storage.poll_models import Elector, Poll

PAGE: Final = 5


class PollPages(PageButton, custom_id="poll:page:{way}:{page}"):
    """*Previous* and *Next* below the list of polls."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await list_page(context, self.page)


async def list_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the polls, with *Vote* for each open one."""
    for poll in await context.services.polls.polls(context.guild_id, ("open",)):
        await current(context.services, context.guild_id, poll.id)
    page = page_of(await context.services.polls.polls(context.guild_id), number, PAGE)
    reader = context.reader
    items: list[ui.Item[Any]] = []
    if context.asker.is_member:
        for poll in page.items:
            if poll.state == "open":
                short = poll.plan.question if len(poll.plan.question) <= 60 else f"{poll.plan.question[:59]}…"  # noqa: PLR2004 - a button's 80
                label = reader.label(t("Vote: {question}", question=short))
                items.append(VoteButton(poll.id).labelled(label, discord.ButtonStyle.primary))
    items += page_buttons(page, reader, PollPages, row=1)
    return list_card(page, reader, to_secretariat=context.asker.is_secretariat), stored_view(items) if items else None


async def results_of(context: Context, charts: Charts, poll: Poll) -> None:
    """Answer with a poll's result; while it is open with the turnout, and to the secretariat with who has voted."""
    services = context.services
    if poll.state == "closed":
        result = await result_of(services, charts, poll, context.reader)
        await context.answer(result.sentence, embed=result.card, files=result.files)
        return
    card = poll_card(poll, context.reader)
    if poll.state == "open" and context.asker.is_secretariat:
        seats = await seats_now(services, context.asker)
        electors = await services.polls.electors(context.guild_id, poll.id)
        for name, people in _who(electors, seats, context.reader):
            if people:
                card.add_field(name=context.label(name), value=listed(people, context.reader), inline=False)
    said = t("While a poll is open there is only the turnout; the rest stays hidden until it closes.")
    if poll.state == "cancelled":
        said = key_lost(poll) if poll.key_lost else t("This poll was cancelled: nothing was counted.")
    await context.answer(said, embed=card)


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


async def export_files(context: Context, poll: Poll) -> list[discord.File]:
    """Return the turnout as a spreadsheet and, of a closed poll, the published file."""
    seats = await seats_now(context.services, context.asker)
    electors = await context.services.polls.electors(context.guild_id, poll.id)
    delegations = {d.id: d for d in await context.services.members.delegations(context.guild_id)}
    people = {h.person.id: h.person.name for h in await context.services.members.holders(context.guild_id)}
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("delegation", "name", "person", "voted", "able_to_vote"))
    for elector in sorted(electors, key=lambda one: order_of(delegations[one.delegation_id], context.reader.language)):
        delegation = delegations[elector.delegation_id]
        cells = (
            delegation.code,
            guarded(called(delegation, context.reader.language)),
            guarded(elector.name or people.get(elector.person_id, "")),
            "yes" if elector.voted else "no",
            "yes" if elector.voted or eligible(elector, seats) else "no",
        )
        writer.writerow(cells)
    files = [discord.File(BytesIO(text.getvalue().encode("utf-8-sig")), filename=f"poll-{poll.id}-turnout.csv")]
    if poll.state == "closed":
        files.append(
            discord.File(BytesIO(await published_file(context.services, poll)), filename=f"poll-{poll.id}.json")
        )
    return files


async def verification(context: Context, typed: str) -> Text:
    """Say whether the ballot with the receipt typed was counted."""
    receipt = read_receipt(typed)
    not_counted = t(
        "Not counted (replaced or mistyped): no ballot that counts has this receipt. A ballot cast again has the"
        " receipt of the last time."
    )
    poll_id = await context.services.ballots.poll_of_receipt(context.guild_id, receipt) if receipt is not None else None
    if poll_id is None:
        return not_counted
    poll = await current(context.services, context.guild_id, poll_id)
    if poll.state == "closed":
        return t("Counted: the ballot with this receipt is in the result of “{question}”.", question=poll.plan.question)
    return t(
        "The ballot with this receipt is in the box of “{question}”, and will be counted when the poll closes.",
        question=poll.plan.question,
    )
