from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bot.errors import NotFoundError, UserError
from bot.search.choosing import chosen
from bot.texts import t
from storage.meetings.models import Meeting
from storage.polls.models import Poll
from storage.topics.models import TOPIC_FORMATS, TOPIC_LEVELS, Topic, TopicFormat, TopicLevel

LONGEST_TITLE: Final = 100
"""Characters: a topic becomes an option of a poll, and Discord's lists hold no more."""
LONGEST_DESCRIPTION: Final = 1000


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


def chosen_topic(topics: Sequence[Topic], typed: str) -> Topic:
    """Return the one topic that was chosen from the list, or that alone is so called. Raises NotFoundError."""
    topic = chosen(topics, typed, lambda topic: str(topic.id), lambda topic: [topic.title])
    if topic is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one topic: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return topic


def takes_proposals(meeting: Meeting, meetings: Iterable[Meeting], polls: Iterable[Poll], today: date) -> bool:
    """Tell whether topics can still be proposed for ``meeting``: until it begins, or the choice among them does.

    ``polls`` are those open and closed: one about topics counts if it was opened after the last of the ``meetings``,
    which are annual ones as ``meeting`` is.
    """
    if meeting.cancelled_at is not None or meeting.is_recorded or meeting.starts_on <= today:
        return False
    last = max((m.ends_on for m in meetings if m.cancelled_at is None and m.ends_on < today), default=date.min)
    chosen = [poll for poll in polls if any(option.topic_id is not None for option in poll.plan.options)]
    return all(poll.opened_at.date() <= last for poll in chosen)
