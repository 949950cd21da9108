"""Who comes, who has not answered, and the request to those alone."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.charts import draw_bars
from bot.outbox import PEOPLE, Request
from bot.outbox.preview import ask_to_send
from bot.services import Services
from bot.texts import nt, t
from bot.ui import Context, StoredButton, answer, host_of, page_of, replace, stored_view, turning
from bot.ui.pages import page_label
from cogs.meetings import cards, desk, results, rules, words
from cogs.meetings.answering import SUBJECT
from cogs.meetings.kinds import Series
from cogs.meetings.views import meeting_of
from storage.meeting_models import Meeting


class RegistrationsButton(StoredButton, template=r"meeting:registrations(?P<way>[<>]):(?P<meeting>\d+):(?P<page>\d+)"):
    """*Previous* and *Next* below who comes."""

    level = Level.SECRETARIAT

    def __init__(self, way: str, meeting: int, page: int, label: str = "", *, disabled: bool = False) -> None:
        custom_id = f"meeting:registrations{way}:{meeting}:{page}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, disabled=disabled))
        self.meeting = meeting
        self.page = page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["meeting"]), int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        embed, view, _ = await registrations_page(services, asker, meeting, self.page)
        await replace(interaction, embed=embed, view=view)


class ChaseButton(StoredButton, template=r"meeting:chase:(?P<meeting>\d+)"):
    """*Ask those who have not answered*: shown first, with how many get it."""

    level = Level.SECRETARIAT

    def __init__(self, meeting: int, label: str = "") -> None:
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button[Any](custom_id=f"meeting:chase:{meeting}", label=label, style=style))
        self.meeting = meeting

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["meeting"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Show the request and whom it goes to, and ask for *Confirm*."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        desk.require_ahead(services, meeting)
        await ask_to_send(Context.of(interaction), Request(SUBJECT, meeting.id, Series.CHASED.value, PEOPLE))


async def registrations_page(
    services: Services, asker: Asker, meeting: Meeting, number: int
) -> tuple[discord.Embed, ui.View | None, discord.File]:
    """Return a page of who comes, its buttons, and the whole as CSV."""
    reader = asker.reader
    answers = await services.registrations.of_meeting(asker.guild_id, meeting.id)
    seats = await services.members.delegations(asker.guild_id, on=services.today(asker.network))
    missing = set[str]() if meeting.is_recorded else rules.unanswered((seat.code for seat in seats), answers)
    delegations = await desk.delegations_of(services, asker.guild_id)
    page = page_of(results.registration_pages(answers, list(missing), delegations, reader), number, 1)
    card = discord.Embed(
        title=f"{words.heading(meeting, reader)} · {words.city(meeting, reader)}"[:256], colour=cards.BLUE
    )
    counts = rules.report(meeting, answers)
    summary = [
        reader.say(nt("{count} from the capital", "{count} from capitals", counts.from_capital or 0)),
        reader.say(nt("{count} from the mission", "{count} from missions", counts.from_mission or 0)),
        reader.say(nt("{count} has not answered", "{count} have not answered", len(missing))),
    ]
    body = page.items[0] if page.items else reader.say(t("Nobody has answered yet."))
    card.description = f"{' · '.join(summary)}\n\n{body}"
    card.set_footer(text=page_label(page, reader))

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return RegistrationsButton(way, meeting.id, to, label, disabled=disabled)

    items = turning(page, reader, button)
    if missing and meeting.cancelled_at is None and not desk.is_over(services, meeting):
        items.append(ChaseButton(meeting.id, reader.label(t("Ask those who have not answered"))))
    file = results.registrations_file(answers, list(missing), delegations, reader)
    name = f"registrations-{meeting.starts_on.isoformat()}.csv"
    return card, stored_view(items) if items else None, discord.File(BytesIO(file), filename=name)


async def send_report(interaction: discord.Interaction, asker: Asker, meeting: Meeting) -> None:
    """Answer with the counts of a meeting as text, CSV and, where delegations are on record, a chart."""
    services = host_of(interaction).services
    # The first chart imports matplotlib, which may take longer than Discord waits.
    await interaction.response.defer(ephemeral=True, thinking=True)
    reader = asker.reader
    report = rules.report(meeting, await services.registrations.of_meeting(asker.guild_id, meeting.id))
    delegations = await desk.delegations_of(services, asker.guild_id)
    card = results.report_card(meeting, report, delegations, reader)
    name = f"meeting-{meeting.starts_on.isoformat()}"
    files = [discord.File(BytesIO(results.report_file(report, delegations, reader)), filename=f"{name}.csv")]
    bars = results.report_chart(meeting, report, delegations, reader)
    picture = await draw_bars(bars) if bars is not None else None
    if bars is not None and picture is not None:
        files.append(discord.File(BytesIO(picture), filename=f"{name}.png", description=bars.alt_text))
        card.set_image(url=f"attachment://{name}.png")
    await answer(interaction, embed=card, files=files)


STORED: Final[Sequence[type[StoredButton]]] = (RegistrationsButton, ChaseButton)
