from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Final, Self

import discord

from bot.access import COMMANDS
from bot.commands import Command
from bot.errors import NotFoundError
from bot.languages import Language
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, PersistentSelect
from cogs.about.cards import Offered, chapter_card
from cogs.about.command_tree import command_named, offered

CHOICES: Final = 25


@lru_cache(maxsize=64)
def _chapter_options(offered: Offered, language: Language) -> Sequence[discord.SelectOption]:
    """Return the groups of commands to choose from."""
    reader = Reader(language, "UTC")
    return [
        discord.SelectOption(label=f"/{chapter.word}", value=chapter.word, description=reader.say(chapter.about)[:100])
        for chapter in offered.chapters
        if chapter.is_group
    ]


class CommandButton(PersistentButton, custom_id="do:{command}"):
    """Does what a command without options does, for those who may use that command."""

    command: Annotated[str, r"[\w ]+"]

    async def on_press(self, context: Context) -> None:
        """Run the command as if it had been typed."""
        level = COMMANDS.get(self.command)
        command = command_named(context.tree, self.command)
        if level is None or command is None:
            raise NotFoundError(t("The bot has changed since then: type {command} again.", command=Command("help")))
        context.asker.require(level)
        await command.callback(command.binding, context.interaction)  # pyright: ignore[reportCallIssue, reportArgumentType] - a bound command without options


class ChapterSelect(PersistentSelect, custom_id="help"):
    """The groups of commands, to read what each command does."""

    @classmethod
    def of(cls, shown: Offered, reader: Reader) -> Self:
        """Offer every group that there is something of."""
        options = _chapter_options(shown, reader.language)
        return cls().offering(options[:CHOICES], reader.label(t("Read what each command does")))

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the commands of the group that the asker may use now."""
        found = [c for c in offered(context.tree, context.asker).chapters if c.word == values[0]]
        if not found:
            raise NotFoundError(t("The bot has changed since then: type {command} again.", command=Command("help")))
        await context.answer(embed=chapter_card(found[0], context.reader))
