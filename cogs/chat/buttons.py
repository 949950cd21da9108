"""Buttons and lists of the conversation. A message is read again from Discord: nothing of it is kept."""

from collections.abc import Sequence

import discord

from bot.languages import LANGUAGES, OWN_NAMES, Language
from bot.ui import Context, Form, PersistentButton, PersistentSelect, Zone
from cogs.chat.answers import choices_of, run
from cogs.chat.original_message import read_original
from cogs.chat.pass_on import show_before_sending
from cogs.chat.understanding import read
from cogs.chat.understanding.cleaning import link


class SendButton(PersistentButton, custom_id="chat:send:{message_id}"):
    """*Send to the secretariat* below an answer: shows the message as the secretariat would get it."""

    message_id: int

    async def on_press(self, context: Context) -> None:
        """Show it; a second press sends it."""
        message = await read_original(context, self.message_id)
        await show_before_sending(context, message.clean_content)


class ZoneButton(PersistentButton, custom_id="chat:zone:{zone}"):
    """*Use this time zone*: what ``/settings timezone`` does."""

    zone: Zone

    async def on_press(self, context: Context) -> None:
        """Choose the zone."""
        await run(context, "settings timezone", {"zone": self.zone})


class LanguageButton(PersistentButton, custom_id="chat:language:{language}"):
    """One of the languages: what ``/settings language`` does."""

    language: Language

    @classmethod
    def choices(cls, named: str) -> Sequence["LanguageButton"]:
        """Return the button of the language that was ``named``, all three where it is none of them."""
        offered: Sequence[Language] = [one for one in LANGUAGES if one == named] or LANGUAGES
        return [cls(one).labelled(OWN_NAMES[one]) for one in offered]

    async def on_press(self, context: Context) -> None:
        """Choose the language."""
        await run(context, "settings language", {"language": self.language})


class SuggestSelect(PersistentSelect, custom_id="chat:suggest:{message_id}"):
    """The kinds of document: each opens the form of ``/resource suggest``, with the message's link filled in."""

    message_id: int

    @classmethod
    def of(cls, context: Context, message_id: int) -> "SuggestSelect":
        """Return the list for a message."""
        return cls(message_id).offering(choices_of(context, "resource suggest", "category"))

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Open the form."""
        message = await read_original(context, self.message_id)
        typed = {"url": link(message.content) or "", "title": ""}
        await run(context, "resource suggest", {**typed, "category": values[0]})


class NominateSelect(PersistentSelect, custom_id="chat:nominate:{message_id}"):
    """The posts of one's own delegations: each opens the form of ``/member nominate``, with the name filled in."""

    message_id: int

    @classmethod
    async def of(cls, context: Context, message_id: int) -> "NominateSelect":
        """Return the list for a message: the roles, for each delegation of who asks."""
        own = {post.delegation_id for post in context.asker.appointments}
        seats = [s for s in await context.services.members.delegations(context.guild_id) if s.id in own]
        options = [
            discord.SelectOption(
                label=role.label if len(seats) == 1 else f"{seat.code}: {role.label}", value=f"{seat.code}:{role.value}"
            )
            for seat in seats
            for role in choices_of(context, "member nominate", "role")
        ]
        return cls(message_id).offering(options[:25])

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Open the form."""
        message = await read_original(context, self.message_id)
        named = [one.slots["person"] for one in read(message.content).asked if "person" in one.slots]
        code, _, role = values[0].partition(":")
        await Form.classes["nominate"](code, role, "0", "").show(context, {"name": named[0] if named else ""})
