"""The buttons under a webinar, which name it and its network: they outlive restarts, and work in direct messages."""

from datetime import datetime
from io import BytesIO
from typing import Any, Final, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import UserError
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, answer, host_of, stored_view
from cogs.webinars import cards, desk, entries, notices, rules, words
from cogs.webinars.events import SUBJECT, EventKeeper
from storage.database import Transaction
from storage.webinar_models import WEBINAR_REPLIES, Webinar, WebinarReply

_EMOJI: Final[dict[str, str]] = {"attending": "✅", "maybe": "❔", "cant": "✖️", "calendar": "📅", "recording": "🎬"}
_CALENDAR: Final = "calendar"
_RECORDING: Final = "recording"


class WebinarButton(
    StoredButton,
    template=r"webinar:(?P<action>attending|maybe|cant|calendar|recording):(?P<webinar>\d+):(?P<guild>\d+)",
):
    """*Attending*, *Maybe*, *Can't*, *Add to calendar*, and *Send me the recording*."""

    level = Level.EVERYBODY

    def __init__(
        self,
        action: str,
        webinar_id: int,
        guild_id: int,
        label: str = "",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        custom_id = f"webinar:{action}:{webinar_id}:{guild_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=style, emoji=_EMOJI[action]))
        self.action = action
        self.webinar_id = webinar_id
        self._guild_id = guild_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["action"], int(state["webinar"]), int(state["guild"]))

    def guild_id(self) -> int:
        """Return the network that the webinar belongs to."""
        return self._guild_id

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Do what the button says, for members; the calendar is for everybody."""
        services = host_of(interaction).services
        webinar = await desk.webinar_of(services, asker.guild_id, self.webinar_id)
        if self.action == _CALENDAR:
            await give_calendar(interaction, asker, webinar)
            return
        asker.require(Level.MEMBERS)
        if self.action == _RECORDING:
            await _ask_recording(interaction, asker, services, webinar)
        else:
            await _reply(interaction, asker, services, webinar, cast(WebinarReply, self.action))


async def _reply(
    interaction: discord.Interaction, asker: Asker, services: Services, webinar: Webinar, reply: WebinarReply
) -> None:
    now, reader = services.clock.now(), asker.reader
    problem = desk.closed(webinar, now)
    if problem is not None and webinar.cancelled_at is None and webinar.recording:
        raise UserError(
            t("The webinar “{title}” is over; its recording: {link}", title=webinar.title, link=webinar.recording)
        )
    if problem is not None and webinar.cancelled_at is None:
        buttons = [_button(_RECORDING, webinar, reader, t("Send me the recording"))]
        await answer(interaction, reader.say(problem), view=stored_view(buttons))
        return
    desk.require_open(webinar, now)

    async def write(tx: Transaction) -> None:
        await services.webinars.answer(tx, asker.guild_id, webinar.id, asker.account_id, reply)
        await services.outbox.edit(tx, asker.guild_id, SUBJECT, webinar.id, notices.ANNOUNCED)

    await services.together.write(asker.account_id, write)
    buttons = [_button(_CALENDAR, webinar, reader, words.ADD_TO_CALENDAR)]
    if reply != "attending":
        buttons.append(_button(_RECORDING, webinar, reader, t("Send me the recording")))
    await answer(interaction, _confirmation(webinar, reader, reply), view=stored_view(buttons))


def _confirmation(webinar: Webinar, reader: Reader, reply: WebinarReply) -> str:
    named = {"title": webinar.title, "moment": reader.stamp(webinar.starts_at, webinar.timezone)}
    match reply:
        case "attending":
            said = t("You are attending “{title}”, {moment}. Join at {link}", link=webinar.link, **named)
        case "maybe":
            said = t("You may attend “{title}”, {moment}. Press Attending for the link when you know.", **named)
        case _:
            said = t("You cannot attend “{title}”, {moment}. Press another button if that changes.", **named)
    return reader.say(said)


async def _ask_recording(interaction: discord.Interaction, asker: Asker, services: Services, webinar: Webinar) -> None:
    if webinar.cancelled_at is not None:
        desk.require_open(webinar, services.clock.now())
    if webinar.recording:
        await answer(interaction, notices.recording(webinar, asker.reader))
        return
    async with services.transaction(asker.account_id) as tx:
        await services.webinars.ask_recording(tx, asker.guild_id, webinar.id, asker.account_id)
    await answer(
        interaction,
        asker.reader.say(t("You will be told as soon as the recording of “{title}” is there.", title=webinar.title)),
    )


async def give_calendar(interaction: discord.Interaction, asker: Asker, webinar: Webinar) -> None:
    """Answer with the .ics file and the addresses that open Google's and Outlook's calendar filled in."""
    services, reader = host_of(interaction).services, asker.reader
    with_link = asker.is_member or asker.is_secretariat
    data = entries.calendar_of([webinar], webinar.title, reader, services.clock.now(), with_links=with_link)
    said = t("Open the file to put “{title}” into your calendar, or use one of these addresses.", title=webinar.title)
    lines = [
        reader.say(said),
        f"- [Google Calendar](<{entries.google_address(webinar, reader, with_link=with_link)}>)",
        f"- [Outlook](<{entries.outlook_address(webinar, reader, with_link=with_link)}>)",
    ]
    if not with_link:
        lines.append(reader.say(t("The link to join is for members, so it is not in it.")))
    file = discord.File(BytesIO(data), f"webinar-{webinar.id}.ics")
    await answer(interaction, "\n".join(lines)[:2000], files=[file])


class EventButton(StoredButton, template=r"webinarevent:(?P<webinar>\d+)"):
    """*Try again*, where Discord's event is out of step or was deleted."""

    level = Level.SECRETARIAT

    def __init__(self, webinar_id: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"webinarevent:{webinar_id}", label=label))
        self.webinar_id = webinar_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["webinar"]))

    @classmethod
    def of(cls, webinar: Webinar, reader: Reader) -> Self:
        """Make the button for a webinar."""
        return cls(webinar.id, reader.label(t("Try again")))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Bring the event in step."""
        services = host_of(interaction).services
        webinar = await desk.webinar_of(services, asker.guild_id, self.webinar_id)
        if interaction.guild is None:
            return
        problem = await EventKeeper(services).keep(interaction.guild, webinar.id, again=True)
        said = problem or t("Discord's event of “{title}” is in step again.", title=webinar.title)
        await answer(interaction, asker.reader.say(said))


def answer_buttons(webinar: Webinar, reader: Reader, now: datetime) -> list[ui.Item[Any]]:
    """Return the buttons that stand under a webinar, as far as they still make sense."""
    if webinar.cancelled_at is not None:
        return [_button(_CALENDAR, webinar, reader, words.ADD_TO_CALENDAR)]
    if rules.is_over(webinar, now) and webinar.recording:
        return [_button(_RECORDING, webinar, reader, t("Recording"))]
    replies = [_button(reply, webinar, reader, words.REPLY[reply]) for reply in WEBINAR_REPLIES]
    return [*replies, _button(_CALENDAR, webinar, reader, words.ADD_TO_CALENDAR)]


def _button(action: str, webinar: Webinar, reader: Reader, label: Text) -> WebinarButton:
    style = discord.ButtonStyle.success if action == "attending" else discord.ButtonStyle.secondary
    return WebinarButton(action, webinar.id, webinar.guild_id, reader.label(label), style)


async def show(interaction: discord.Interaction, asker: Asker, webinar: Webinar) -> None:
    """Answer with a webinar's card and buttons, as the asker may see it."""
    services = host_of(interaction).services
    now = services.clock.now()
    counts = await services.webinars.counts(asker.guild_id, webinar.id)
    sight = await desk.sight_of(services, asker, webinar)
    embed = cards.webinar_card(webinar, asker.reader, now, counts=counts, sight=sight)
    buttons = answer_buttons(webinar, asker.reader, now)
    await answer(interaction, embed=embed, view=stored_view(buttons))
