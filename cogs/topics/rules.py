from collections.abc import Sequence
from typing import Final

from bot.errors import NotFoundError, UserError
from bot.folding import normalise
from bot.texts import t
from storage.poll_models import TOPIC_FORMATS, TOPIC_LEVELS, Topic, TopicFormat, TopicLevel

LONGEST_TITLE: Final = 100
"""Characters: a topic becomes an option of a poll, and Discord's lists hold no more."""
LONGEST_DESCRIPTION: Final = 1000
CHOICES: Final = 25


def title_of(typed: str) -> str:
    """Return a topic's title on one line. Raises UserError when it says nothing or is too long."""
    title = " ".join(typed.split())
    if not any(c.isalnum() for c in title):
        raise UserError(t("The topic has no title: write in a few words what the workshop should be about."))
    if len(title) > LONGEST_TITLE:
        raise UserError(
            t("The title has more than {most} characters: shorten it, and put the rest below.", most=LONGEST_TITLE)
        )
    return title


def description_of(typed: str) -> str:
    """Return a topic's description. Raises UserError when it is too long."""
    description = typed.strip()
    if len(description) > LONGEST_DESCRIPTION:
        raise UserError(t("The description has more than {most} characters: shorten it.", most=LONGEST_DESCRIPTION))
    return description


def level_of(value: str) -> TopicLevel:
    """Return the level meant. Raises UserError for anything that is none."""
    for level in TOPIC_LEVELS:
        if value == level:
            return level
    raise UserError(t("Choose at which level the topic is: national, sub-regional, regional or global."))


def format_of(value: str) -> TopicFormat:
    """Return the format meant. Raises UserError for anything that is none."""
    for format_ in TOPIC_FORMATS:
        if value == format_:
            return format_
    raise UserError(t("Choose a format: plenary, case study or workshop."))


def fitting(topics: Sequence[Topic], typed: str) -> list[Topic]:
    """Return the topics whose title has what was typed, in their order; all of them when nothing was typed."""
    key = normalise(typed)
    return [topic for topic in topics if key in normalise(topic.title)]


def meant(topics: Sequence[Topic], typed: str) -> Topic:
    """Return the one topic that was chosen from the list or typed in full. Raises NotFoundError, never guesses."""
    chosen = [topic for topic in topics if str(topic.id) == typed.strip()]
    named = [topic for topic in topics if normalise(topic.title) == normalise(typed)]
    for found in (chosen, named):
        if len(found) == 1:
            return found[0]
    short = typed if len(typed) <= LONGEST_TITLE else f"{typed[:LONGEST_TITLE]}…"
    raise NotFoundError(
        t("No topic here is called {typed}: choose one from the list that opens as you type.", typed=short)
    )
