"""What previews say of the message to a predecessor, who may be left out. No role of its own: for all that end one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import discord

from bot.reach_sentences import who_is_informed
from bot.texts import Text
from bot.ui import Choice, Context
from cogs.members.posts import sentences
from cogs.members.posts.cards import handing_over_card
from storage.members.models import Appointment, Delegation

SILENT: Final = "silent"
"""In a draft's payload: whether the predecessor is not written to (a recall, a coup)."""


def is_silent(payload: Mapping[str, object]) -> bool:
    """Tell whether the draft leaves the predecessor's message out."""
    return bool(payload.get(SILENT))


async def ask_with_farewell(
    context: Context,
    kinds: tuple[str, str],
    payload: Mapping[str, object],
    questions: Sequence[Text],
    leaving: tuple[str, Delegation, Sequence[Appointment], date],
) -> None:
    """Ask ``questions``, say what those who leave will be sent, and offer to leave it out.

    ``kinds`` are those of *Confirm* and of the button that asks again with the message left out, or put back.
    ``leaving`` is the person's name, the delegation, the posts that end, and their last day.
    """
    name, delegation, posts, last = leaving
    reader = context.reader
    lines = [context.say(question) for question in questions]
    embeds: list[discord.Embed] = []
    choices = [Choice(kinds[0], style=discord.ButtonStyle.danger)]
    if posts and is_silent(payload):
        lines.append(context.say(sentences.will_not_be_sent(name)))
        choices.insert(0, Choice(kinds[1], sentences.WRITE, discord.ButtonStyle.secondary))
    elif posts:
        said = " ".join(reader.say(sentences.thanks(post.role, delegation, last, reader)) for post in posts)
        lines.append(sentences.will_be_sent(name, said, reader))
        lines.append(await who_is_informed(context.services, context.guild_id, [posts[0].person_id], reader))
        embeds.append(handing_over_card(reader))
        choices.insert(0, Choice(kinds[1], sentences.DO_NOT_WRITE, discord.ButtonStyle.secondary))
    await context.ask(choices[::-1], payload, "\n".join(lines), embeds=embeds)
