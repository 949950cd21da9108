"""No role of its own: what answers a question, the ways of ``questions/answers.yaml`` tried in order."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, cast

import discord
from discord import app_commands

from bot.access import COMMANDS
from bot.delegations import seating_of
from bot.errors import UserError, explain
from bot.invitations import next_of, visible_meetings
from bot.meeting_choice import kinds_named, option_value
from bot.texts import Text
from bot.ui import Context, plain_button, stored_view
from bot.ui.message_interaction import NeedsPressError
from cogs.chat import sentences
from cogs.chat.understanding import Asked
from cogs.chat.understanding.features import folded
from cogs.chat.understanding.model import learned
from storage.meetings.models import Meeting

OwnAnswer = Callable[[Context, Asked], Awaitable[None]]
OWN_ANSWERS: Final[dict[str, OwnAnswer]] = {}
"""What the room says itself, filled when the room is loaded: it runs commands as well."""
_NO_OPTIONS: Final[Mapping[str, str]] = {}


async def answer(context: Context, asked: Asked) -> None:
    """Answer as the command would, privately; whatever goes wrong becomes the answer."""
    ways = learned().answers[asked.intent]
    try:
        slots = {**await _looked_up(context, ways, asked.slots.get("text", "")), **asked.slots}
        for way in ways:
            options = _options(way, slots)
            if options is not None and ("own" in way or "typed" in way or command_of(context, way["command"])):
                await _go(context, asked, way, options)
                return
    except UserError as error:
        await context.answer(error.text)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong becomes an answer, as with commands
        await context.answer(explain(error))


async def _go(context: Context, asked: Asked, way: Mapping[str, Any], options: Mapping[str, str]) -> None:
    if "own" in way:
        await OWN_ANSWERS[way["own"]](context, asked)
        return
    if "typed" in way:
        context.asker.require(COMMANDS[way["typed"]])
        await context.answer(sentences.typed(way["typed"]))
        return
    command: str = way["command"]
    context.asker.require(COMMANDS[command])
    if way.get("server") and context.is_direct:
        await context.answer(sentences.on_the_server(command), view=stored_view([context.server_button()]))
    elif "press" in way:
        await show_button(context, command, way["press"])
    else:
        await run(context, command, options)


async def run(context: Context, name: str, options: Mapping[str, str] = _NO_OPTIONS) -> None:
    """Run a command as if it had been typed with these options; what opens a form is shown as a button."""
    command = command_of(context, name)
    assert command is not None, "only commands that the bot has are run"  # noqa: S101 - narrows the type
    try:
        await cast(Any, command.callback)(command.binding, context.interaction, **options)
    except NeedsPressError:
        await show_button(context, name, f"do:{name}")


async def show_button(context: Context, name: str, custom_id: str) -> None:
    """Show the button that does what a command does."""
    label = context.label(sentences.LABELS[name]) if name in sentences.LABELS else f"/{name}"
    await context.answer(sentences.offered_press(name), view=stored_view([plain_button(custom_id, label)]))


def command_of(context: Context, name: str) -> app_commands.Command[Any, ..., Any] | None:
    """Return the bot's command of that name; None where it has none."""
    found = (c for c in context.tree.walk_commands() if c.qualified_name == name)
    return next((c for c in found if isinstance(c, app_commands.Command)), None)


def choices_of(context: Context, command: str, option: str) -> list[discord.SelectOption]:
    """Return the choices of a command's option as those of a list, in the reader's language."""
    found = command_of(context, command)
    parameter = found.get_parameter(option) if found is not None else None
    choices = parameter.choices if parameter is not None else []
    return [discord.SelectOption(label=context.label(Text(one.name)), value=str(one.value)) for one in choices]


def _options(way: Mapping[str, Any], slots: Mapping[str, str]) -> dict[str, str] | None:
    """Return the options of a way with what fills them; None where a slot is empty."""
    filled: dict[str, str] = {}
    for option, source in way.get("options", {}).items():
        value = source[1:] if source.startswith("=") else slots.get(source)
        if not value:
            return None
        filled[option] = value
    return filled


async def _looked_up(context: Context, ways: Sequence[Mapping[str, Any]], text: str) -> dict[str, str]:
    """Return the slots that need the network, as far as ``ways`` use them."""
    used = {source for way in ways for source in way.get("options", {}).values()}
    services, found = context.services, dict[str, str]()
    if "next_webinar" in used:
        ahead = await services.webinars.ahead(context.guild_id, services.clock.now())
        found |= {"next_webinar": f"#{ahead[0].id}"} if ahead else {}
    if "named_meeting" in used:
        meeting = await meeting_named(context, text)
        found |= {"named_meeting": option_value(meeting)} if meeting is not None else {}
    if "last_poll" in used and context.asker.may(COMMANDS["poll results"]):
        closed = await services.polls.polls(context.guild_id, ("closed",))
        found |= {"last_poll": str(max(closed, key=lambda poll: poll.plan.closes_at).id)} if closed else {}
    if "skill" in used and context.asker.may(COMMANDS["member list"]):
        found |= await _skill_in(context, text)
    return found


async def meeting_named(context: Context, text: str) -> Meeting | None:
    """Return the next meeting of the kind that a message names ("the regional meeting"), of those the asker may see."""
    kinds = kinds_named(text)
    seen = [one for one in await visible_meetings(context.services, context.asker) if one.kind in kinds]
    return next_of(seen, context.services.today(context.network))


async def _skill_in(context: Context, text: str) -> dict[str, str]:
    """Return the longest skill in a message that somebody has, or that people are asked for."""
    seating = await seating_of(context.services, context.asker)
    skills = {
        skill for seat in seating.by_code.values() for holder in seat.holders for skill in holder.person.expertise
    }
    whole = folded(text)
    named = [one for one in (*skills, *learned().skills) if folded(one) in whole]
    return {"skill": max(named, key=len)[:30]} if named else {}
