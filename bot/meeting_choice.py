"""Which meeting is meant by what somebody types, or chose from the list that opens as they type."""

from collections.abc import Mapping, Sequence
from functools import cache

from bot.errors import NotFoundError, UserError
from bot.languages import LANGUAGES
from bot.meeting_names import KINDS, full_name
from bot.names import city_names
from bot.search.choosing import chosen
from bot.search.folding import normalise
from bot.texts import Listing, Reader, clipped, t
from storage.meetings.models import Meeting, MeetingKind


def option_value(meeting: Meeting) -> str:
    """Return what stands for a meeting that was chosen from the list."""
    return f"#{meeting.id}"


def chosen_meeting(meetings: Sequence[Meeting], typed: str) -> Meeting:
    """Return the one meeting that is meant: chosen from the list, or its only number, day, year, city or whole name.

    Raises NotFoundError where none or several are meant.
    """
    meeting = chosen(meetings, typed, option_value, _names, whole=True)
    if meeting is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one meeting: choose one from the list that opens as you type.",
                typed=clipped(typed, 100),
            )
        )
    return meeting


def only_one(ahead: Sequence[Meeting], reader: Reader) -> Meeting:
    """Return the only one of the meetings ``ahead``. Raises UserError, which asks which one is meant."""
    if len(ahead) == 1:
        return ahead[0]
    raise UserError(
        t(
            "{count} meetings are ahead ({meetings}): choose one in the option *meeting*.",
            count=len(ahead),
            meetings=Listing(full_name(meeting, reader) for meeting in reversed(ahead)),
        )
    )


def kinds_named(text: str) -> frozenset[MeetingKind]:
    """Return the kinds of meeting whose own word is in a text, in any language: "regional", "annuelle"."""
    words = set(normalise(text).split())
    return frozenset(kind for kind, own in _own_words().items() if own & words)


@cache
def _own_words() -> Mapping[MeetingKind, frozenset[str]]:
    """Return the words of each kind's name that no other kind has."""
    readers = [Reader(language, "UTC") for language in LANGUAGES]
    words: dict[MeetingKind, set[str]] = {
        kind: {w for r in readers for w in normalise(r.label(name)).split()} for kind, name in KINDS.items()
    }
    common = set[str].intersection(*words.values())
    return {kind: frozenset(found - common) for kind, found in words.items()}


def _names(meeting: Meeting) -> set[str]:
    return {
        str(meeting.number or ""),
        str(meeting.starts_on.year),
        meeting.starts_on.isoformat(),
        meeting.city,
        *city_names(meeting.city, meeting.country).values(),
        *(full_name(meeting, Reader(language, "UTC")) for language in LANGUAGES),
    } - {""}
