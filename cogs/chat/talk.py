"""No role of its own: a message answered, what direct messages and buttons share."""

import logging
from dataclasses import replace
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import discord

from bot import names
from bot.access import COMMANDS
from bot.delegations import seating_of
from bot.errors import UserError
from bot.languages import Language
from bot.names.delegation_names import with_flag
from bot.search.lookup import Index
from bot.texts import Markdown, clipped, escaped, t
from bot.ui import Context, plain_button, stored_view
from cogs.chat import sentences
from cogs.chat.answers import answer
from cogs.chat.buttons import SendButton
from cogs.chat.conversations import Conversation, Conversations
from cogs.chat.understanding import Asked, Lexicon, Outcome, Understood, names_with, read
from cogs.chat.understanding.model import learned

_log: Final = logging.getLogger("bot.chat")
_SHOWN: Final = 3
_BUTTONS: Final = 3
_USUAL: Final = ("meeting show", "member list", "resource list", "webinar list", "help")
_INTRODUCED_BY: Final = frozenset({"bot.program", "warning"})


_known: Final = WeakKeyDictionary[Index, Lexicon]()
"""What can be named where seats are found by these entries, for as long as those are in memory: what was erased is in
none for longer, and a change of nothing that a seat is found by leaves what can be named as it was."""


async def known_to(context: Context) -> Lexicon | None:
    """Return what can be named with those who hold a seat, for who may see the directory; None for others."""
    if not context.asker.may(COMMANDS["member find"]):
        return None
    seating = await seating_of(context.services, context.asker)
    index = seating.index("en")
    if index not in _known:
        people = (h.person.name for seat in seating.by_code.values() for h in seat.holders if h.person.name)
        _known[index] = names_with(people)
    return _known[index]


async def respond(
    context: Context, message: discord.Message, conversation: Conversation, previous: Asked | None
) -> Understood:
    """Answer a message to the person who asks in ``context``, privately. ``previous`` is what was asked before it."""
    text = message.content
    understood = read(text, await known_to(context), previous)
    context = in_language(context, understood.language)
    # The kind of question and whether it was understood: nothing of what was written.
    kinds = ", ".join(one.intent for one in understood.asked) or "-"
    _log.info("a question was %s: %s", understood.outcome.value, kinds)
    if understood.outcome is Outcome.OTHER_LANGUAGE:
        await context.answer(sentences.THREE_LANGUAGES)
    elif not text.strip():
        await context.answer(sentences.NOTHING_TO_READ)
    elif understood.outcome is Outcome.UNSURE:
        await _ask_back(context, message, understood)
    for asked in understood.asked:
        whole = {"text": text, "search": searched(text), "message": str(message.id)}
        await answer(context, replace(asked, slots={**asked.slots, **whole}))
    if not conversation.is_introduced and not _INTRODUCED_BY & {one.intent for one in understood.asked}:
        await context.answer(sentences.PROGRAM)
    conversation.is_introduced = True
    return understood


def in_language(context: Context, language: Language | None) -> Context:
    """Let the answer be in the language of the question, unless the person has chosen another."""
    asker = context.asker
    if language is None or asker.settings.language is not None or asker.reader.language == language:
        return context
    return Context.begin(context.interaction, replace(asker, reader=replace(asker.reader, language=language)))


def searched(text: str) -> str:
    """Return the words of a message that the shelf is searched for."""
    unsearched = learned().unsearched
    return " ".join(word for word in names.normalise(clipped(text, 300)).split() if word not in unsearched)[:200]


async def _ask_back(context: Context, message: discord.Message, understood: Understood) -> None:
    lines = [context.say(sentences.UNSURE), *await _held(context, understood.words)]
    commands = likeliest(context, understood.likeliest)
    buttons = [plain_button(f"do:{one}", context.label(sentences.LABELS[one])) for one in commands]
    send = SendButton(message.id).labelled(context.label(sentences.SEND))
    await context.answer("\n".join(lines), view=stored_view([*buttons, send]))


def likeliest(context: Context, intents: tuple[str, ...]) -> list[str]:
    """Return the commands that need nothing typed and that the asker most likely means, three of them."""
    meant = [way["command"] for intent in intents for way in learned().answers[intent] if "command" in way]
    usable = [one for one in (*meant, *_USUAL) if one in sentences.LABELS and context.asker.may(COMMANDS[one])]
    return list(dict.fromkeys(usable))[:_BUTTONS]


async def _held(context: Context, words: str) -> list[str]:
    """Return what directory, programme and shelf hold on the words, as lines; none where there are no words."""
    if not words:
        return []
    found = [await _in_directory(context, words), await _in_programme(context, words), await _on_shelf(context, words)]
    return [f"• {line}" for line in found if line]


async def _in_directory(context: Context, words: str) -> str:
    if not context.asker.may(COMMANDS["member find"]):
        return ""
    language = context.reader.language
    seating = await seating_of(context.services, context.asker)
    hits = names.find_seat(seating.index(language), words, seating.by_code.keys()).matches[:_SHOWN]
    seats = [escaped(with_flag(seating.by_code[hit.key].delegation, language)) for hit in hits]
    listed = Markdown(context.reader.listing(seats))
    return context.say(t("In the directory: {names}", names=listed)) if seats else ""


async def _in_programme(context: Context, words: str) -> str:
    wanted = set(words.split())
    ahead = await context.services.webinars.ahead(context.guild_id, context.services.clock.now())
    titles = [one.title for one in ahead if wanted & set(names.normalise(one.title).split())][:_SHOWN]
    listed = Markdown(context.reader.listing(map(escaped, titles)))
    return context.say(t("In the programme: {titles}", titles=listed)) if titles else ""


async def _on_shelf(context: Context, words: str) -> str:
    for_members = context.asker.may(COMMANDS["resource suggest"])
    try:
        scope = await context.services.shelf.scope(context.guild_id, for_members=for_members)
        found = await context.services.shelf.search(scope, words)
    except UserError:
        return ""
    links = [f"[{escaped(clipped(one.title, 80))}]({one.url})" for one in found.resources[:_SHOWN]]
    return context.say(t("In the library: {links}", links=Markdown(", ".join(links)))) if links else ""


class Talk:
    """What a running bot remembers of its conversations."""

    def __init__(self) -> None:
        self.conversations = Conversations()

    def conversation(self, context: Context) -> Conversation:
        """Return the conversation of the person who presses a button, in the channel of the button."""
        channel_id = context.interaction.channel_id or 0
        return self.conversations.of(context.account_id, channel_id, context.services.clock.now())


def talk_of(context: Context) -> Talk:
    """Return what the bot that the interaction came to remembers."""
    cog = cast(Any, context.interaction.client).get_cog("ChatListeners")
    return cast(Talk, cog.talk)
