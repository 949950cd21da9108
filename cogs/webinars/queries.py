"""Looks up what the room's commands and buttons are about, as one asker may see it."""

from datetime import datetime
from typing import Final, Literal

from bot.audience import members_among, seats_today
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.search.choosing import chosen
from bot.services import Services
from bot.texts import Text, t
from bot.ui import Context
from cogs.webinars import rules
from cogs.webinars.cards import Viewer
from storage.members.models import Person
from storage.webinars.models import Webinar, WebinarReply

LIST: Final = Command("webinar list")
Which = Literal["all", "ahead", "begun"]


async def webinars_for(context: Context, which: Which = "all") -> list[Webinar]:
    """Return the network's webinars: those ahead with the next one first, then the past with the latest first."""
    now = context.services.clock.now()
    found = await context.services.webinars.all(context.guild_id)
    ahead = [w for w in reversed(found) if not rules.is_over(w, now) and w.cancelled_at is None]
    if which == "ahead":
        return ahead
    if which == "begun":
        return [w for w in found if w.starts_at <= now and w.cancelled_at is None]
    return [*ahead, *(w for w in found if w not in ahead)]


async def webinar_typed(context: Context, typed: str) -> Webinar:
    """Return the webinar chosen from the list, or the only one whose title has what was typed. Raises NotFoundError."""
    webinars = await webinars_for(context)
    if not webinars:
        raise NotFoundError(t("There is no webinar yet: the secretariat announces the first."))
    webinar = chosen(webinars, typed, option_value, lambda webinar: [webinar.title])
    if webinar is None:
        raise NotFoundError(
            t(
                "No one webinar is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return webinar


def option_value(webinar: Webinar) -> str:
    """Return what stands for a webinar that was chosen from the list."""
    return f"#{webinar.id}"


async def webinar_of(context: Context, webinar_id: int) -> Webinar:
    """Return the webinar that a button is about. Raises NotFoundError."""
    webinar = await context.services.webinars.get(context.guild_id, webinar_id)
    if webinar is None:
        raise NotFoundError(t("That webinar is no longer there: see the others with {command}.", command=LIST))
    return webinar


def require_open(webinar: Webinar, now: datetime) -> None:
    """Raise UserError when the webinar is cancelled or over."""
    problem = closed(webinar, now)
    if problem is not None:
        raise UserError(problem)


def closed(webinar: Webinar, now: datetime) -> Text | None:
    """Say that a webinar is cancelled or over; None while it is neither."""
    if webinar.cancelled_at is not None:
        return t(
            "The webinar “{title}” was cancelled: see the others with {command}.", title=webinar.title, command=LIST
        )
    if rules.is_over(webinar, now):
        return t("The webinar “{title}” is over: see the others with {command}.", title=webinar.title, command=LIST)
    return None


async def viewer_of(context: Context, webinar: Webinar) -> Viewer:
    """Return what the asker sees beside the public card."""
    asker = context.asker
    own = await context.services.webinars.answer_of(asker.guild_id, webinar.id, asker.account_id)
    return Viewer(asker.is_member or asker.is_secretariat, own)


async def people_who(
    services: Services, webinar: Webinar, *replies: WebinarReply, wanting_recording: bool = False
) -> list[Person]:
    """Return the members (persons in a post today) who gave one of the ``replies``, or asked for the recording."""
    answers = await services.webinars.answers(webinar.guild_id, webinar.id)
    wanted = {a.account_id for a in answers if a.reply in replies or (wanting_recording and a.wants_recording)}
    return members_among(await seats_today(services, webinar.guild_id), wanted)
