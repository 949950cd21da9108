"""Looks up what the room's commands and buttons are about, as one asker may see it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Literal

from bot.audience import members_among, seats_today
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.search.choosing import CHOICES
from bot.search.folding import normalise
from bot.services import Services
from bot.texts import Text, t
from bot.ui import Context
from cogs.webinars import rules, sentences
from cogs.webinars.cards import Viewer
from storage.members.models import Person
from storage.webinars.models import ListedWebinar, Webinar, WebinarReply

LIST: Final = Command("webinar list")
Which = Literal["all", "ahead", "begun"]
_PICKED: Final = re.compile(r"#([1-9][0-9]{0,17})")
"""What :func:`option_value` writes."""
_LONGEST: Final = timedelta(days=1)


async def webinars_named(context: Context, typed: str, which: Which) -> list[ListedWebinar]:
    """Return the webinars whose line in a list has what was typed, as many as Discord offers.

    Those ahead with the next one first, then the past with the latest first.
    """
    services, reader, now = context.services, context.reader, context.services.clock.now()
    listed = await services.webinar_cache.of(context.guild_id)
    whose = (context.guild_id, reader.language, reader.zone)
    word = normalise(typed)
    names = await services.webinar_cache.names.of(whose, listed, lambda webinar: sentences.choice_name(webinar, reader))
    fitting = (webinar for webinar, name in zip(listed, names, strict=True) if word in name)
    if which == "begun":
        return list(islice((w for w in fitting if w.starts_at <= now and w.cancelled_at is None), CHOICES))
    ahead: list[ListedWebinar] = []
    past: list[ListedWebinar] = []
    for webinar in fitting:
        is_ahead = webinar.ends_at > now and webinar.cancelled_at is None
        (ahead if is_ahead else past).append(webinar)
        # The list goes back in time, and none lasts longer than a day: no other is ahead.
        if webinar.starts_at < now - _LONGEST and (which == "ahead" or len(ahead) + len(past) >= CHOICES):
            break
    return [*reversed(ahead), *(past if which == "all" else ())][:CHOICES]


async def webinar_typed(context: Context, typed: str) -> Webinar:
    """Return the webinar chosen from the list, or the only one whose title has what was typed. Raises NotFoundError."""
    webinars, guild_id = context.services.webinars, context.guild_id
    picked = _PICKED.fullmatch(typed.strip())
    webinar = await webinars.get(guild_id, int(picked[1])) if picked is not None else None
    if webinar is None:
        listed = await context.services.webinar_cache.of(guild_id)
        if not listed:
            raise NotFoundError(t("There is no webinar yet: the secretariat announces the first."))
        titles = await context.services.webinar_cache.names.of(
            (guild_id, "titles"), listed, lambda webinar: webinar.title
        )
        named = _named(listed, titles, normalise(typed))
        webinar = await webinars.get(guild_id, named) if named is not None else None
    if webinar is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one webinar: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return webinar


def _named(listed: Sequence[ListedWebinar], titles: Sequence[str], word: str) -> int | None:
    """Return the webinar of that whole title, else the only one that has it in its title; None where several do."""
    whole = [webinar.id for webinar, title in zip(listed, titles, strict=True) if word and title == word]
    if len(whole) == 1:
        return whole[0]
    partly = [webinar.id for webinar, title in zip(listed, titles, strict=True) if word and word in title]
    return partly[0] if len(partly) == 1 else None


def option_value(webinar: Webinar | ListedWebinar) -> str:
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
