"""Who comes, who has not answered, and the request to those alone."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import discord
from discord import ui

from bot.audience import unanswered
from bot.meeting_names import full_name
from bot.outbox import PEOPLE, Request
from bot.previews.preview import ask_to_send
from bot.request_reach import RequestReach
from bot.texts import escaped, nt, t
from bot.ui import Context, PageButton, PersistentButton, colours, page_buttons, page_of, stored_view
from bot.ui.pages import page_label
from cogs.meetings import queries
from cogs.meetings.queries import meeting_of
from cogs.meetings.registration import cards, exchange
from cogs.meetings.report import rules
from cogs.meetings.rules import SUBJECT, Kind
from cogs.meetings.sentences import not_answered
from storage.meetings.models import Meeting, Registration


class RegistrationPages(PageButton, custom_id="meeting:registrations{way}:{meeting_id}:{page}"):
    """*Previous* and *Next* below who comes, and the way ("=") there from elsewhere."""

    meeting_id: int

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        meeting = await meeting_of(context, self.meeting_id)
        await queries.require_sees_answers(context, meeting)
        embed, view, _ = await registrations_page(context, meeting, self.page)
        return embed, view

    async def on_press(self, context: Context) -> None:
        """Open the list below, or turn its page."""
        embed, view = await self.shown(context)
        if self.way == "=":
            await context.answer(embed=embed, view=view)
        else:
            await context.replace(embed=embed, view=view, keeps_files=True)


class ChaseButton(PersistentButton, custom_id="meeting:chase:{meeting_id}"):
    """*Ask those who have not answered*: shown first, with how many get it."""

    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Show the request and whom it goes to, and ask for *Confirm*."""
        services = context.services
        meeting = await meeting_of(context, self.meeting_id)
        queries.require_ahead(services, meeting)
        await ask_to_send(context, Request(SUBJECT, meeting.id, Kind.CHASED.value, PEOPLE))


async def registrations_page(
    context: Context, meeting: Meeting, number: int
) -> tuple[discord.Embed, ui.View | None, discord.File]:
    """Return a page of who comes, its buttons, and the whole as CSV.

    Who has not answered, and from what the secretariat has recorded an answer, is for the secretariat, not for a host.
    """
    reader, is_secretariat = context.reader, context.asker.is_secretariat
    answers = await queries.answers_to(context.services, meeting)
    if not is_secretariat:
        answers = [replace(answer, reference="") for answer in answers]
    missing = await _unanswered(context, meeting, answers) if is_secretariat else set[str]()
    delegations = await queries.delegations_of(context.services, context.guild_id)
    reach = await queries.reach_of_unanswered(context.services, meeting) if missing else RequestReach()
    pages = cards.registration_pages(answers, list(missing) if is_secretariat else None, delegations, reader)
    page = page_of(pages, number, 1)
    card = discord.Embed(title=escaped(full_name(meeting, reader))[:256], colour=colours.EVENT)
    counts = rules.report(meeting, answers)
    summary = [
        reader.say(nt("{count} from the capital", "{count} from capitals", counts.from_capital or 0)),
        reader.say(nt("{count} from the mission", "{count} from missions", counts.from_mission or 0)),
        *([reader.say(not_answered(reach))] if is_secretariat else []),
    ]
    body = page.items[0] if page.items else reader.say(t("Nobody has answered yet."))
    card.description = f"{' · '.join(summary)}\n\n{body}"
    card.set_footer(text=page_label(page, reader))
    items = page_buttons(page, reader, lambda way, to: RegistrationPages(way, to, meeting.id))
    if missing and meeting.cancelled_at is None and not queries.is_over(context.services, meeting):
        label = reader.label(t("Ask those who have not answered"))
        items.append(ChaseButton(meeting.id).labelled(label, discord.ButtonStyle.primary))
    file = exchange.registrations_file(answers, list(missing), delegations, reader)
    name = f"registrations-{meeting.starts_on.isoformat()}.csv"
    return card, stored_view(items) if items else None, discord.File(BytesIO(file), filename=name)


async def _unanswered(context: Context, meeting: Meeting, answers: Iterable[Registration]) -> set[str]:
    if meeting.is_recorded:
        return set()
    seats = await context.services.members.delegations(context.guild_id, on=context.services.today(context.network))
    return unanswered((seat.code for seat in seats if meeting.invites(seat.code)), answers)
