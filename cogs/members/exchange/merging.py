"""What the rows of an import come to for each person and term. No role of its own: a part of the rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from bot.csvfiles import Problem
from bot.search.folding import person_key
from bot.texts import t
from cogs.members.exchange.fields import Value
from cogs.members.exchange.matching import MatchedRow, same_name
from storage.members.models import Appointment, Person, Place, Role, Visibility

PERSON_COLUMNS: Final = ("email", "phone", "languages", "expertise", "timezone", "visibility", "discord_user_id")
_FAR: Final = date.max


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the file wants it. ``before`` None: a new one; ``number`` 0: not in the file."""

    number: int
    code: str
    after: Appointment
    before: Appointment | None = None

    @property
    def last_day(self) -> date:
        """The last day, or the end of days."""
        return self.after.ends_on or _FAR

    @property
    def is_ended(self) -> bool:
        """Whether the import ends the term, or ends it earlier."""
        before = self.before.ends_on or _FAR if self.before else _FAR
        return self.before is not None and self.last_day < before

    @property
    def is_reopened(self) -> bool:
        """Whether the import takes the last day away."""
        return self.before is not None and self.before.ends_on is not None and self.after.ends_on is None


class PersonMerger:
    """Gathers what the rows say of each person."""

    def __init__(self) -> None:
        self._given: defaultdict[int, dict[str, tuple[Value, int]]] = defaultdict(dict)

    def gather(self, lines: Iterable[MatchedRow], problems: list[Problem]) -> Iterator[int]:
        """Take in the rows; two that contradict each other are a problem. Yields after each row."""
        for line in lines:
            given = self._given[line.person_id]
            said = {c: line.entry.given[c] for c in PERSON_COLUMNS if c in line.entry.given}
            if line.entry.name:
                said["name"] = line.entry.name
            for column, value in said.items():
                first, row = given.setdefault(column, (value, line.entry.number))
                if _as_compared(column, first) != _as_compared(column, value):
                    problems.append(_contradiction(line.entry.number, column, row))
            yield 0

    def merged(
        self, known: Mapping[int, Person], guild_id: int, problems: list[Problem]
    ) -> Iterator[tuple[Person, Person | None, dict[str, int]]]:
        """Yield each person as they shall be, as they were (None: new), and the columns that differ with their row."""
        owners: dict[int, int] = {}
        for person_id, given in self._given.items():
            before = known.get(person_id)
            account = given.get("discord_user_id")
            if account is not None and account[0] is not None:
                problem = _account_problem(cast(int, account[0]), account[1], before, person_id, owners)
                problems += [problem] if problem else []
            fields = {_FIELDS.get(column, column): value for column, (value, _) in given.items()}
            after = _with(before or Person(person_id, guild_id, ""), fields)
            differing = {
                column: row
                for column, (value, row) in given.items()
                if before is not None and value != getattr(before, _FIELDS.get(column, column))
            }
            if "discord_user_id" in differing and "timezone" in given:
                # The account may have chosen another zone than the one typed for the person so far.
                differing["timezone"] = given["timezone"][1]
            if "name" in differing and before is not None and person_key(before.name) == person_key(after.name):
                del differing["name"]
                after = replace(after, name=before.name)
            yield after, before, differing


_FIELDS: Final = {"discord_user_id": "account_id"}


def _as_compared(column: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return person_key(value) if column == "name" else same_name(value)


def _with(person: Person, fields: Mapping[str, Value]) -> Person:
    return Person(
        id=person.id,
        guild_id=person.guild_id,
        name=cast(str, fields.get("name", person.name)),
        email=cast(str, fields.get("email", person.email)),
        phone=cast(str, fields.get("phone", person.phone)),
        languages=cast(tuple[str, ...], fields.get("languages", person.languages)),
        expertise=cast(tuple[str, ...], fields.get("expertise", person.expertise)),
        timezone=cast(str | None, fields.get("timezone", person.timezone)),
        visibility=cast(Visibility, fields.get("visibility", person.visibility)),
        account_id=cast(int | None, fields.get("account_id", person.account_id)),
    )


def _contradiction(row: int, column: str, other: int) -> Problem:
    if column == "name":
        text = t(
            "Row {other} gives this account to another person: each has one of their own, so correct one of the two.",
            other=other,
        )
        return Problem(row, "discord_user_id", text)
    text = t(
        "Row {other} says otherwise of the same person: make the two cells equal, or leave one empty.", other=other
    )
    return Problem(row, column, text)


def _account_problem(
    account: int, row: int, before: Person | None, person_id: int, owners: dict[int, int]
) -> Problem | None:
    if owners.setdefault(account, person_id) != person_id:
        text = t(
            "Another row gives this account to another person: each has one of their own, so correct one of the two."
        )
        return Problem(row, "discord_user_id", text)
    if before is not None and before.account_id not in (None, account):
        text = t(
            "In the directory this person is linked to another account: leave the cell empty to keep that link, or"
            " first import the row with - in this cell, which takes it away."
        )
        return Problem(row, "discord_user_id", text)
    return None


class TermMerger:
    """Finds which term each row is about, and holds the focal points of each delegation against each other."""

    def __init__(self, today: date, guild_id: int) -> None:
        self._today = today
        self._guild_id = guild_id
        self._known: defaultdict[tuple[int, str, str], list[Appointment]] = defaultdict(list)
        self._focal_points: defaultdict[str, dict[int, Term]] = defaultdict(dict)
        self._rows: dict[int | tuple[int, str, str, date], int] = {}
        self._new = 0

    def index(self, code: str, post: Appointment) -> None:
        """Take in a term of the directory."""
        self._known[post.person_id, code, post.role].append(post)
        if post.role == "focal_point":
            self._focal_points[code][post.id] = Term(0, code, post, post)

    def of(self, line: MatchedRow, delegation_id: int) -> Term | Problem:
        """Return the term that a row is about as the row wants it, or why it cannot be."""
        entry = line.entry
        role = cast(Role, entry.role)
        before = line.holder.appointment if line.holder else None
        if before is None:
            known = self._known.get((line.person_id, entry.code, role), [])
            meant = [
                post
                for post in known
                if (post.starts_on == entry.starts_on if entry.starts_on else post.is_current(self._today))
            ]
            if len(meant) > 1:
                text = t("Several current terms fit this row: say by starts_on which one is meant.")
                return Problem(entry.number, "starts_on", text)
            before = meant[0] if meant else None
        starts_on = before.starts_on if before else entry.starts_on or self._today
        key = before.id if before else (line.person_id, entry.code, role, starts_on)
        row = self._rows.setdefault(key, entry.number)
        if row != entry.number:
            text = t("This row is about the same term as row {row}: keep one of them.", row=row)
            return Problem(entry.number, "", text)
        return self._wanted(line, before, delegation_id, role, starts_on)

    def _wanted(
        self, line: MatchedRow, before: Appointment | None, delegation_id: int, role: Role, starts_on: date
    ) -> Term | Problem:
        if before is None:
            self._new -= 1
            before_or_new = Appointment(
                self._new, self._guild_id, delegation_id, line.person_id, role, "", "", starts_on
            )
        else:
            before_or_new = before
        given = line.entry.given
        after = replace(
            before_or_new,
            title=cast(str, given.get("title", before_or_new.title)),
            ministry=cast(str, given.get("ministry", before_or_new.ministry)),
            ends_on=cast(date | None, given.get("ends_on", before_or_new.ends_on)),
            place=cast(Place | None, given.get("place", before_or_new.place)),
        )
        if after.ends_on is not None and after.ends_on < starts_on:
            text = t(
                "The term ends on {end}, before it starts on {start}: correct one of the two days.",
                end=after.ends_on.isoformat(),
                start=starts_on.isoformat(),
            )
            return Problem(line.entry.number, "ends_on", text)
        term = Term(line.entry.number, line.entry.code, after, before)
        if role == "focal_point":
            self._focal_points[line.entry.code][after.id] = term
        return term

    def overlaps(self) -> Iterator[Problem]:
        """Yield a problem for each focal point whose term runs into another's."""
        for terms in self._focal_points.values():
            ordered = sorted(terms.values(), key=lambda term: (term.after.starts_on, term.number))
            yield from _overlaps(ordered)


def _overlaps(ordered: Sequence[Term]) -> Iterator[Problem]:
    latest: Term | None = None
    for term in ordered:
        if latest is not None and term.after.starts_on <= latest.last_day:
            of_file, other = (term, latest) if term.number else (latest, term)
            yield _two_at_once(of_file, other)
        if latest is None or term.last_day > latest.last_day:
            latest = term


def _two_at_once(term: Term, other: Term) -> Problem:
    start, end = other.after.starts_on.isoformat(), other.after.ends_on
    span = t("from {start} to {end}", start=start, end=end.isoformat()) if end else t("from {start} on", start=start)
    if other.number:
        text = t(
            "Two focal points at once: row {row} has another, {span}. Give the earlier term an ends_on"
            " before the later one starts, or make one of the two an alternate.",
            row=other.number,
            span=span,
        )
    else:
        text = t(
            "Two focal points at once: the directory has another, {span}. Give the earlier term an"
            " ends_on before the later one starts, in a row of its own, or make this one an alternate.",
            span=span,
        )
    return Problem(term.number, "starts_on", text)
