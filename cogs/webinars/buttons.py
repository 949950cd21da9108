"""The buttons under a webinar, which name it and its network: they outlive restarts, and work in direct messages."""

from datetime import datetime
from io import BytesIO
from typing import Any, Final, Literal

import discord
from discord import ui

from bot.access import Level
from bot.errors import UserError
from bot.identify import network_reader
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.webinars import calendar, cards, queries, rules, sentences
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.webinars.models import WEBINAR_REPLIES, Webinar, WebinarReply

Action = Literal["attending", "maybe", "cant", "calendar", "recording"]
_EMOJI: Final[dict[Action, str]] = {"attending": "✅", "maybe": "❔", "cant": "✖️", "calendar": "📅", "recording": "🎬"}


class WebinarButton(PersistentButton, custom_id="webinar:{action}:{webinar_id}:{guild_id}"):
    """*Attending*, *Maybe*, *Can't*, *Add to calendar*, and *Send me the recording*."""

    action: Action
    webinar_id: int
    guild_id: int

    async def on_press(self, context: Context) -> None:
        """Do what the button says, for members; the calendar is for everybody."""
        webinar = await queries.webinar_of(context, self.webinar_id)
        if self.action == "calendar":
            await give_calendar(context, webinar)
            return
        context.asker.require(Level.MEMBERS)
        if self.action == "recording":
            await _ask_recording(context, webinar)
        else:
            await _reply(context, webinar, self.action)


class ShowButton(PersistentButton, custom_id="webinar:show:{webinar_id}"):
    """Leads from elsewhere to a webinar with its buttons."""

    webinar_id: int

    async def on_press(self, context: Context) -> None:
        """Show it."""
        await show(context, await queries.webinar_of(context, self.webinar_id))


async def _reply(context: Context, webinar: Webinar, reply: WebinarReply) -> None:
    now, reader = context.services.clock.now(), context.reader
    problem = queries.closed(webinar, now)
    if problem is not None and webinar.cancelled_at is None and webinar.recording:
        raise UserError(
            t("The webinar “{title}” is over; its recording: {link}", title=webinar.title, link=webinar.recording)
        )
    if problem is not None and webinar.cancelled_at is None:
        buttons = [_button("recording", webinar, reader, t("Send me the recording"))]
        await context.answer(problem, view=stored_view(buttons))
        return
    queries.require_open(webinar, now)

    await write_reply(context.services, webinar, context.account_id, reply)
    buttons = [_button("calendar", webinar, reader, sentences.ADD_TO_CALENDAR)]
    if reply != "attending":
        buttons.append(_button("recording", webinar, reader, t("Send me the recording")))
    # The button is quoted as the public message has it, in the network's language.
    attending = network_reader(context.services, context.network).label(sentences.REPLY["attending"])
    await context.answer(_confirmation(webinar, reader, reply, attending), view=stored_view(buttons))


async def write_reply(services: Services, webinar: Webinar, account_id: int, reply: WebinarReply) -> None:
    """Write down what an account answers, and have the counts in the announcement follow."""

    async def write(tx: Transaction) -> None:
        await services.webinars.answer(tx, webinar.guild_id, webinar.id, account_id, reply)
        await services.outbox.edit(tx, webinar.guild_id, SUBJECT, webinar.id, Kind.ANNOUNCED)

    await services.write_batcher.write(account_id, write)


def _confirmation(webinar: Webinar, reader: Reader, reply: WebinarReply, attending: str) -> str:
    named = {"title": webinar.title, "moment": reader.stamp(webinar.starts_at, webinar.timezone)}
    match reply:
        case "attending":
            said = t("You are attending “{title}”, {moment}. Join at {link}", link=webinar.link, **named)
        case "maybe":
            said = t(
                "You answered “maybe” for “{title}”, {moment}. Press “{attending}” for the link once you know.",
                attending=attending,
                **named,
            )
        case _:
            said = t(
                "You answered that you cannot attend “{title}”, {moment}. Press another button if that changes.",
                **named,
            )
    return reader.say(said)


async def _ask_recording(context: Context, webinar: Webinar) -> None:
    if webinar.cancelled_at is not None:
        queries.require_open(webinar, context.services.clock.now())
    if webinar.recording:
        await context.answer(sentences.recording(webinar, context.reader))
        return
    async with context.write() as tx:
        await context.services.webinars.ask_recording(tx, context.guild_id, webinar.id, context.account_id)
    await context.answer(
        t("You will receive a message as soon as the recording of “{title}” is available.", title=webinar.title),
    )


async def give_calendar(context: Context, webinar: Webinar) -> None:
    """Answer with the .ics file and the addresses that open Google's and Outlook's calendar filled in."""
    services, reader = context.services, context.reader
    with_link = context.asker.is_member or context.asker.is_secretariat
    data = calendar.calendar_of([webinar], webinar.title, reader, services.clock.now(), with_links=with_link)
    if webinar.cancelled_at is not None:
        lines = [reader.say(t("Open the file to remove “{title}” from your calendar.", title=webinar.title))]
    else:
        said = t(
            "Open the file to put “{title}” into your calendar, or use one of these addresses.", title=webinar.title
        )
        lines = [
            reader.say(said),
            f"- [Google Calendar](<{calendar.google_address(webinar, reader, with_link=with_link)}>)",
            f"- [Outlook](<{calendar.outlook_address(webinar, reader, with_link=with_link)}>)",
        ]
    if not with_link and webinar.cancelled_at is None:
        lines.append(reader.say(t("The link to join is for members, so it is not in it.")))
    file = discord.File(BytesIO(data), f"webinar-{webinar.id}.ics")
    await context.answer("\n".join(lines)[:2000], files=[file])


def answer_buttons(webinar: Webinar, reader: Reader, now: datetime) -> list[ui.Item[Any]]:
    """Return the buttons that stand under a webinar, as far as they still make sense."""
    if webinar.cancelled_at is not None:
        # The file strikes it out in the calendars that hold it.
        return [_button("calendar", webinar, reader, sentences.ADD_TO_CALENDAR)]
    if rules.is_over(webinar, now):
        label = t("Recording") if webinar.recording else t("Send me the recording")
        return [_button("recording", webinar, reader, label)]
    replies = [_button(reply, webinar, reader, sentences.REPLY[reply]) for reply in WEBINAR_REPLIES]
    return [*replies, _button("calendar", webinar, reader, sentences.ADD_TO_CALENDAR)]


def _button(action: Action, webinar: Webinar, reader: Reader, label: Text) -> WebinarButton:
    style = discord.ButtonStyle.success if action == "attending" else discord.ButtonStyle.secondary
    button = WebinarButton(action, webinar.id, webinar.guild_id)
    return button.labelled(reader.label(label), style, emoji=_EMOJI[action])


async def show(context: Context, webinar: Webinar) -> None:
    """Answer with a webinar's card and buttons, as the asker may see it."""
    services = context.services
    now = services.clock.now()
    counts = await services.webinars.counts(context.guild_id, webinar.id)
    viewer = await queries.viewer_of(context, webinar)
    embed = cards.webinar_card(webinar, context.reader, now, counts=counts, viewer=viewer)
    buttons = answer_buttons(webinar, context.reader, now)
    await context.answer(embed=embed, view=stored_view(buttons))
