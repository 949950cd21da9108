"""The one card that welcomes, what is behind its buttons, and what is still undone a week later."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.commands import Command
from bot.labels import REGIONS
from bot.names import RegionalGroup
from bot.names.delegation_names import in_order, with_flag
from bot.pending import Awaited, described
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui.embed_limits import joined
from cogs.members.directory.cards import COLOUR
from cogs.members.welcome.rules import Welcome
from storage.members.models import Seat
from storage.resources.models import Resource

_LISTED: Final = 5


def welcome_card(welcome: Welcome, reader: Reader) -> discord.Embed:
    """Show in about ten lines what the network is, what awaits the newcomer, and where their data is."""
    card = discord.Embed(title=reader.label(t("Welcome to the network")), colour=COLOUR)
    what = t(
        "The network brings together the senior officials whom states and regional organisations have appointed"
        " for the Responsibility to Protect, to learn from each other's practice. It takes no positions, and what"
        " you write here stays among its members. {command} says more.",
        command=Command("about"),
    )
    lines = [_awaiting(welcome.awaited, reader)]
    if welcome.predecessor is not None:
        lines.append(t("Your predecessor's registration, ballots in open polls and reminders are yours now."))
    lines += [_entered(welcome), t("Say where you are, so that times are written for you: {command}", command=_ZONE)]
    if welcome.region is not None and welcome.neighbours:
        lines.append(
            nt(
                "{count} other delegation is in your regional group: {region}.",
                "{count} other delegations are in your regional group: {region}.",
                welcome.neighbours,
                region=REGIONS[welcome.region],
            )
        )
    lines.append(t("Take your data with you with {export}, or have it erased with {erase}.", **PRIVACY_COMMANDS))
    if welcome.privacy_contact:
        lines.append(t("Questions of privacy: {contact}", contact=welcome.privacy_contact))
    card.description = "\n".join([reader.say(what), "", *(f"• {reader.say(line)}" for line in lines)])
    return card


_ZONE: Final = Command("settings timezone")
PRIVACY_COMMANDS: Final = {"export": Command("privacy export"), "erase": Command("privacy erase")}


def entered_by(nominator: str | None) -> Text:
    """Say who entered somebody's name and post: the person who nominated them, else (None) the secretariat."""
    if nominator == "":
        return t("Your delegation nominated you and entered your name and post.")
    if nominator is not None:
        return t("{person} nominated you and entered your name and post.", person=nominator)
    return t("The secretariat entered your name and post.")


def _entered(welcome: Welcome) -> Text:
    return t(
        "{entered} See and correct what the directory says with {command}.",
        entered=entered_by(welcome.nominator),
        command=Command("member me"),
    )


def _awaiting(awaited: Sequence[Awaited], reader: Reader) -> Text:
    binding = [one for one in awaited if not one.is_optional]
    if not binding:
        return t("Nothing awaits your delegation at the moment.")
    first = binding[0]
    if first.until is None:
        return nt("{count} thing awaits your delegation.", "{count} things await your delegation.", len(binding))
    return nt(
        "{count} thing awaits your delegation, until {moment}.",
        "{count} things await your delegation, the first until {moment}.",
        len(binding),
        moment=Markdown(reader.stamp(first.until, first.zone, "f")),
    )


def undone_card(awaited: Sequence[Awaited], reader: Reader) -> discord.Embed:
    """List what still awaits somebody's delegation, the first deadlines first."""
    lines = [described(one, number, reader) for number, one in enumerate(awaited[:_LISTED], 1)]
    if len(awaited) > _LISTED:
        lines.append(reader.say(t("All of it: {command}", command=Command("pending"))))
    return discord.Embed(description=joined(lines, reader), colour=COLOUR)


def neighbours_card(region: RegionalGroup, seats: Sequence[Seat], reader: Reader) -> discord.Embed:
    """Show the other delegations of a regional group with their people."""
    lines: list[str] = []
    for seat in in_order(seats, reader.language):
        people = [escaped(h.person.name) for h in seat.holders if h.person.name]
        name = escaped(with_flag(seat.delegation, reader.language))
        lines.append(f"{name}: {', '.join(people)}" if people else name)
    lines.append(reader.say(t("Look a colleague up: {command}", command=Command("member find"))))
    title = reader.label(REGIONS[region])
    return discord.Embed(title=title, description=joined(lines, reader), colour=COLOUR)


def manuals_card(manuals: Sequence[Resource], reader: Reader) -> discord.Embed:
    """Show the manuals that the shelf holds, as links."""
    lines = [f"[{escaped(one.title)}]({one.url})" for one in manuals]
    lines.append(reader.say(t("The library: {command}", command=Command("resource list"))))
    return discord.Embed(title=reader.label(t("Manuals")), description=joined(lines, reader), colour=COLOUR)
