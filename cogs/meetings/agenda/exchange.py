"""The agenda as a CSV file: its columns, what a row says, and what a file brings."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from bot.commands import Command
from bot.csvfiles import MAX_PROBLEMS, Problem, Row, Sheet, shortened, spoiled
from bot.errors import UserError
from bot.labels import FORMATS, LEVELS
from bot.languages import LANGUAGES
from bot.meeting_names import days
from bot.occasions.fields import EMPTY
from bot.search.folding import normalise
from bot.texts import Markdown, Reader, Text, t
from cogs.meetings import rules
from cogs.meetings.agenda.fields import FIELDS, NEEDED, session_fields
from storage.meetings.models import Meeting, MeetingValue, Session

SHEET: Final = Sheet(
    ("starts", "length", "format", "level", "title", "speakers", "links", "id"),
    Command("meeting session export"),
    t("This file has a header and no rows below it: add a row for each session."),
    added=("id",),
)
_LONGEST: Final = {field.option: field.max_length for field in FIELDS}
_NEW: Final[dict[str, Any]] = {"id": 0, "guild_id": 0, "meeting_id": 0, "uid": "", "format": "plenary"}
_NEITHER: Final = {
    "format": t("Write plenary, case_study or workshop."),
    "level": t("Write national, sub_regional, regional or global, or nothing."),
}


@dataclass(frozen=True, slots=True)
class AgendaPlan:
    """What a file brings: sessions to add and to change, with the fields to write; or what is wrong with it.

    ``same`` counts the rows that say what the agenda says, ``absent`` the sessions that the file does not have.
    """

    added: Sequence[tuple[Session, dict[str, MeetingValue]]] = ()
    changed: Sequence[tuple[Session, dict[str, MeetingValue]]] = ()
    same: int = 0
    absent: int = 0
    problems: Sequence[Problem] = ()


def cells_of(session: Session, meeting: Meeting) -> tuple[str, ...]:
    """Return a session as a row of the file: its start in the meeting's own time, its ``uid`` as id."""
    return (
        f"{session.starts_at.astimezone(ZoneInfo(meeting.timezone)):%Y-%m-%d %H:%M}",
        f"{session.minutes} min",
        session.format,
        session.level or "",
        session.title,
        session.speakers,
        "\n".join(session.links),
        session.uid,
    )


def planning(
    rows: Sequence[Row],
    problems: Sequence[Problem],
    meeting: Meeting,
    sessions: Sequence[Session],
    now: datetime,
    reader: Reader,
) -> Generator[int, None, AgendaPlan]:
    """Work out what ``rows`` bring to an agenda that has these ``sessions``, yielding how many are read."""
    reading = _Reading(meeting, sessions, now, reader)
    found = list(problems)
    for count, row in enumerate(rows, 1):
        yield count
        found += reading.read(row)
        if len(found) >= MAX_PROBLEMS:
            break
    absent = len(sessions) - len(reading.rows_of & {session.uid for session in sessions})
    return AgendaPlan(reading.added, reading.changed, reading.same, absent, found)


class _Reading:
    """Reads one file, row by row."""

    def __init__(self, meeting: Meeting, sessions: Iterable[Session], now: datetime, reader: Reader) -> None:
        self._meeting = meeting
        self._now = now
        self._reader = reader
        self._there = {session.uid: session for session in sessions}
        self._met: dict[tuple[str, ...], int] = {}
        self.added: list[tuple[Session, dict[str, MeetingValue]]] = []
        self.changed: list[tuple[Session, dict[str, MeetingValue]]] = []
        self.same = 0

    @property
    def rows_of(self) -> set[str]:
        """The ids of the sessions that the file has."""
        return {key[0] for key in self._met}

    def read(self, row: Row) -> list[Problem]:
        """Take in a row, and return what is wrong with it."""
        broken = [Problem(row.number, c, text) for c in SHEET.columns if (text := spoiled(row.raw(c))) is not None]
        if broken:
            return broken
        values = {c: v.replace("\r\n", "\n").strip() for c, v in zip(SHEET.columns, row.values(), strict=True)}
        starts_at = self._starts_at(values["starts"])
        session = self._session(values, starts_at)
        if session is None and values["id"]:
            unknown = t("No session of this meeting has that id: leave the cell empty for a new session.")
            return [Problem(row.number, "id", unknown)]
        start = str(starts_at or values["starts"])
        key = (session.uid,) if session is not None else ("", start, values["title"])
        first = self._met.setdefault(key, row.number)
        if first != row.number:
            return [
                Problem(row.number, "title", t("The same session is in row {row} too: keep one of them.", row=first))
            ]
        if session is not None and tuple(values.values())[:-1] == cells_of(session, self._meeting)[:-1]:
            self.same += 1
            return []
        fields, wrong = self._fields(values)
        problems = [Problem(row.number, column, text) for column, text in wrong.items()]
        return problems or self._take(row, session, fields)

    def _starts_at(self, typed: str) -> MeetingValue:
        """Return when a row's session starts, however a spreadsheet has written it; None for what cannot be read."""
        try:
            return session_fields({"starts": typed}, self._meeting, self._now, self._reader).get("starts_at")
        except UserError:
            return None

    def _session(self, values: Mapping[str, str], starts_at: MeetingValue) -> Session | None:
        """Return the session of a row: by its id, else the one with its start and title; None: a new one."""
        if values["id"]:
            return self._there.get(values["id"])
        same = [
            session
            for session in self._there.values()
            if (session.title, session.starts_at) == (" ".join(values["title"].split()), starts_at)
        ]
        return same[0] if len(same) == 1 else None

    def _take(self, row: Row, session: Session | None, fields: dict[str, MeetingValue]) -> list[Problem]:
        read: Any = fields
        shown = replace(session, **read) if session is not None else Session(**{**_NEW, **read})
        if rules.left_outside([shown], self._meeting):
            outside = t(
                "This is not on one of the meeting's days ({days}): correct it.",
                days=Markdown(days(self._meeting, self._reader)),
            )
            return [Problem(row.number, "starts", outside)]
        differing = {name: value for name, value in fields.items() if getattr(session, name, None) != value}
        if session is None:
            self.added.append((shown, {"format": "plenary", **fields}))
        elif differing:
            self.changed.append((shown, differing))
        else:
            self.same += 1
        return []

    def _fields(self, values: Mapping[str, str]) -> tuple[dict[str, MeetingValue], dict[str, Text]]:
        """Return the fields that a row says, and what is wrong, by column."""
        fields: dict[str, MeetingValue] = {}
        wrong: dict[str, Text] = {}
        for column in SHEET.columns[:-1]:
            typed = values[column]
            if len(typed) > _LONGEST.get(column, len(typed)):
                wrong[column] = t("This has more than {most} characters: shorten it.", most=_LONGEST[column])
            elif not typed and column in NEEDED:
                wrong[column] = t("Each session needs this: fill it in.")
            elif column in _NEITHER and typed and _value(column, typed) is None:
                neither = _NEITHER[column]
                wrong[column] = t("“{typed}” was not understood. {fix}", typed=shortened(typed), fix=neither)
            else:
                try:
                    fields |= session_fields(
                        {column: self._typed(column, typed)}, self._meeting, self._now, self._reader
                    )
                except UserError as error:
                    wrong[column] = error.text
        return fields, wrong

    def _typed(self, column: str, typed: str) -> str:
        if column == "format":
            return _value(column, typed) or "plenary"
        if column == "level":
            return _value(column, typed) or EMPTY
        return typed or EMPTY


def _value(column: str, typed: str) -> str | None:
    """Return the format or level that a cell names: as it is stored, or as it is called in any language."""
    named: Mapping[str, Text] = cast(Mapping[str, Text], FORMATS if column == "format" else LEVELS)
    word = normalise(typed)
    for value, name in named.items():
        called = {value, *(Reader(language, "UTC").label(name) for language in LANGUAGES)}
        if word in {normalise(one) for one in called}:
            return value
    return None
