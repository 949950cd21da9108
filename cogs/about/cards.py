from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import discord

from bot.languages import Language
from bot.names.delegation_names import with_flag
from bot.texts import Listing, Markdown, Reader, Text, escaped, nt, t
from bot.ui import add_fields, colours, joined
from storage.members.models import Delegation
from storage.models import Network

COLOUR: Final = colours.NETWORK
PILLARS: Final = (
    t("Every State has the responsibility to protect its populations from the four crimes."),
    t(
        "The international community has the responsibility to encourage and assist States in meeting that"
        " responsibility."
    ),
    t(
        "Where a State manifestly fails to protect its populations, the international community is prepared to take"
        " timely and decisive collective action, through the Security Council, in accordance with the Charter, case"
        " by case."
    ),
)
"""From bot/data/network.json, ``norm.pillars``; a test holds the English texts against it."""


def about_card(
    facts: Mapping[str, Any], seated: int, steering: Sequence[Delegation], network: Network, reader: Reader
) -> discord.Embed:
    """Say what the network is, what norm it serves, and whom to ask; with sources."""
    card = discord.Embed(title=reader.label(t("The Global Network of R2P Focal Points")), colour=COLOUR)
    card.description = reader.say(
        t(
            "A focal point is a senior official whom a state or a regional organisation has appointed for the"
            " Responsibility to Protect (R2P). The network brings them together: to learn from each other's practice,"
            " not to take positions."
        )
    )
    card.add_field(name=reader.label(t("The network")), value=_network(facts, seated, reader), inline=False)
    if steering:
        named = [str(escaped(with_flag(delegation, reader.language))) for delegation in steering]
        add_fields(card, [("⭐ " + reader.label(t("Steering group")), named)], reader)
    card.add_field(name=reader.label(t("The norm and its three pillars")), value=_norm(reader), inline=False)
    card.add_field(name=reader.label(t("Secretariat")), value=_secretariat(facts), inline=False)
    if network.privacy_contact:
        name = reader.label(t("Your data"))
        said = t("Questions of privacy: {contact}", contact=network.privacy_contact)
        card.add_field(name=name, value=reader.say(said), inline=False)
    return card


def _network(facts: Mapping[str, Any], seated: int, reader: Reader) -> str:
    size = facts["size"]
    said = t(
        "{states} states and {organisations} regional organisations, as last published ([source]({source})).",
        states=size["states"],
        organisations=len(size["organisations"]),
        source=Markdown(size["source"]),
    )
    here = nt(
        "{count} delegation has a seat on this server.", "{count} delegations have a seat on this server.", seated
    )
    return f"{reader.say(said)}\n{reader.say(here)}"


def _norm(reader: Reader) -> str:
    agreed = t(
        "Agreed by all at the 2005 World Summit ({resolution}, paragraphs 138-139), against genocide, war crimes,"
        " ethnic cleansing and crimes against humanity. The pillars follow the Secretary-General's report {report}.",
        resolution="A/RES/60/1",
        report="A/63/677 (2009)",
    )
    pillars = "\n".join(f"**{number}** · {reader.say(pillar)}" for number, pillar in enumerate(PILLARS, start=1))
    return f"{pillars}\n{reader.say(agreed)}"


def _secretariat(facts: Mapping[str, Any]) -> str:
    secretariat = facts["secretariat"]
    return f"[{secretariat['name']}]({secretariat['url']})"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Commands that begin with the same word, each with what it does; ``about`` says what they share."""

    word: str
    about: Text
    commands: Sequence[tuple[str, Text]]

    @property
    def is_group(self) -> bool:
        """Whether there is more to read than the one line."""
        return [name for name, _ in self.commands] != [self.word]


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """What people of the same levels may use: the commands, and the entries in the menu on a person.

    Made once and never changed: what is written of it is kept by which it is.
    """

    chapters: Sequence[Chapter]
    menus: Sequence[str]


def help_card(offered: Offered, who: Text, reader: Reader) -> discord.Embed:
    """Show the commands that the reader may use, chapter by chapter, and the entries in the menu on a person."""
    lines = [reader.say(who), "", *_help_lines(offered, reader.language)]
    return discord.Embed(
        title=reader.label(t("What you can do here")), description=joined(lines, reader), colour=COLOUR
    )


@lru_cache(maxsize=64)
def _help_lines(offered: Offered, language: Language) -> Sequence[str]:
    # No command is mentioned and no time said: all who read the language read the same.
    reader = Reader(language, "UTC")
    lines: list[str] = []
    for chapter in offered.chapters:
        lines.append(f"**/{chapter.word}** · {reader.say(chapter.about)}")
        if chapter.is_group:
            lines.append(" ".join(f"`/{name}`" for name, _ in chapter.commands))
    if offered.menus:
        entries = Listing(Markdown(f"`{name}`") for name in offered.menus)
        lines.append(reader.say(t("In the menu on a person, under *Apps*: {entries}", entries=entries)))
    return lines


def chapter_card(chapter: Chapter, reader: Reader) -> discord.Embed:
    """Show what each command of a chapter does."""
    lines = [f"`/{name}` · {reader.say(description)}" for name, description in chapter.commands]
    return discord.Embed(title=f"/{chapter.word}", description=joined(lines, reader), colour=COLOUR)
