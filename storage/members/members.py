import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from storage.changes import SEATS, Changes, changes
from storage.database import Database, Transaction
from storage.members.choices import languages_written, zones_written
from storage.members.models import Appointment, Delegation, Holder, Kind, Person, Place, Role, Seat, SteeringTerm
from storage.members.rows import (
    appointment_of_row,
    delegation_of_row,
    holder_of_row,
    person_of_row,
    steering_term_of_row,
)

# A linked person's zone is the choice of the account; the one that was typed for them serves until then.
PERSON: Final = """
    SELECT p.id, p.guild_id, p.name, p.email, p.phone, p.languages, p.expertise, p.visibility, p.account_id,
           p.email_returned_at, p.email_allowed, p.channel, p.language, coalesce(s.timezone, p.timezone) AS timezone
    FROM person AS p
    LEFT JOIN account_setting AS s ON s.guild_id = p.guild_id AND s.account_id = p.account_id
"""
_PERSON_FIELDS: Final = frozenset(
    {"name", "email", "phone", "languages", "expertise", "timezone", "visibility", "email_allowed", "channel"}
)
_DELEGATIONS: Final = (
    "SELECT d.id, d.guild_id, d.code, d.kind, d.joined_on, d.left_on, (SELECT json_group_object(language, name)"
    " FROM delegation_name AS n WHERE n.guild_id = d.guild_id AND n.delegation_id = d.id) AS names"
    " FROM delegation AS d WHERE {} ORDER BY d.code"
)
_BY_ID: Final = "+d.guild_id = ?1 AND d.id"
"""The plus keeps SQLite from reading all of the network by another index, in the order of the codes."""
_HOLDERS: Final = (
    "SELECT a.*, h.name, h.email, h.phone, h.languages, h.expertise, h.timezone, h.visibility, h.account_id,"
    " h.email_returned_at, h.email_allowed, h.channel, h.language"
    f" FROM appointment AS a JOIN ({PERSON} WHERE p.guild_id = ?1) AS h"
    " ON h.id = a.person_id AND h.guild_id = a.guild_id"
    " WHERE a.guild_id = ?1 AND ({}) ORDER BY a.starts_on DESC, a.id DESC"
)
_STEERING: Final = (
    "SELECT id, guild_id, delegation_id, starts_on, ends_on FROM steering_term"
    " WHERE guild_id = ?1 AND ({}) ORDER BY starts_on DESC, id DESC"
)
_MEMBER_ON: Final = "coalesce(d.joined_on, '') <= {0} AND coalesce(d.left_on, '9999') >= {0}"
_HELD_ON: Final = "starts_on <= {0} AND coalesce(ends_on, '9999') >= {0}"
_OF_ALL: Final = "?2 IS NULL"
_OF_ONE: Final = "{}delegation_id = ?2"
"""Apart: in one condition SQLite reads the posts of all for those of one."""
_AT_ONCE: Final = 20
"""Seats that are made of their rows without leaving the loop to others."""
APPOINTMENT_FIELDS: Final = ("role", "title", "ministry", "starts_on", "ends_on", "place")


class TwoFocalPointsError(Exception):
    """The delegation has another focal point within that term."""


class AccountTakenError(Exception):
    """The account belongs to another person of this network."""


class MembersRepository:
    """Delegations, the persons who speak for them, their terms, and the steering group."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def delegations(self, guild_id: int, *, on: date | None = None) -> list[Delegation]:
        """Return the network's delegations by code; with ``on``, only those that are members that day."""
        return await self._delegations(
            f"d.guild_id = ?1 AND (?2 IS NULL OR ({_MEMBER_ON.format('?2')}))",
            guild_id,
            on.isoformat() if on else None,
        )

    async def delegations_among(self, guild_id: int, ids: Iterable[int], codes: Iterable[str] = ()) -> list[Delegation]:
        """Return those of the network's delegations that have one of the ``ids`` or ``codes``, by code."""
        return await self._delegations(
            f"{_BY_ID} IN (SELECT value FROM json_each(?2) UNION ALL SELECT o.id FROM delegation AS o"
            " WHERE o.guild_id = ?1 AND o.code IN (SELECT value FROM json_each(?3)))",
            guild_id,
            json.dumps(list(ids)),
            json.dumps(list(codes)),
        )

    async def delegation(self, guild_id: int, code: str) -> Delegation | None:
        """Return the delegation with that code, or None where the network has no such seat."""
        found = await self.delegations_among(guild_id, (), [code])
        return found[0] if found else None

    async def _delegations(self, condition: str, guild_id: int, *values: str | None) -> list[Delegation]:
        rows = await self._database.fetch(_DELEGATIONS.format(condition), (guild_id, *values))
        return [_delegation(row) for row in rows]

    async def seats(self, guild_id: int, on: date) -> list[Seat]:
        """Return every seat of the network with who holds its posts on the day ``on``, by code."""
        found = (await self.seats_changed(guild_id, on, 0)).rows.values()
        return sorted((seat for seat in found if seat is not None), key=lambda seat: seat.delegation.code)

    async def version(self, guild_id: int) -> int:
        """Return the version that :meth:`seats` has now: higher after each change of what it reads."""
        rows = await self._database.fetch_held(SEATS.version, (guild_id,))
        return rows[0]["version"] or 0

    async def seats_changed(self, guild_id: int, on: date, since: int) -> Changes[Seat]:
        """Return those of the :meth:`seats` that changed after the version ``since`` (0: all)."""
        day, changed = on.isoformat(), f"IN ({SEATS.since})"
        bounds, ids, delegations, holders, terms = await self._database.fetch_each(
            (SEATS.bounds, (guild_id,)),
            (SEATS.since, (guild_id, since)),
            (_DELEGATIONS.format(f"{_BY_ID} {changed} AND {_MEMBER_ON.format('?3')}"), (guild_id, since, day)),
            (_HOLDERS.format(f"a.delegation_id {changed} AND {_HELD_ON.format('?3')}"), (guild_id, since, day)),
            (_STEERING.format(f"delegation_id {changed} AND {_HELD_ON.format('?3')}"), (guild_id, since, day)),
        )
        if len(delegations) <= _AT_ONCE:
            seats = _seats(delegations, holders, terms)
        else:
            seats = await asyncio.to_thread(_seats, delegations, holders, terms)
        return changes(bounds, ids, since, seats)

    async def holders(self, guild_id: int, delegation_id: int | None = None) -> list[Holder]:
        """Return all who ever held a post, of one delegation or of all, the latest term first."""
        return await self._holders(guild_id, _OF_ONE.format("a.") if delegation_id else _OF_ALL, delegation_id)

    async def steering_terms(self, guild_id: int, delegation_id: int | None = None) -> list[SteeringTerm]:
        """Return the terms in the steering group, of one delegation or of all, the latest first."""
        rows = await self._database.fetch(
            _STEERING.format(_OF_ONE.format("") if delegation_id else _OF_ALL),
            (guild_id, delegation_id),
        )
        return [steering_term_of_row(row) for row in rows]

    async def person(self, guild_id: int, person_id: int) -> Person | None:
        """Return the person with that id in the network, or None."""
        row = await self._database.fetch_one(f"{PERSON} WHERE p.guild_id = ? AND p.id = ?", (guild_id, person_id))
        return person_of_row(row) if row is not None else None

    async def person_of_account(self, guild_id: int, account_id: int) -> Person | None:
        """Return the person that the account is linked to, or None."""
        row = await self._database.fetch_one(
            f"{PERSON} WHERE p.guild_id = ? AND p.account_id = ?",
            (guild_id, account_id),
        )
        return person_of_row(row) if row is not None else None

    async def networks_of_account(self, account_id: int) -> list[int]:
        """Return the servers of the networks in which the account is linked to a person, or has claimed to be one."""
        rows = await self._database.fetch(
            "SELECT guild_id FROM person WHERE account_id = ?1 UNION SELECT guild_id FROM claim"
            " WHERE account_id = ?1 AND state = 'waiting' ORDER BY guild_id",
            (account_id,),
        )
        return [row["guild_id"] for row in rows]

    async def appointments_of_account(self, guild_id: int, account_id: int) -> list[Appointment]:
        """Return every appointment, past and present, of the person whom the account is linked to."""
        rows = await self._database.fetch(
            "SELECT a.* FROM appointment AS a JOIN person AS p ON p.id = a.person_id AND p.guild_id = a.guild_id"
            " WHERE p.guild_id = ? AND p.account_id = ? ORDER BY a.starts_on DESC, a.id DESC",
            (guild_id, account_id),
        )
        return [appointment_of_row(row) for row in rows]

    async def holder_rows(self, guild_id: int) -> list[sqlite3.Row]:
        """Return all who ever held a post as rows for :func:`holder_of_row`, the latest term first."""
        return await self._holder_rows(guild_id, "?2 IS NULL", None)

    async def _holders(self, guild_id: int, condition: str, value: date | int | None) -> list[Holder]:
        return [holder_of_row(row) for row in await self._holder_rows(guild_id, condition, value)]

    async def _holder_rows(self, guild_id: int, condition: str, value: date | int | None) -> list[sqlite3.Row]:
        parameter = value.isoformat() if isinstance(value, date) else value
        return await self._database.fetch(_HOLDERS.format(condition), (guild_id, parameter))

    # Writing

    async def add_delegation(
        self, tx: Transaction, guild_id: int, code: str, kind: Kind, joined_on: date | None = None
    ) -> int:
        """Give the network a seat and return its id; a seat that is there keeps its id and its dates."""
        rows = await tx.fetch("SELECT id FROM delegation WHERE guild_id = ? AND code = ?", (guild_id, code))
        if rows:
            return rows[0]["id"]
        added = await tx.insert(
            "INSERT INTO delegation (guild_id, code, kind, joined_on) VALUES (?, ?, ?, ?)",
            (guild_id, code, kind, _iso(joined_on)),
        )
        await tx.audit(guild_id, "add", "delegation", added, ("code", "kind", "joined_on"))
        return added

    async def name_delegation(
        self, tx: Transaction, guild_id: int, delegation_id: int, language: str, name: str | None
    ) -> None:
        """Override a delegation's name in one language, or with None go back to the shipped name."""
        await tx.execute(
            "DELETE FROM delegation_name WHERE guild_id = ? AND delegation_id = ? AND language = ?",
            (guild_id, delegation_id, language),
        )
        if name is not None:
            await tx.execute(
                "INSERT INTO delegation_name VALUES (?, ?, ?, ?)", (guild_id, delegation_id, language, name)
            )
        await tx.audit(guild_id, "name", "delegation", delegation_id, (f"name_{language}",))

    async def add_person(
        self,
        tx: Transaction,
        guild_id: int,
        name: str,
        *,
        account_id: int | None = None,
        **fields: str | tuple[str, ...] | bool | None,
    ) -> int:
        """Add a person and return the id. Raises AccountTakenError.

        ``fields`` are those of :class:`Person` beside the name and the account.
        """
        values = _stored({"name": name, **fields}, _PERSON_FIELDS)
        columns = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        try:
            added = await tx.insert(
                f"INSERT INTO person (guild_id, account_id, {columns}) VALUES (?, ?, {marks})",
                (guild_id, account_id, *values.values()),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await tx.audit(guild_id, "add", "person", added, (*values, "account_id"))
        return added

    async def change_person(
        self, tx: Transaction, guild_id: int, person_id: int, **fields: str | tuple[str, ...] | bool | None
    ) -> None:
        """Set the named fields of a person. A linked person's ``timezone`` is set as the account's choice."""
        values = _stored(fields, _PERSON_FIELDS)
        assignments = ", ".join(f"{name} = ?" for name in values)
        await tx.execute(
            f"UPDATE person SET {assignments} WHERE guild_id = ? AND id = ?",
            (*values.values(), guild_id, person_id),
        )
        if "languages" in values:
            await languages_written(tx, guild_id, [person_id])
        if "timezone" in values:
            await tx.execute(
                "UPDATE account_setting SET timezone = ?1 WHERE guild_id = ?2 AND account_id ="
                " (SELECT account_id FROM person WHERE guild_id = ?2 AND id = ?3)",
                (values["timezone"], guild_id, person_id),
            )
            await zones_written(tx, guild_id, [(person_id, cast(str | None, values["timezone"]))])
        await tx.audit(guild_id, "change", "person", person_id, values)

    async def link_account(self, tx: Transaction, guild_id: int, person_id: int, account_id: int | None) -> None:
        """Link a person to an account, or with None to no account. Raises AccountTakenError."""
        try:
            await tx.execute(
                "UPDATE person SET account_id = ? WHERE guild_id = ? AND id = ?", (account_id, guild_id, person_id)
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await tx.audit(guild_id, "link" if account_id else "unlink", "person", person_id, ("account_id",))

    async def appoint(
        self,
        tx: Transaction,
        guild_id: int,
        delegation_id: int,
        person_id: int,
        role: Role,
        starts_on: date,
        ends_on: date | None = None,
        *,
        title: str = "",
        ministry: str = "",
        place: Place | None = None,
    ) -> int:
        """Give a person a post for a delegation and return the appointment's id. Raises TwoFocalPointsError."""
        try:
            added = await tx.insert(
                "INSERT INTO appointment"
                " (guild_id, delegation_id, person_id, role, starts_on, ends_on, title, ministry, place)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    guild_id,
                    delegation_id,
                    person_id,
                    role,
                    starts_on.isoformat(),
                    _iso(ends_on),
                    title,
                    ministry,
                    place,
                ),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await tx.audit(guild_id, "appoint", "appointment", added, APPOINTMENT_FIELDS)
        return added

    async def change_appointment(
        self, tx: Transaction, guild_id: int, appointment_id: int, **fields: str | date | None
    ) -> None:
        """Set the named fields of an appointment. Raises TwoFocalPointsError."""
        values = _stored(fields, APPOINTMENT_FIELDS)
        assignments = ", ".join(f"{name} = ?" for name in values)
        try:
            await tx.execute(
                f"UPDATE appointment SET {assignments} WHERE guild_id = ? AND id = ?",
                (*values.values(), guild_id, appointment_id),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await tx.audit(guild_id, "change", "appointment", appointment_id, values)

    async def withdraw(self, tx: Transaction, post: Appointment, today: date) -> bool:
        """Take away an appointment that begins after ``today``; False when it is gone, or has begun."""
        gone = await tx.execute(
            "DELETE FROM appointment WHERE guild_id = ? AND id = ? AND starts_on > ?",
            (post.guild_id, post.id, today.isoformat()),
        )
        if gone:
            # Of the person, whose name is forgotten some time after this where no post is left.
            await tx.audit(post.guild_id, "withdraw", "person", post.person_id, ("role", "starts_on"))
        return bool(gone)

    async def set_steering_term(
        self, tx: Transaction, guild_id: int, delegation_id: int, starts_on: date, ends_on: date | None
    ) -> None:
        """Write a delegation's term in the steering group; a term with the same first day is changed."""
        await tx.execute(
            "INSERT INTO steering_term (guild_id, delegation_id, starts_on, ends_on) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (guild_id, delegation_id, starts_on) DO UPDATE SET ends_on = excluded.ends_on",
            (guild_id, delegation_id, starts_on.isoformat(), _iso(ends_on)),
        )
        await tx.audit(guild_id, "steering", "delegation", delegation_id, ("starts_on", "ends_on"))


def _stored(
    fields: Mapping[str, str | tuple[str, ...] | date | bool | None], known: Iterable[str]
) -> dict[str, str | int | None]:
    unknown = fields.keys() - set(known)
    if unknown:
        raise ValueError(f"no such fields: {unknown}")
    return {name: _cell(value) for name, value in fields.items()}


def _cell(value: str | tuple[str, ...] | date | bool | None) -> str | int | None:
    match value:
        case bool():
            return int(value)
        case tuple():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case _:
            return value


def _named(error: sqlite3.IntegrityError) -> Exception:
    message = str(error)
    if "two focal points" in message:
        return TwoFocalPointsError()
    if "person.account_id" in message:
        return AccountTakenError()
    return error


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _delegation(row: sqlite3.Row) -> Delegation:
    return delegation_of_row(row, json.loads(row["names"]))


def _seats(
    delegations: Sequence[sqlite3.Row], held: Iterable[sqlite3.Row], terms: Iterable[sqlite3.Row]
) -> dict[int, Seat]:
    """Return the seats of the delegations by id, with those of the holders and terms that are theirs."""
    holders: dict[int, list[Holder]] = defaultdict(list)
    for row in held:
        holders[row["delegation_id"]].append(holder_of_row(row))
    steering = {row["delegation_id"] for row in terms}
    return {row["id"]: Seat(_delegation(row), tuple(holders[row["id"]]), row["id"] in steering) for row in delegations}
