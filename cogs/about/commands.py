from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.access import COMMANDS, Asker
from bot.commands import Command
from bot.errors import NotFoundError
from bot.facts import facts
from bot.texts import Text, t
from bot.ui import Context, PersistentButton, PersistentSelect, stored_view
from cogs.about.cards import Chapter, about_card, chapter_card, help_card

if TYPE_CHECKING:
    from bot.app import Focalbot

DOINGS: Final[dict[str, Text]] = {
    "about": t("About the network"),
    "audit": t("Audit log"),
    "meeting show": t("Annual meeting"),
    "member list": t("Directory"),
    "outbox list": t("Messages owed"),
    "poll list": t("Polls"),
    "resource list": t("Resources"),
    "setup show": t("How it is set up"),
    "topic propose": t("Propose a topic"),
    "webinar list": t("Webinars"),
}
"""Commands that need nothing typed, with their buttons."""
TO_SECRETARIAT: Final = ("outbox list", "webinar list", "poll list", "member list", "audit")
TO_DELEGATES: Final = ("meeting show", "webinar list", "poll list", "topic propose", "member list")
TO_MANAGERS: Final = ("setup show", "meeting show", "webinar list", "resource list", "about")
TO_GUESTS: Final = ("meeting show", "webinar list", "resource list", "about")
CHOICES: Final = 25


class AboutCog(commands.Cog):
    """``/help`` and ``/about``."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.services = bot.services

    @app_commands.command(name="help", description=locale_str("See what you can do here"))
    async def help_(self, interaction: discord.Interaction) -> None:
        """Show the commands that the asker may use, with buttons for the likeliest."""
        context = Context.of(interaction)
        shown = chapters(self.bot.tree, context.asker)
        card = help_card(shown, menus(self.bot.tree, context.asker), _standing(context.asker), context.reader)
        buttons = [DoButton(name).labelled(context.label(DOINGS[name])) for name in likeliest(context.asker)]
        view = stored_view([*buttons, ChapterSelect.of(shown, context.asker)])
        await context.answer(embed=card, view=view)

    @app_commands.command(description=locale_str("Read what the network is, and the norm it serves"))
    async def about(self, interaction: discord.Interaction) -> None:
        """Say what the network is, with sources."""
        context = Context.of(interaction)
        seating = await self.services.seatings.of(context.guild_id, self.services.today(context.network))
        seats = seating.by_code.values()
        steering = [seat.delegation for seat in seats if seat.in_steering_group]
        card = about_card(facts("network"), len(seats), steering, context.network, context.reader)
        await context.answer(embed=card)


class DoButton(PersistentButton, custom_id="do:{command}"):
    """Does what a command without options does, for whoever may use that command."""

    command: Annotated[str, r"[\w ]+"]

    async def on_press(self, context: Context) -> None:
        """Run the command as if it had been typed."""
        level = COMMANDS.get(self.command)
        command = _command(context, self.command)
        if level is None or command is None:
            raise NotFoundError(t("The bot has changed since then: type {command} again.", command=Command("help")))
        context.asker.require(level)
        await command.callback(command.binding, context.interaction)  # pyright: ignore[reportCallIssue, reportArgumentType] - a bound command without options


class ChapterSelect(PersistentSelect, custom_id="help"):
    """The groups of commands, to read what each command does."""

    @classmethod
    def of(cls, shown: Sequence[Chapter], asker: Asker) -> Self:
        """Offer every group that the asker has commands in."""
        options = [
            discord.SelectOption(label=f"/{chapter.word}", value=chapter.word, description=chapter.about[:100])
            for chapter in shown
            if chapter.is_group
        ]
        return cls().offering(options[:CHOICES], asker.reader.label(t("Read what each command does")))

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the commands of the group that the asker may use now."""
        found = [c for c in chapters(context.tree, context.asker) if c.word == values[0]]
        if not found:
            raise NotFoundError(t("The bot has changed since then: type {command} again.", command=Command("help")))
        await context.answer(embed=chapter_card(found[0], context.reader))


def chapters(tree: app_commands.CommandTree[Any], asker: Asker) -> list[Chapter]:
    """Return the commands that the asker may use, by their first word."""
    shown: list[Chapter] = []
    for root in tree.get_commands(type=discord.AppCommandType.chat_input):
        leaves = root.walk_commands() if isinstance(root, app_commands.Group) else [root]
        allowed = [
            (leaf.qualified_name, asker.reader.say(Text(leaf.description)))
            for leaf in leaves
            if isinstance(leaf, app_commands.Command) and asker.may(COMMANDS[leaf.qualified_name])
        ]
        if allowed:
            shown.append(Chapter(root.name, asker.reader.say(Text(root.description)), allowed))
    return shown


def menus(tree: app_commands.CommandTree[Any], asker: Asker) -> list[str]:
    """Return the entries that the asker may use in the menu on a person."""
    entries = tree.get_commands(type=discord.AppCommandType.user)
    return [entry.name for entry in entries if asker.may(COMMANDS[entry.qualified_name])]


def _command(context: Context, name: str) -> app_commands.Command[Any, ..., Any] | None:
    found = [c for c in context.tree.walk_commands() if c.qualified_name == name]
    return next((c for c in found if isinstance(c, app_commands.Command)), None)


def likeliest(asker: Asker) -> Sequence[str]:
    """Return the commands that the asker most likely wants next, best first: five at most, a row of buttons."""
    if asker.is_secretariat:
        return TO_SECRETARIAT
    if asker.is_member:
        return TO_DELEGATES
    return TO_MANAGERS if asker.manages_server else TO_GUESTS


def _standing(asker: Asker) -> Text:
    if asker.is_secretariat:
        return t("You are with the secretariat of this network.")
    if asker.is_member:
        return t("You are a member of this network.")
    if asker.manages_server:
        return t("You manage this server: start with {command}.", command=Command("setup show"))
    return t(
        "You are a guest here. With an invitation code from the secretariat, {command} makes you a member.",
        command=Command("member claim"),
    )
