"""Which person each row of an import is about. No role of its own: a part of the rules, too long for one file.

A row is about the person whom its ``discord_user_id`` is linked to; without one in the directory, about the
holder of the term with its key (delegation, role, name, first day), else about the one person of that name in
that delegation, in the directory or elsewhere in the file. Capitals, accents and spaces make no other name; a
name that is near another's makes somebody new, about whom the import asks. Persons whom no delegation has named
are told apart by account and term only; a row with their account, or a focal point's row with their first day,
names them. In doubt the row is a problem.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.csvfiles import Problem
from bot.search.folding import person_key
from bot.texts import t
from cogs.members.exchange.fields import Entry
from storage.members.models import Holder, Person


@dataclass(slots=True)
class MatchedRow:
    """A row with whom it is about: the id of a person, below zero for one the directory does not have."""

    entry: Entry
    person_id: int = 0
    holder: Holder | None = None

    @property
    def account(self) -> int | None:
        """The account that the row names."""
        return cast(int | None, self.entry.given.get("discord_user_id"))


def same_name(name: str) -> str:
    """Return ``name`` as an import writes it: letters that look alike on the page are alike."""
    return unicodedata.normalize("NFC", name)


class PersonMatcher:
    """Finds who each row is about, in the directory (``holders`` by their delegation's code) and in the file."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._by_account: dict[int, Person] = {}
        self._named: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._posts: defaultdict[tuple[str, str, str], list[Holder]] = defaultdict(list)
        self._found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._claimed: dict[int, int] = {}
        self._unnamed: dict[tuple[str, str, date], int] = {}
        self._spelt: dict[int, str] = {}
        self._new = 0

    def index(self, code: str, holder: Holder) -> None:
        """Take in who holds or held a post for the delegation with that code."""
        person = holder.person
        name = person_key(person.name)
        self._spelt[person.id] = same_name(person.name)
        if person.account_id is not None:
            self._by_account[person.account_id] = person
        if name:
            self._named[code, name].add(person.id)
        self._posts[code, holder.appointment.role, name].append(holder)

    def match(self, lines: Sequence[MatchedRow], problems: list[Problem]) -> Iterator[int]:
        """Write into each line whom it is about; 0 where that is a problem. Yields after each piece of work."""
        waiting: list[MatchedRow] = []
        for line in lines:
            known = line.holder.person.id if line.holder else self._in_directory(line)
            if isinstance(known, Problem):
                problems.append(known)
            elif known is None:
                waiting.append(line)
            else:
                self._settle(line, known)
            yield 0
        # Rows with an account first: rows of the same name without one follow them.
        for line in sorted(waiting, key=lambda line: line.account is None):
            found = self._in_file(line)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                self._settle(line, found)
            yield 0

    def _settle(self, line: MatchedRow, person_id: int) -> None:
        line.person_id = person_id
        if line.entry.name:
            self._found[line.entry.code, person_key(line.entry.name)].add(person_id)
            self._spelt.setdefault(person_id, line.entry.name)
        if line.account is not None:
            self._claimed.setdefault(line.account, person_id)

    def _in_directory(self, line: MatchedRow) -> int | Problem | None:
        entry = line.entry
        owner = self._by_account.get(line.account) if line.account is not None else None
        if owner is not None:
            return self._owner(entry, owner)
        name = person_key(entry.name)
        key = (entry.code, entry.role or "", name)
        posts = [h for h in self._posts.get(key, ()) if self._is_term(h, entry.starts_on)]
        if not entry.name and line.account is not None:
            posts = [h for h in posts if h.person.account_id is None]
        found = {h.person.id for h in posts}
        if not found and entry.name:
            found = self._named.get((entry.code, name), found) or self._to_be_named(entry)
        return self._only(entry, found)

    def _to_be_named(self, entry: Entry) -> set[int]:
        # Nobody else can be focal point from that very day: the row names the one who is.
        if entry.role != "focal_point":
            return set()
        posts = self._posts.get((entry.code, entry.role, ""), ())
        return {
            h.person.id for h in posts if h.appointment.starts_on == entry.starts_on and h.person.account_id is None
        }

    def _is_term(self, holder: Holder, starts_on: date | None) -> bool:
        post = holder.appointment
        return post.starts_on == starts_on if starts_on else post.is_current(self._today)

    def _owner(self, entry: Entry, owner: Person) -> int | Problem:
        if owner.name and person_key(owner.name) != person_key(entry.name):
            text = t(
                "In the directory this account belongs to {name}: correct the id or the name, or leave the id empty.",
                name=owner.name,
            )
            return Problem(entry.number, "discord_user_id", text)
        return owner.id

    def _in_file(self, line: MatchedRow) -> int | Problem:
        entry = line.entry
        if line.account is not None:
            return self._claimed.get(line.account) or self._newcomer()
        if entry.name:
            found = self._only(entry, self._found[entry.code, person_key(entry.name)])
            return found if found is not None else self._newcomer()
        term = (entry.code, entry.role or "", entry.starts_on or self._today)
        if term not in self._unnamed:
            self._unnamed[term] = self._newcomer()
        return self._unnamed[term]

    def _newcomer(self) -> int:
        self._new -= 1
        return self._new

    def _only(self, entry: Entry, found: set[int]) -> int | Problem | None:
        if len(found) > 1:
            # Of two whose names differ in accents or capitals only, the one who is spelt like that.
            found = {person for person in found if self._spelt.get(person) == entry.name} or found
        if len(found) > 1:
            text = t(
                "{count} persons of the delegation have this name: say by discord_user_id or starts_on which one is"
                " meant.",
                count=len(found),
            )
            return Problem(entry.number, "name", text)
        return next(iter(found), None)
