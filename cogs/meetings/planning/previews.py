"""No role of its own: what is shown of a meeting before it is planned, changed or cancelled, beside the buttons."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime

import discord

from bot.identify import network_reader
from bot.occasions.proposal import PROPOSED, Proposed, reminders_follow
from bot.outbox import ANNOUNCEMENTS, PEOPLE, Request
from bot.previews.destination import destination
from bot.previews.preview import announced_where, goes_to_people, quoted
from bot.texts import Reader, Text, t
from bot.ui import Context
from cogs.meetings import cards, queries, rules, sentences
from cogs.meetings.planning.cards import invited_card
from cogs.meetings.rules import SUBJECT, Kind
from storage.meetings.models import Meeting


def second_annual(near: Meeting | None) -> list[Text]:
    """Ask whether an annual meeting so near to another one is meant; nothing where there is none."""
    if near is None:
        return []
    return [
        t(
            "Is this really a second annual meeting? Another one is planned for {day}, in {city}. A regional or"
            " preparatory meeting is planned with the option *kind*.",
            day=near.starts_on,
            city=near.city,
        )
    ]


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """A proposal as it is shown: where its message goes and how it reads, its card, and who cannot be reached."""

    proposed: Proposed
    parts: Sequence[str]
    card: discord.Embed
    further: Sequence[discord.Embed] = ()


async def preview_of(
    context: Context,
    meeting: Meeting,
    proposed: Proposed,
    sentence: Callable[[sentences.Background, Reader], str],
    *between: str,
) -> Preview:
    """Show the message of a proposal: in the channel where all are invited, else to each of those invited."""
    background = await queries.background_of(context.services, meeting)
    if meeting.invites_all:
        reader, where, further = network_reader(context.services, context.network), announced_where(context), []
    else:
        proposed = proposed.model_copy(update={"to_people": True})
        payload = {**proposed.said, PROPOSED: proposed.fields}
        request = Request(SUBJECT, proposed.record, proposed.kind, PEOPLE, payload)
        where, missed = await goes_to_people(context, request)
        reader = context.reader
        further = [invited_card(meeting, background.delegations, reader), *missed]
        if meeting.id and meeting.is_public:
            between = (*between, context.say(_also_public(no_public_place(context))))
    card = cards.meeting_card(meeting, background.delegations, reader, background.now)
    return Preview(proposed, [where, *between, quoted(sentence(background, reader))], card, further)


def no_public_place(context: Context) -> Text | None:
    """Say why nothing can be posted where everybody reads it, and what to do; None where it can."""
    return destination(context.interaction.guild, context.network, ANNOUNCEMENTS, None).missing()


def _also_public(problem: Text | None) -> Text:
    if problem is None:
        return t("It is also posted in the announcements channel, calling nobody.")
    return t("It is not posted for everybody on the server. {problem}", problem=problem)


def reminders_ahead(meeting: Meeting, reader: Reader, now: datetime) -> str:
    """Say when the meeting is announced again."""
    ahead = [due.due_at for due in rules.reminders(meeting) if due.series is Kind.COUNTDOWN and due.due_at > now]
    return reminders_follow(ahead, reader)
