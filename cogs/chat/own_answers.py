"""No role of its own: the answers that the room gives itself, where no command gives them."""

from collections.abc import Mapping
from typing import Final

from bot.access import COMMANDS, Level
from bot.commands import Command
from bot.facts import facts
from bot.invitations import next_meeting
from bot.meeting_names import title
from bot.texts import Markdown, t
from bot.timeparse import parse_zone
from bot.ui import Context, plain_button, stored_view
from bot.ui.plain_buttons import CONSENT
from cogs.chat import sentences
from cogs.chat.answers import OwnAnswer, meeting_named, run
from cogs.chat.buttons import LanguageButton, NominateSelect, SuggestSelect, ZoneButton
from cogs.chat.pass_on import show_before_sending
from cogs.chat.understanding import Asked


async def hello(context: Context, _: Asked) -> None:
    """Greet, and say what can be asked."""
    await context.answer(sentences.HELLO)


async def thanks(context: Context, _: Asked) -> None:
    """Answer thanks."""
    await context.answer(sentences.THANKS)


async def program(context: Context, _: Asked) -> None:
    """Say that it is a program and that nobody reads along."""
    await context.answer(sentences.PROGRAM)


async def no_action(context: Context, _: Asked) -> None:
    """Say that nothing was done."""
    await context.answer(sentences.NO_ACTION)


async def secret(context: Context, _: Asked) -> None:
    """Say that votes are not told."""
    await context.answer(sentences.SECRET)


async def situation(context: Context, _: Asked) -> None:
    """Say what the network is for."""
    await context.answer(sentences.SITUATION)


async def warning(context: Context, _: Asked) -> None:
    """Say that nobody watches here, and who does."""
    await context.answer(sentences.warning(facts("network")))


async def secretariat(context: Context, _: Asked) -> None:
    """Say who the secretariat is."""
    await context.answer(sentences.secretariat(facts("network"), context.network.privacy_contact))


async def pass_on(context: Context, asked: Asked) -> None:
    """Show the message as the secretariat would get it."""
    await show_before_sending(context, asked.slots["text"])


async def numbers(context: Context, asked: Asked) -> None:
    """Say how many delegations come to the next meeting, never which."""
    context.asker.require(Level.MEMBERS)
    services = context.services
    named = await meeting_named(context, asked.slots.get("text", ""))
    meeting = named or await next_meeting(services, context.asker)
    if meeting is None:
        await run(context, "meeting show")
        return
    answers = [one.attendance for one in await services.registrations.of_meeting(context.guild_id, meeting.id)]
    name = title(meeting, context.reader)
    await context.answer(sentences.numbers(name, answers.count("in_person"), answers.count("online")))


async def programme(context: Context, _: Asked) -> None:
    """Show all that is ahead."""
    await run(context, "calendar show")


async def timezone(context: Context, asked: Asked) -> None:
    """Offer the zone of the city that was named; ask for one where none was."""
    typed = asked.slots.get("place") or asked.slots.get("words", "")
    if not typed:
        await context.answer(
            t(
                "What is your time zone? Name a large city in it, or use {command}.",
                command=Command("settings timezone"),
            )
        )
        return
    zone = parse_zone(typed, context.reader.language)
    now = context.reader.time(context.services.clock.now(), zone)
    button = ZoneButton(zone).labelled(context.label(t("Use this time zone")))
    await context.answer(
        t("It is {time} there now. Shall I show you all times in that zone?", time=Markdown(now)),
        view=stored_view([button]),
    )


async def language(context: Context, asked: Asked) -> None:
    """Offer the language that was named, or all three."""
    named = asked.slots.get("language", "")
    await context.answer(sentences.CHOOSE_LANGUAGE, view=stored_view(LanguageButton.choices(named)))


async def messages(context: Context, _: Asked) -> None:
    """Offer to accept or decline direct messages."""
    yes, no = context.label(t("Yes, write to me")), context.label(t("No, never"))
    buttons = [plain_button(CONSENT.format(choice="yes"), yes), plain_button(CONSENT.format(choice="no"), no)]
    await context.answer(t("May I send you direct messages, such as reminders?"), view=stored_view(buttons))


async def suggest(context: Context, asked: Asked) -> None:
    """Ask for the kind of document, whose choice opens the form with the link."""
    context.asker.require(COMMANDS["resource suggest"])
    view = stored_view([SuggestSelect.of(context, int(asked.slots["message"]))])
    await context.answer(sentences.WHICH_KIND, view=view)


async def nominate(context: Context, asked: Asked) -> None:
    """Ask for the post, whose choice opens the form with the name."""
    context.asker.require(COMMANDS["member nominate"])
    view = stored_view([await NominateSelect.of(context, int(asked.slots["message"]))])
    await context.answer(sentences.WHICH_POST, view=view)


async def unsure(context: Context, _: Asked) -> None:
    """Say what can be asked."""
    await run(context, "help")


ANSWERS: Final[Mapping[str, OwnAnswer]] = {
    "hello": hello,
    "thanks": thanks,
    "program": program,
    "no_action": no_action,
    "secret": secret,
    "situation": situation,
    "warning": warning,
    "secretariat": secretariat,
    "pass_on": pass_on,
    "numbers": numbers,
    "programme": programme,
    "timezone": timezone,
    "language": language,
    "messages": messages,
    "suggest": suggest,
    "nominate": nominate,
    "unsure": unsure,
}
"""What the room says itself, by the name that ``answers.yaml`` gives it."""
