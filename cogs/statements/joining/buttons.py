"""*Join*, *Ask for more time* and *No more reminders*: they outlive restarts, and work in direct messages."""

from typing import Any

import discord
from discord import ui

from bot.names.delegation_names import with_code
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.statements import queries, sentences
from cogs.statements.joining import join, marks
from cogs.statements.joining.withdraw import not_yours
from storage.members.models import Delegation
from storage.statements.models import Statement


class JoinButton(PersistentButton, custom_id="statement:join:{guild_id}:{statement_id}"):
    """*Join*, under a statement."""

    guild_id: int
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Ask for the confirmation; somebody who speaks for several delegations says first for which."""
        await choose_and_join(context, await queries.statement_of(context, self.statement_id))


class JoinForButton(PersistentButton, custom_id="statement:for:{guild_id}:{statement_id}:{delegation_id}"):
    """One of several delegations that a person speaks for."""

    guild_id: int
    statement_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Ask for that delegation's confirmation."""
        statement = await queries.statement_of(context, self.statement_id)
        own = await join.own_to_join(context, statement)
        delegation = next((one for one in own if one.id == self.delegation_id), None)
        if delegation is None:
            raise not_yours()
        await join.ask_to_join(context, statement, delegation)


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


async def choose_and_join(context: Context, statement: Statement) -> None:
    """Ask for the confirmation; somebody who speaks for several delegations says first for which."""
    own = await join.own_to_join(context, statement)
    if len(own) == 1:
        await join.ask_to_join(context, statement, own[0])
        return
    buttons = [_for_button(statement, delegation, context.reader) for delegation in own]
    question = t("You speak for several delegations: for which one do you join?")
    await context.answer(question, view=stored_view(buttons[:25]))


def join_buttons(statement: Statement, reader: Reader, *, to_person: bool) -> list[ui.Item[Any]]:
    """Return the buttons under a statement that takes joinings; *No more reminders* only in what people are sent."""
    key = (statement.guild_id, statement.id)
    buttons: list[ui.Item[Any]] = [JoinButton(*key).labelled(reader.label(sentences.JOIN), discord.ButtonStyle.success)]
    if statement.state == "open":
        buttons.append(MoreTimeButton(*key).labelled(reader.label(sentences.MORE_TIME)))
    if statement.state == "open" and to_person:
        buttons.append(NoRemindersButton(*key).labelled(reader.label(sentences.NO_REMINDERS)))
    return buttons


def _for_button(statement: Statement, delegation: Delegation, reader: Reader) -> JoinForButton:
    button = JoinForButton(statement.guild_id, statement.id, delegation.id)
    return button.labelled(with_code(delegation, reader.language))
