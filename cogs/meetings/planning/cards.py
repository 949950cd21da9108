"""Whom a meeting invites, for the secretariat."""

import discord

from bot.texts import Reader, escaped, nt
from bot.ui import add_lines, colours
from cogs.meetings.sentences import Delegations
from storage.meetings.models import Meeting


def invited_card(meeting: Meeting, delegations: Delegations, reader: Reader) -> discord.Embed:
    """List the delegations that a meeting invites, in the reader's alphabet."""
    card = discord.Embed(colour=colours.EVENT)
    codes = delegations.in_order(meeting.invited, reader.language)
    lines = [escaped(delegations.with_flag(code, reader.language)) for code in codes]
    heading = nt("{count} delegation is invited", "{count} delegations are invited", len(codes))
    add_lines(card, reader.label(heading), lines, reader)
    return card
