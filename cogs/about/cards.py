from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.naming import with_flag
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from storage.models import Delegation, Network

COLOUR: Final = discord.Colour(0x1F6FB2)
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
        named = reader.listing([with_flag(delegation, reader.language) for delegation in steering])
        card.add_field(name="⭐ " + reader.label(t("Steering group")), value=str(escaped(named))[:1024], inline=False)
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


def help_card(groups: Mapping[str, Sequence[tuple[str, str]]], who: Text, reader: Reader) -> discord.Embed:
    """Show the commands that the reader may use, group by group, each with what it does."""
    card = discord.Embed(title=reader.label(t("What you can do here")), description=reader.say(who), colour=COLOUR)
    for heading, commands in groups.items():
        lines = [f"`/{name}` {description}" for name, description in commands]
        card.add_field(name=f"/{heading}", value="\n".join(lines)[:1024], inline=False)
    return card
