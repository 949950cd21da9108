import asyncio
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, get_args

from storage.database import Database, Transaction
from storage.members.choices import languages_written, zones_written
from storage.members.members import APPOINTMENT_FIELDS, MembersRepository
from storage.members.models import Appointment, Directory, DirectoryChanges, Holder, Person, Role
from storage.members.rows import appointment_of_row, holder_of_row

_PAGE: Final = 500
"""Rows turned into holders at a time: a few milliseconds, after which others get their turn."""


class DirectoryRepository:
    """The whole directory at once: read for an import or an export, and changed by an import."""

    def __init__(self, database: Database, members: MembersRepository) -> None:
        self._database = database
        self._members = members

    async def read(self, guild_id: int) -> Directory:
        """Return all seats and terms of the network, seats by code, terms from the first to the last."""
        row = await self._database.fetch_one(_VERSION, (guild_id,))
        version = int(row[0]) if row is not None else 0
        delegations = await self._members.delegations(guild_id)
        rows = await self._members.holder_rows(guild_id)
        holders: list[Holder] = []
        for start in range(0, len(rows), _PAGE):
            holders += map(holder_of_row, rows[start : start + _PAGE])
            await asyncio.sleep(0)
        holders.reverse()
        return Directory(version, tuple(delegations), tuple(holders))

    async def is_still(self, tx: Transaction, guild_id: int, version: int) -> bool:
        """Tell whether nothing has changed in the network since ``version``: every change leaves an audit line."""
        rows = await tx.fetch(_VERSION, (guild_id,))
        return int(rows[0][0]) == version

    async def apply(self, tx: Transaction, guild_id: int, changes: DirectoryChanges) -> None:
        """Write ``changes``, which were worked out on the directory as it still is."""
        seats = await _numbered(tx, "delegation", (d.id for d in changes.added_delegations))
        people = await _numbered(tx, "person", (p.id for p in changes.added_persons))
        posts = await _numbered(tx, "appointment", (a.id for a in changes.added_appointments))
        await tx.execute_many(
            "INSERT INTO delegation (id, guild_id, code, kind) VALUES (?, ?, ?, ?)",
            [(seats[d.id], guild_id, d.code, d.kind) for d in changes.added_delegations],
        )
        await tx.execute_many(
            "INSERT INTO person (id, name, email, phone, languages, expertise, visibility, account_id, guild_id,"
            " timezone) VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?2, ?10)",
            [(people[p.id], guild_id, *_person(p), p.timezone) for p in changes.added_persons],
        )
        await tx.execute_many(
            "UPDATE person SET name = ?3, email = ?4, phone = ?5, languages = ?6, expertise = ?7, visibility = ?8,"
            " account_id = ?9 WHERE id = ?1 AND guild_id = ?2",
            [(p.id, guild_id, *_person(p)) for p, _ in changes.changed_persons],
        )
        await _choose_zones(tx, guild_id, changes, people)
        await languages_written(tx, guild_id, [p.id for p, fields in changes.changed_persons if "languages" in fields])
        # Terms that end come first, so that nobody overlaps a successor even for a moment.
        await tx.execute_many(
            "UPDATE appointment SET title = ?, ministry = ?, ends_on = ?, place = ? WHERE id = ? AND guild_id = ?",
            [(a.title, a.ministry, _iso(a), a.place, a.id, guild_id) for a, _ in changes.changed_appointments],
        )
        await tx.execute_many(
            "INSERT INTO appointment (id, guild_id, delegation_id, person_id, role, title, ministry, starts_on,"
            " ends_on, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_appointment(a, guild_id, posts, seats, people) for a in changes.added_appointments],
        )
        await tx.audit_many(guild_id, _audited(changes, seats, people, posts))

    async def first_posts(
        self, tx: Transaction, guild_id: int, accounts: Collection[int], today: date
    ) -> list[Appointment]:
        """Return one post of each person with one of ``accounts`` that has not ended on the day ``today``.

        A focal point's before an alternate's, in the order of the roles, and of these the first to begin. Nobody
        whose posts have all ended is in the list. Sees what the transaction has written.
        """
        rows = await tx.fetch(_POSTS_OF_ACCOUNTS, (guild_id, json.dumps([*accounts]), today.isoformat()))
        rank = {role: number for number, role in enumerate(get_args(Role))}
        posts = sorted(map(appointment_of_row, rows), key=lambda post: (rank[post.role], post.starts_on), reverse=True)
        return list({post.person_id: post for post in posts}.values())


_POSTS_OF_ACCOUNTS: Final = (
    "SELECT a.* FROM person AS p JOIN appointment AS a ON a.guild_id = ?1 AND a.person_id = p.id"
    " WHERE p.guild_id = ?1 AND p.account_id IN (SELECT value FROM json_each(?2))"
    " AND (a.ends_on IS NULL OR a.ends_on >= ?3)"
)
_VERSION: Final = "SELECT coalesce(max(id), 0) FROM audit WHERE guild_id = ?"
_ADDED: Final = {
    "delegation": ("code", "kind"),
    "person": (
        "name",
        "email",
        "phone",
        "languages",
        "expertise",
        "timezone",
        "visibility",
        "account_id",
    ),
    "appointment": APPOINTMENT_FIELDS,
}


async def _numbered(tx: Transaction, table: str, ids: Iterable[int]) -> Mapping[int, int]:
    rows = await tx.fetch(f"SELECT coalesce(max(id), 0) FROM {table}")
    return {old: new for new, old in enumerate(ids, start=int(rows[0][0]) + 1)}


async def _choose_zones(tx: Transaction, guild_id: int, changes: DirectoryChanges, people: Mapping[int, int]) -> None:
    chosen = [p for p, fields in changes.changed_persons if "timezone" in fields]
    # An added person's too: a person who has chosen another with the account has got that one by the link.
    named = [p for p in changes.added_persons if p.timezone is not None]
    await tx.execute_many(
        "UPDATE person SET timezone = ? WHERE id = ? AND guild_id = ?",
        [(p.timezone, people.get(p.id, p.id), guild_id) for p in (*chosen, *named)],
    )
    await zones_written(tx, guild_id, [(p.id, p.timezone) for p in chosen])
    # A linked person's zone is the choice of the account.
    await tx.execute_many(
        "UPDATE account_setting SET timezone = ? WHERE account_id = ? AND guild_id = ?",
        [(p.timezone, p.account_id, guild_id) for p in (*chosen, *named) if p.account_id is not None],
    )


def _person(person: Person) -> tuple[str | int | None, ...]:
    return (
        person.name,
        person.email,
        person.phone,
        json.dumps(person.languages, ensure_ascii=False),
        json.dumps(person.expertise, ensure_ascii=False),
        person.visibility,
        person.account_id,
    )


def _appointment(
    appointment: Appointment,
    guild_id: int,
    posts: Mapping[int, int],
    seats: Mapping[int, int],
    people: Mapping[int, int],
) -> Sequence[str | int | None]:
    return (
        posts[appointment.id],
        guild_id,
        seats.get(appointment.delegation_id, appointment.delegation_id),
        people.get(appointment.person_id, appointment.person_id),
        appointment.role,
        appointment.title,
        appointment.ministry,
        appointment.starts_on.isoformat(),
        _iso(appointment),
        appointment.place,
    )


def _iso(appointment: Appointment) -> str | None:
    return appointment.ends_on.isoformat() if appointment.ends_on is not None else None


def _audited(
    changes: DirectoryChanges, seats: Mapping[int, int], people: Mapping[int, int], posts: Mapping[int, int]
) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [
        *(("add", "delegation", row, _ADDED["delegation"]) for row in seats.values()),
        *(("add", "person", row, _ADDED["person"]) for row in people.values()),
        *(("change", "person", person.id, fields) for person, fields in changes.changed_persons),
        *(("change", "appointment", post.id, fields) for post, fields in changes.changed_appointments),
        *(("appoint", "appointment", row, _ADDED["appointment"]) for row in posts.values()),
    ]
