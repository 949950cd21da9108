"""The secretariat's list of claims."""

from collections.abc import Sequence

import discord

from bot.names.delegation_names import with_code
from bot.texts import Reader, escaped, t
from cogs.members.claims import sentences
from cogs.members.claims.rules import ClaimedSeat
from cogs.members.directory.cards import COLOUR


def list_card(seats: Sequence[ClaimedSeat], reader: Reader) -> discord.Embed:
    """Show each claim under its number: the delegation, the person, the account, and what was decided."""
    card = discord.Embed(title=reader.label(t("Whose accounts are these?")), colour=COLOUR)
    if any(seat.claim.state == "waiting" for seat in seats):
        card.description = reader.say(sentences.HOW_TO_TELL)
    for number, seat in enumerate(seats, 1):
        who = f"**{escaped(sentences.person_of(seat, reader))}**"
        if seat.member is not None:
            who += f" · {escaped(seat.member.roles(reader))}"
        since = reader.stamp(seat.claim.claimed_at, style="f")
        lines = [who, f"👤 {sentences.account_of(seat, reader)} · {since}"]
        if seat.claim.state != "waiting":
            lines.append(f"*{reader.say(sentences.STATES[seat.claim.state])}*")
        name = f"{number}. {with_code(seat.delegation, reader.language)}"
        card.add_field(name=name, value="\n".join(lines), inline=False)
    return card
