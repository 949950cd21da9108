"""What a newcomer is shown: what the network is, what is ahead, who is near, what to do first."""

from collections.abc import Sequence

import discord

from bot.commands import Command
from bot.labels import REGIONS
from bot.names import city_names
from bot.names.delegation_names import in_order, with_flag
from bot.texts import NameIn, Reader, Text, escaped, t
from cogs.members.directory.cards import COLOUR
from cogs.members.joining.rules import Welcome
from storage.members.models import Seat
from storage.models import Network

_NEIGHBOURS = 12


def welcome_card(welcome: Welcome, network: Network, reader: Reader) -> discord.Embed:
    """Return the card for somebody who has just got in."""
    card = discord.Embed(title=reader.label(t("Welcome to the network")), colour=COLOUR)
    card.description = reader.say(
        t(
            "The network brings together the senior officials whom states and regional organisations have appointed"
            " for the Responsibility to Protect, to learn from each other's practice. It takes no positions, and what"
            " you write here stays among its members. {command} says more.",
            command=Command("about"),
        )
    )
    _add(card, reader, t("What is ahead"), _ahead(welcome, reader))
    _add(card, reader, t("To read"), _reading(welcome, reader))
    if welcome.region is not None:
        _add(card, reader, REGIONS[welcome.region], _neighbours(welcome.neighbours, reader))
    _add(card, reader, t("Three things to do first"), _first_steps(reader))
    if network.privacy_contact:
        said = t("Questions of privacy: {contact}", contact=network.privacy_contact)
        _add(card, reader, t("Your data"), [reader.say(said)])
    return card


def _add(card: discord.Embed, reader: Reader, name: Text, lines: list[str]) -> None:
    if lines:
        card.add_field(name=reader.label(name), value="\n".join(f"• {line}" for line in lines)[:1024], inline=False)


def _ahead(welcome: Welcome, reader: Reader) -> list[str]:
    lines: list[str] = []
    meeting = welcome.meeting
    if meeting is not None:
        lines.append(
            reader.say(
                t(
                    "The annual meeting in {city}, {first} to {last}: {command} registers your delegation.",
                    city=NameIn(city_names(meeting.city, meeting.country)),
                    first=meeting.starts_on,
                    last=meeting.ends_on,
                    command=Command("meeting register"),
                )
            )
        )
    for webinar in welcome.webinars:
        when = reader.stamp(webinar.starts_at, webinar.timezone)
        lines.append(reader.say(t("The webinar {title}, {when}.", title=webinar.title, when=when)))
    for poll in welcome.polls:
        closes = reader.stamp(poll.plan.closes_at, poll.plan.timezone)
        lines.append(
            reader.say(t("Your vote on {question}, until {closes}.", question=poll.plan.question, closes=closes))
        )
    return lines or [reader.say(t("Nothing is planned yet. New events are posted in the announcements."))]


def _reading(welcome: Welcome, reader: Reader) -> list[str]:
    lines = [f"[{escaped(one.title)}]({one.url})" for one in welcome.manuals]
    lines.append(reader.say(t("The shelf: {command}", command=Command("resource list"))))
    return lines


def _neighbours(near: Sequence[Seat], reader: Reader) -> list[str]:
    lines: list[str] = []
    for seat in in_order(near, reader.language)[:_NEIGHBOURS]:
        people = [escaped(h.person.name) for h in seat.holders if h.person.name][:2]
        name = escaped(with_flag(seat.delegation, reader.language))
        lines.append(f"{name}: {', '.join(people)}" if people else name)
    if len(near) > _NEIGHBOURS:
        lines.append(reader.say(t("All of them: {command}", command=Command("member list"))))
    return lines


def _first_steps(reader: Reader) -> list[str]:
    steps = (
        t("Look at what the directory says about you, and correct it: {command}", command=Command("member me")),
        t(
            "Say where you are, so that times are written for you: {command}",
            command=Command("settings timezone"),
        ),
        t("Find a colleague: {command}", command=Command("member find")),
    )
    return [reader.say(step) for step in steps]
