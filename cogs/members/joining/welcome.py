"""What a newcomer is shown: what the network is, what is ahead, who is near, what to do first."""

import discord

from bot.audience import region_of
from bot.names import city_names
from bot.naming import in_order, with_flag
from bot.texts import Markdown, NameIn, Reader, Text, escaped, t
from bot.ui import Context
from bot.values import REGIONS
from cogs.members.directory.cards import COLOUR
from cogs.members.member import Member
from storage.models import Seat

_NEIGHBOURS = 12
_POLLS = 5
_WEBINARS = 3


async def welcome_card(context: Context, member: Member) -> discord.Embed:
    """Return the card for somebody who has just got in as ``member``, in their language."""
    reader = context.reader
    card = discord.Embed(title=reader.label(t("Welcome to the network")), colour=COLOUR)
    card.description = reader.say(
        t(
            "The network brings together the senior officials whom states and regional organisations have appointed"
            " for the Responsibility to Protect, to learn from each other's practice. It takes no positions, and what"
            " you write here stays among its members. {command} says more.",
            command=Markdown("`/about`"),
        )
    )
    _add(card, reader, t("What is ahead"), await _ahead(context, member))
    _add(card, reader, t("To read"), await _reading(context))
    group = region_of(member.delegation.code)
    if group is not None:
        seats = await context.services.members.seats(context.guild_id, context.services.today(context.network))
        near = [s for s in seats if region_of(s.delegation.code) == group and s.delegation.id != member.delegation.id]
        _add(card, reader, REGIONS[group], _neighbours(near, reader))
    _add(card, reader, t("Three things to do first"), _first_steps(reader))
    if context.network.privacy_contact:
        said = t("Questions of privacy: {contact}", contact=context.network.privacy_contact)
        _add(card, reader, t("Your data"), [reader.say(said)])
    return card


def _add(card: discord.Embed, reader: Reader, name: Text, lines: list[str]) -> None:
    if lines:
        card.add_field(name=reader.label(name), value="\n".join(f"• {line}" for line in lines)[:1024], inline=False)


async def _ahead(context: Context, member: Member) -> list[str]:
    reader = context.reader
    lines: list[str] = []
    today = context.services.today(context.network)
    meeting = await context.services.meetings.next(context.guild_id, today)
    if meeting is not None and meeting.cancelled_at is None and meeting.ends_on >= today:
        lines.append(
            reader.say(
                t(
                    "The annual meeting in {city}, {first} to {last}: {command} registers your delegation.",
                    city=NameIn(city_names(meeting.city, meeting.country)),
                    first=meeting.starts_on,
                    last=meeting.ends_on,
                    command=Markdown("`/meeting register`"),
                )
            )
        )
    for webinar in (await context.services.webinars.ahead(context.guild_id, context.services.clock.now()))[:_WEBINARS]:
        when = reader.stamp(webinar.starts_at, webinar.timezone)
        lines.append(reader.say(t("The webinar {title}, {when}.", title=webinar.title, when=when)))
    for poll in (await context.services.polls.polls(context.guild_id, ("open",)))[:_POLLS]:
        electors = await context.services.polls.electors(context.guild_id, poll.id)
        if any(elector.delegation_id == member.delegation.id for elector in electors):
            closes = reader.stamp(poll.plan.closes_at, poll.plan.timezone)
            lines.append(
                reader.say(t("Your vote on {question}, until {closes}.", question=poll.plan.question, closes=closes))
            )
    return lines or [reader.say(t("Nothing is planned at present; what will be stands in the announcements."))]


async def _reading(context: Context) -> list[str]:
    scope = await context.services.shelf.scope(context.guild_id, for_members=True, category="manual")
    manuals = (await context.services.shelf.browse(scope)).resources
    lines = [f"[{escaped(one.title)}]({one.url})" for one in manuals[:3]]
    lines.append(context.say(t("The shelf: {command}", command=Markdown("`/resource list`"))))
    return lines


def _neighbours(near: list[Seat], reader: Reader) -> list[str]:
    lines: list[str] = []
    for seat in in_order(near, reader.language)[:_NEIGHBOURS]:
        people = [escaped(h.person.name) for h in seat.holders if h.person.name][:2]
        name = escaped(with_flag(seat.delegation, reader.language))
        lines.append(f"{name}: {', '.join(people)}" if people else name)
    if len(near) > _NEIGHBOURS:
        lines.append(reader.say(t("All of them: {command}", command=Markdown("`/member list`"))))
    return lines


def _first_steps(reader: Reader) -> list[str]:
    steps = (
        t("Look at what the directory says about you, and correct it: {command}", command=Markdown("`/member me`")),
        t(
            "Say where you are, so that times are written for you: {command}",
            command=Markdown("`/settings timezone`"),
        ),
        t("Find a colleague: {command}", command=Markdown("`/member find`")),
    )
    return [reader.say(step) for step in steps]
