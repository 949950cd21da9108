"""What the stored values of a person's data are called: pure."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from bot.audit_words import ACTIONS, FIELDS, SUBJECTS
from bot.texts import Reader, Text, t
from bot.values import FORMATS, LEVELS

Cell = str | int | float | None

_YES_NO: Final[Mapping[str, Text]] = {"0": t("no"), "1": t("yes")}
WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "action": ACTIONS,
    "answer": {"attending": t("Attending"), "maybe": t("Maybe"), "cant": t("Can't")},
    "attendance": {"in_person": t("In person"), "online": t("Online"), "not_attending": t("Not attending")},
    "direct_messages": {"not_asked": t("not asked yet"), "yes": t("yes"), "no": t("no")},
    "format": {**FORMATS},
    "level": {**LEVELS},
    "representative": {"capital": t("From the capital"), "mission": t("From the mission")},
    "role": {
        "focal_point": t("Focal point"),
        "alternate": t("Alternate"),
        "mission": t("Permanent mission"),
        "adviser": t("Adviser"),
    },
    "state": {
        "approved": t("approved"),
        "cancelled": t("cancelled"),
        "declined": t("declined"),
        "expanded": t("sent to each"),
        "failed": t("failed"),
        "listed": t("on the list"),
        "merged": t("merged"),
        "missed": t("missed"),
        "not_owed": t("no longer owed"),
        "notice": t("waiting above an answer"),
        "open": t("not used yet"),
        "pending": t("owed"),
        "proposed": t("waiting for the secretariat"),
        "removed": t("removed"),
        "replaced": t("replaced by a newer one"),
        "sending": t("being sent"),
        "sent": t("sent"),
        "shelved": t("on the shelf"),
        "suggested": t("waiting for the secretariat"),
        "unknown": t("not known whether it arrived"),
        "used": t("used"),
        "waiting": t("waiting for the secretariat"),
        "withdrawing": t("being taken back"),
        "withdrawn": t("taken back"),
    },
    "subject": SUBJECTS,
    "visibility": {"members": t("members of the network"), "secretariat": t("the secretariat only")},
    "voted": _YES_NO,
    "wants_recording": _YES_NO,
}


def in_words(column: str, value: Cell, reader: Reader) -> str:
    """Return what a stored value says to ``reader``; whatever has no word of its own stays as it is stored."""
    word = WORDS.get(column, {}).get(str(value))
    if word is not None:
        return reader.label(word)
    if not isinstance(value, str):
        return str(value)
    if column in _LISTS:
        return reader.listing([_LISTS[column](item, reader) for item in json.loads(value)])
    if column == "at" or column.endswith("_at"):
        at = datetime.fromisoformat(value)
        return f"{reader.day(at.date())}, {at:%H:%M}"
    if column.endswith("_on"):
        return reader.day(date.fromisoformat(value))
    return reader.language_name(value) if column == "language" else value


def _field(name: str, reader: Reader) -> str:
    return reader.label(FIELDS[name]) if name in FIELDS else name


_LISTS: Final[Mapping[str, Callable[[str, Reader], str]]] = {
    "expertise": lambda skill, _: skill,
    "fields": _field,
    "languages": lambda code, reader: reader.language_name(code),
}
