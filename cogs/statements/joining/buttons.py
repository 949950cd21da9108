"""*Join*, *Ask for more time* and *No more reminders*: they outlive restarts, and work in direct messages."""

from typing import Any

import discord
from discord import ui

from bot.documents import files_of
from bot.names.delegation_names import with_code
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.statements import cards, queries, sentences
from cogs.statements.joining import join, marks
from cogs.statements.joining.withdraw import not_yours
from storage.members.models import Delegation
from storage.statements.models import Statement


class JoinButton(PersistentButton, custom_id="statement:join:{guild_id}:{statement_id}:{version}"):
    """*Join*, under that version of a statement's text."""

    guild_id: int
    statement_id: int
    version: int

    async def on_press(self, context: Context) -> None:
        """Ask for the confirmation; somebody who speaks for several delegations says first for which."""
        await choose_and_join(context, await queries.statement_of(context, self.statement_id), self.version)


class JoinAnyVersionButton(PersistentButton, custom_id="statement:join:{guild_id}:{statement_id}"):
    """*Join* as it was before it named the version: below which text it is, is not known."""

    guild_id: int
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Show the text as it is now, with a button that joins it."""
        await choose_and_join(context, await queries.statement_of(context, self.statement_id), None)


class JoinForButton(PersistentButton, custom_id="statement:for:{guild_id}:{statement_id}:{delegation_id}:{version}"):
    """One of several delegations that a person speaks for."""

    guild_id: int
    statement_id: int
    delegation_id: int
    version: int

    async def on_press(self, context: Context) -> None:
        """Ask for that delegation's confirmation."""
        await _join_for(context, self.statement_id, self.delegation_id, self.version)


class JoinAnyVersionForButton(PersistentButton, custom_id="statement:for:{guild_id}:{statement_id}:{delegation_id}"):
    """The same as it was before it named the version."""

    guild_id: int
    statement_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Show the text as it is now, with a button that joins it."""
        await _join_for(context, self.statement_id, self.delegation_id, None)


class MoreTimeButton(PersistentButton, custom_id="statement:more_time:{guild_id}:{statement_id}"):
    """*Ask for more time*: a note between the person and the bot."""

    guild_id: int
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Keep the note, and say what follows."""
        await marks.ask_for_more_time(context, await queries.statement_of(context, self.statement_id))


class NoRemindersButton(PersistentButton, custom_id="statement:no_reminders:{guild_id}:{statement_id}"):
    """*No more reminders*: of this statement, for this person."""

    guild_id: int
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Keep that, and say what follows."""
        await marks.stop_reminders(context, await queries.statement_of(context, self.statement_id))


async def choose_and_join(context: Context, statement: Statement, version: int | None) -> None:
    """Ask for the confirmation; somebody who speaks for several delegations says first for which.

    ``version`` is that of the text below which they pressed (None: unknown). Where it is another one by now, nothing
    is asked, and the text as it is now is shown.
    """
    own = await join.own_to_join(context, statement)
    if version != statement.version:
        await _show_text(context, statement, is_new=version is not None)
        return
    if len(own) == 1:
        await join.ask_to_join(context, statement, own[0])
        return
    buttons = [_for_button(statement, delegation, context.reader) for delegation in own]
    question = t("You speak for several delegations: for which one do you join?")
    await context.answer(question, view=stored_view(buttons[:25]))


async def _join_for(context: Context, statement_id: int, delegation_id: int, version: int | None) -> None:
    statement = await queries.statement_of(context, statement_id)
    own = await join.own_to_join(context, statement)
    delegation = next((one for one in own if one.id == delegation_id), None)
    if delegation is None:
        raise not_yours()
    if version != statement.version:
        await _show_text(context, statement, is_new=version is not None)
        return
    await join.ask_to_join(context, statement, delegation)


async def _show_text(context: Context, statement: Statement, *, is_new: bool) -> None:
    """Show the text as it is now, with its buttons: in the server with its files, in direct messages without."""
    if not context.is_direct:
        await context.acknowledge()
    details = await queries.details_of(context.services, statement, context.reader.language, with_names=False)
    card = cards.statement_card(details, context.reader, with_link=not context.is_direct)
    said = [sentences.new_text(statement) if is_new else sentences.text_now(statement)]
    said += [sentences.IN_THE_SERVER] if context.is_direct else []
    files = [] if context.is_direct else await files_of(context.services, details.documents)
    view = stored_view(join_buttons(statement, context.reader, to_person=True))
    await context.answer(" ".join(map(context.say, said)), embed=card, view=view, files=files)


def join_buttons(statement: Statement, reader: Reader, *, to_person: bool) -> list[ui.Item[Any]]:
    """Return the buttons under a statement that takes joinings; *No more reminders* only in what people are sent."""
    key = (statement.guild_id, statement.id)
    joins = JoinButton(*key, statement.version)
    buttons: list[ui.Item[Any]] = [joins.labelled(reader.label(sentences.JOIN), discord.ButtonStyle.success)]
    if statement.state == "open":
        buttons.append(MoreTimeButton(*key).labelled(reader.label(sentences.MORE_TIME)))
    if statement.state == "open" and to_person:
        buttons.append(NoRemindersButton(*key).labelled(reader.label(sentences.NO_REMINDERS)))
    return buttons


def _for_button(statement: Statement, delegation: Delegation, reader: Reader) -> JoinForButton:
    button = JoinForButton(statement.guild_id, statement.id, delegation.id, statement.version)
    return button.labelled(with_code(delegation, reader.language))
