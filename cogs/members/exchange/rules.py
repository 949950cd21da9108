"""What an import would do to the directory as it is: what it adds, changes and ends, or what is wrong."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from bot.csvfiles import MAX_PROBLEMS, Problem, Row, shortened
from bot.search.near_names import NearNames
from bot.texts import Text, t
from cogs.members.exchange.exchange import values_of
from cogs.members.exchange.fields import Entry, SeatLookup, Value, entry_of, kind_of
from cogs.members.exchange.matching import MatchedRow, PersonMatcher, same_name
from cogs.members.exchange.merging import PERSON_COLUMNS, PersonMerger, Term, TermMerger
from storage.members.models import Appointment, Delegation, Directory, DirectoryChanges, Holder, Person

What = Literal["seat", "added", "changed", "ended"]

_POST_FIELDS: Final = ("title", "ministry", "ends_on", "place")


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does. ``fields`` are the columns that differ, never their values; ``erased`` those emptied."""

    row: int
    what: What
    code: str
    name: str = ""
    role: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    fields: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to. With any problem nothing is written.

    ``consequences`` name what ends or is erased, ``questions`` what may not be meant as it is written, by what they
    are about; where there are any, and where people get an account, which is news to them, the import asks first.
    ``accounts`` are those that the file links, with their row; ``appointed`` the ids of the people who then have a
    post that runs or lies ahead.
    """

    version: int
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    unchanged: int
    writes: DirectoryChanges
    consequences: frozenset[str]
    questions: Mapping[str, Problem] = field(default_factory=dict[str, Problem])
    accounts: Mapping[int, int] = field(default_factory=dict[int, int])
    appointed: frozenset[int] = frozenset()

    @property
    def newcomers(self) -> frozenset[int]:
        """The accounts that begin to speak for a delegation, now or later; each is welcomed."""
        changed = (person for person, fields in self.writes.changed_persons if "account_id" in fields)
        people = (person for person in (*self.writes.added_persons, *changed) if person.id in self.appointed)
        return frozenset(person.account_id for person in people if person.account_id is not None)

    @property
    def asks(self) -> frozenset[str]:
        """What has to be agreed to before the import is written."""
        return self.consequences | self.questions.keys() | {f"account {account}" for account in self.newcomers}


def planning(
    guild_id: int, directory: Directory, rows: Sequence[Row], problems: Sequence[Problem], today: date
) -> Generator[int, None, Plan]:
    """Work out what ``rows`` do to ``directory`` on the day ``today`` (in the network's zone).

    ``problems`` are those found in the file already. Yields after each small piece of work, while reading the
    number of rows read, else 0; returns the plan.
    """
    work = _Planning(guild_id, directory, today)
    work.problems += problems
    yield from work.index_directory()
    yield from work.read(rows)
    yield from work.people.match(work.lines, work.problems)
    yield from work.settle()
    return work.plan()


class _Planning:
    def __init__(self, guild_id: int, directory: Directory, today: date) -> None:
        self.guild_id = guild_id
        self.directory = directory
        self._today = today
        self.problems: list[Problem] = []
        self.lines: list[MatchedRow] = []
        self.people = PersonMatcher(today)
        self._seats = SeatLookup(directory.delegations)
        self._terms = TermMerger(today, guild_id)
        self._known: dict[int, Person] = {}
        self._exact: defaultdict[tuple[str, ...], list[Holder]] = defaultdict(list)
        self._delegations = {d.code: d for d in directory.delegations}
        self._seat_rows: dict[str, int] = {}
        self._new_seats: dict[str, Delegation] = {}
        self._changes: list[Change] = []
        self._wanted: list[Term] = []
        self._persons: list[tuple[Person, Person | None, dict[str, int]]] = []

    def index_directory(self) -> Iterator[int]:
        codes = {d.id: d.code for d in self.directory.delegations}
        for holder in self.directory.holders:
            code = codes[holder.appointment.delegation_id]
            self._known[holder.person.id] = holder.person
            self.people.index(code, holder)
            self._terms.index(code, holder.appointment)
            self._exact[values_of(code, holder)].append(holder)
            yield 0

    def read(self, rows: Sequence[Row]) -> Iterator[int]:
        for count, row in enumerate(rows, 1):
            values = row.values()
            same = self._exact.get(values)
            if same:
                # What the directory says already stands, even where an import would refuse it as new.
                self.lines.append(_unchanged(row.number, values[0], same.pop()))
            elif values[0] in self._delegations and not any(values[1:]):
                self._seat(Entry(row.number, values[0]))
            else:
                entry = entry_of(row, self._seats, self.problems)
                if entry is not None and entry.role is None:
                    self._seat(entry)
                elif entry is not None:
                    self.lines.append(MatchedRow(entry))
            yield count
            if len(self.problems) >= MAX_PROBLEMS:
                break

    def _seat(self, entry: Entry) -> None:
        row = self._seat_rows.setdefault(entry.code, entry.number)
        if row != entry.number:
            text = t("Row {row} has the same seat: keep one of them.", row=row)
            self.problems.append(Problem(entry.number, "", text))
        elif entry.code not in self._delegations:
            self._take_seat(entry.code)

    def _take_seat(self, code: str) -> Delegation:
        known = self._delegations.get(code)
        if known is None:
            known = Delegation(-len(self._new_seats) - 1, self.guild_id, code, kind_of(code))
            self._delegations[code] = self._new_seats[code] = known
        return known

    def settle(self) -> Iterator[int]:
        persons = PersonMerger()
        known = [line for line in self.lines if line.person_id]
        yield from persons.gather(known, self.problems)
        for merged in persons.merged(self._known, self.guild_id, self.problems):
            self._persons.append(merged)
            yield 0
        for line in known:
            term = self._terms.of(line, self._take_seat(line.entry.code).id)
            if isinstance(term, Problem):
                self.problems.append(term)
            else:
                self._wanted.append(term)
            yield 0
        self.problems += self._terms.overlaps()

    def plan(self) -> Plan:
        if self.problems:
            ordered = sorted(self.problems, key=lambda problem: problem.row)
            return Plan(self.directory.version, tuple(ordered), (), 0, DirectoryChanges(), frozenset())
        changes = self._all_changes()
        fields = {term.after.id: _differing(term) for term in self._wanted if term.before}
        writes = DirectoryChanges(
            added_delegations=tuple(self._new_seats.values()),
            added_persons=tuple(after for after, before, _ in self._persons if before is None),
            changed_persons=tuple((after, _stored(differing)) for after, _, differing in self._persons if differing),
            added_appointments=tuple(term.after for term in self._wanted if term.before is None),
            changed_appointments=tuple(
                (term.after, fields[term.after.id])
                for term in sorted(self._wanted, key=lambda term: not term.is_ended)
                if fields.get(term.after.id)
            ),
        )
        return Plan(
            version=self.directory.version,
            problems=(),
            changes=changes,
            unchanged=len(self._wanted) + len(self._seat_rows) - len(changes),
            writes=writes,
            consequences=frozenset(self._consequences()),
            questions=dict(self._near_names()),
            accounts=dict(self._linked_accounts()),
            appointed=self._appointed(),
        )

    def _all_changes(self) -> tuple[Change, ...]:
        fields: defaultdict[int, list[str]] = defaultdict(list)
        erased: defaultdict[int, list[str]] = defaultdict(list)
        names: dict[int, str] = {}
        for after, _, differing in self._persons:
            names[after.id] = after.name
            for column, row in differing.items():
                fields[row].append(column)
                erased[row] += [column] if _is_nothing(_value(after, column)) else []
        seats = [Change(row, "seat", code) for code, row in self._seat_rows.items() if code in self._new_seats]
        for term in self._wanted:
            own = _differing(term) if term.before else ()
            fields[term.number] += own
            erased[term.number] += [f for f in own if _is_nothing(_value(term.after, f))]
        terms = [
            Change(
                row=term.number,
                what=_what(term),
                code=term.code,
                name=names[term.after.person_id],
                role=term.after.role,
                starts_on=term.after.starts_on,
                ends_on=term.after.ends_on,
                fields=tuple(fields[term.number]),
                erased=tuple(erased[term.number]),
            )
            for term in self._wanted
            if term.before is None or fields[term.number]
        ]
        return tuple(sorted(seats + terms, key=lambda change: change.row))

    def _near_names(self) -> Iterator[tuple[str, Problem]]:
        """Yield a question for each new person whose name is near another's of the same delegation."""
        people = {after.id: after for after, _, _ in self._persons}
        there: defaultdict[str, dict[int, Person]] = defaultdict(dict)
        codes = {d.id: d.code for d in self.directory.delegations}
        for holder in self.directory.holders:
            there[codes[holder.appointment.delegation_id]].setdefault(holder.person.id, holder.person)
        for term in self._wanted:
            there[term.code].setdefault(term.after.person_id, people[term.after.person_id])
        rows = {(term.code, term.after.person_id): term.number for term in reversed(self._wanted)}
        for code, persons in there.items():
            names = NearNames()
            for person in persons.values():
                # Who has been compared with a new person is not asked about a second time from the other side.
                if person.id < 0 and person.name:
                    near = [persons[other] for other in names.near(person.name)]
                    near = [other for other in near if other.account_id is None or person.account_id is None]
                    if near:
                        row = rows[code, person.id]
                        yield f"near {code} {person.name}", Problem(row, "name", _asked_about(person, near[0]))
                if person.name:
                    names.add(person.id, person.name)

    def _linked_accounts(self) -> Iterator[tuple[int, int]]:
        rows = {line.account: line.entry.number for line in self.lines if line.account is not None}
        for after, before, _ in self._persons:
            if after.account_id is not None and (before is None or before.account_id != after.account_id):
                yield after.account_id, rows[after.account_id]

    def _appointed(self) -> frozenset[int]:
        posts = {holder.appointment.id: holder.appointment for holder in self.directory.holders}
        posts |= {term.after.id: term.after for term in self._wanted}
        return frozenset(a.person_id for a in posts.values() if a.ends_on is None or a.ends_on >= self._today)

    def _consequences(self) -> Iterator[str]:
        for term in self._wanted:
            if term.is_ended or term.is_reopened:
                yield f"term {term.after.id} {term.after.ends_on}"
            if term.before:
                yield from (f"term {term.after.id} {f}" for f in _differing(term) if _is_nothing(_value(term.after, f)))
        for after, _, differing in self._persons:
            yield from (f"person {after.id} {column}" for column in differing if _is_nothing(_value(after, column)))


def _asked_about(person: Person, other: Person) -> Text:
    return t(
        "{name} is new, and the delegation has {other}: if they are one person, cancel and write the name in the same"
        " way.",
        name=shortened(person.name),
        other=shortened(other.name),
    )


def _unchanged(number: int, code: str, holder: Holder) -> MatchedRow:
    person, post = holder.person, holder.appointment
    given: dict[str, Value] = {
        column: value for column in PERSON_COLUMNS if not _is_nothing(value := _value(person, column))
    }
    return MatchedRow(Entry(number, code, same_name(person.name), post.role, post.starts_on, given), holder=holder)


def _value(row: Person | Appointment, column: str) -> Value:
    return getattr(row, "account_id" if column == "discord_user_id" else column)


def _is_nothing(value: Value) -> bool:
    return value in (None, "", ())


def _differing(term: Term) -> tuple[str, ...]:
    before = term.before or term.after
    return tuple(f for f in _POST_FIELDS if _value(before, f) != _value(term.after, f))


def _stored(differing: dict[str, int]) -> tuple[str, ...]:
    return tuple("account_id" if column == "discord_user_id" else column for column in differing)


def _what(term: Term) -> What:
    if term.before is None:
        return "added"
    return "ended" if term.is_ended else "changed"
