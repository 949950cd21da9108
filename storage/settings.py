import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from storage.database import Database, Transaction
from storage.models import AccountSettings, Draft, Network

_NETWORK_FIELDS: Final = frozenset(
    {
        "secretariat_role_id",
        "member_role_id",
        "announcements_channel_id",
        "members_channel_id",
        "secretariat_channel_id",
        "welcome_channel_id",
        "language",
        "timezone",
        "privacy_contact",
        "email_enabled",
        "email_reply_to",
        "email_links",
        "invitation_link",
        "country",
        "weekly_digest",
        "monthly_digest",
    }
)
_ACCOUNT_FIELDS: Final = frozenset({"timezone", "language", "channel", "monthly_email"})
_OF_ACCOUNT: Final = ("timezone", "language", "locale", "channel", "monthly_email")
_ACCOUNT: Final = (
    "s.timezone, s.language, s.locale, coalesce(p.channel, s.channel, 'not_asked') AS channel,"
    " coalesce(s.monthly_email, 0) AS monthly_email"
)
_OF_WHOM: Final = (
    " LEFT JOIN account_setting AS s ON s.guild_id = who.guild_id AND s.account_id = who.account_id"
    " LEFT JOIN person AS p ON p.guild_id = who.guild_id AND p.account_id = who.account_id"
)
"""The account's row, and that of its person, whose the choice of a channel is."""
_KEPT_BY_PERSON: Final = frozenset({"timezone", "language", "channel"})
_DAY: Final = 86_400
_PREFIX: Final = "network_"
NETWORK_AND_ACCOUNT: Final = (
    f"SELECT {', '.join(f'n.{name} AS {_PREFIX}{name}' for name in sorted(_NETWORK_FIELDS))},"
    f" {_ACCOUNT} FROM (SELECT ?1 AS guild_id, ?2 AS account_id) AS who"
    f" LEFT JOIN network AS n ON n.guild_id = who.guild_id{_OF_WHOM}"
)
"""One row of a network (``?1``) and an account in it (``?2``), for :func:`network_and_account_of`."""
_SWITCHES: Final = frozenset({"email_enabled", "email_links", "weekly_digest", "monthly_digest"})
ZONE_DATA_KEPT: Final = "zone_data"
"""In a draft's payload: the version of the zone data that its instants follow from."""


class SettingsRepository:
    """What each network and each account in it has chosen, and forms not yet confirmed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def network(self, guild_id: int, tx: Transaction | None = None) -> Network:
        """Return the network's settings; all None before ``/setup``. As last committed, or as ``tx`` sees them."""
        fetch = tx.fetch if tx is not None else self._database.fetch_held
        rows = await fetch(f"SELECT {', '.join(sorted(_NETWORK_FIELDS))} FROM network WHERE guild_id = ?", (guild_id,))
        return _network(guild_id, rows[0]) if rows else Network(guild_id)

    async def guild_ids(self) -> list[int]:
        """Return every network that has settings, for work that the bot does in each."""
        return [row[0] for row in await self._database.fetch("SELECT guild_id FROM network ORDER BY guild_id")]

    async def networks_with_digests(self) -> list[int]:
        """Return every network that wants a digest."""
        rows = await self._database.fetch("SELECT guild_id FROM network WHERE weekly_digest OR monthly_digest")
        return [row[0] for row in rows]

    async def accounts_with_monthly_email(self, guild_id: int) -> frozenset[int]:
        """Return the accounts that have asked for the monthly digest by e-mail."""
        rows = await self._database.fetch(
            "SELECT account_id FROM account_setting WHERE guild_id = ? AND monthly_email = 1", (guild_id,)
        )
        return frozenset(row[0] for row in rows)

    async def networks_of_account(self, account_id: int) -> list[int]:
        """Return the networks in which the account has used the bot, linked or not."""
        rows = await self._database.fetch(
            "SELECT guild_id FROM account_setting WHERE account_id = ? ORDER BY guild_id", (account_id,)
        )
        return [row[0] for row in rows]

    async def present_networks(self, tx: Transaction) -> list[int]:
        """Return the networks whose servers have the bot, as far as is known."""
        return [row[0] for row in await tx.fetch("SELECT guild_id FROM network WHERE removed_at IS NULL")]

    async def change_network(self, tx: Transaction, guild_id: int, **fields: int | str | None) -> None:
        """Set the named fields of the network; the others stay."""
        unknown = fields.keys() - _NETWORK_FIELDS
        if unknown:
            raise ValueError(f"no such network settings: {unknown}")
        await tx.execute("INSERT INTO network (guild_id) VALUES (?) ON CONFLICT DO NOTHING", (guild_id,))
        assignments = ", ".join(f"{name} = ?" for name in fields)
        await tx.execute(
            f"UPDATE network SET {assignments} WHERE guild_id = ?",
            (*fields.values(), guild_id),
        )
        await tx.audit(guild_id, "setup", "network", guild_id, fields)

    async def claim_greeting(self, tx: Transaction, guild_id: int) -> bool:
        """Write down that the server is greeted; False when it has been greeted before."""
        return bool(
            await tx.execute(
                "INSERT INTO network (guild_id, greeted_at) VALUES (?, ?)"
                " ON CONFLICT (guild_id) DO UPDATE SET greeted_at = excluded.greeted_at WHERE greeted_at IS NULL",
                (guild_id, tx.at),
            )
        )

    async def account(self, guild_id: int, account_id: int) -> AccountSettings:
        """Return what the account chose in this network; defaults when nothing."""
        [row] = await self._database.fetch(
            f"SELECT {_ACCOUNT} FROM (SELECT ?1 AS guild_id, ?2 AS account_id) AS who{_OF_WHOM}",
            (guild_id, account_id),
        )
        return _account(guild_id, account_id, row)

    async def change_account(
        self, tx: Transaction, guild_id: int, account_id: int, **fields: str | bool | None
    ) -> None:
        """Set the named fields of an account's settings; the others stay.

        What its person keeps whatever account is linked is set there too: the channel, the language and the zone.
        """
        unknown = fields.keys() - _ACCOUNT_FIELDS
        if unknown:
            raise ValueError(f"no such account settings: {unknown}")
        kept = {name: value for name, value in fields.items() if name in _KEPT_BY_PERSON}
        of_account = fields
        if kept and await self._set_person(tx, guild_id, account_id, kept):
            of_account = {name: value for name, value in fields.items() if name != "channel"}
        if of_account:
            await self._set_account(tx, guild_id, account_id, of_account)
        await tx.audit(guild_id, "settings", "account", account_id, fields)

    async def claim_question(self, tx: Transaction, guild_id: int, account_id: int) -> bool:
        """Write down that the account is being asked about direct messages; False when it was asked, or has chosen.

        Only on which day (UTC): the hour could be that of a ballot.
        """
        tx.unaudited_by_design()
        return bool(
            await tx.execute(
                "INSERT INTO account_setting (guild_id, account_id, asked_at) SELECT ?1, ?2, ?3"
                " WHERE NOT EXISTS (SELECT 1 FROM person AS p WHERE p.guild_id = ?1 AND p.account_id = ?2"
                " AND p.channel <> 'not_asked')"
                " ON CONFLICT (guild_id, account_id) DO UPDATE SET asked_at = excluded.asked_at"
                " WHERE asked_at IS NULL AND channel = 'not_asked'",
                (guild_id, account_id, tx.at - tx.at % _DAY),
            )
        )

    async def remember_locale(self, tx: Transaction, guild_id: int, account_id: int, locale: str) -> None:
        """Keep the locale of the account's last interaction, for messages that answer none."""
        tx.unaudited_by_design()
        await self._set_account(tx, guild_id, account_id, {"locale": locale})

    async def _set_person(
        self, tx: Transaction, guild_id: int, account_id: int, fields: Mapping[str, str | bool | None]
    ) -> bool:
        """Set what the account's person keeps; False where the account is linked to nobody."""
        assignments = ", ".join(f"{name} = ?" for name in fields)
        changed = await tx.execute(
            f"UPDATE person SET {assignments} WHERE guild_id = ? AND account_id = ?",
            (*fields.values(), guild_id, account_id),
        )
        return bool(changed)

    async def _set_account(
        self, tx: Transaction, guild_id: int, account_id: int, fields: Mapping[str, str | bool | None]
    ) -> None:
        await tx.execute(
            "INSERT INTO account_setting (guild_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (guild_id, account_id),
        )
        assignments = ", ".join(f"{name} = ?" for name in fields)
        await tx.execute(
            f"UPDATE account_setting SET {assignments} WHERE guild_id = ? AND account_id = ?",
            (*fields.values(), guild_id, account_id),
        )

    async def keep_draft(
        self, tx: Transaction, guild_id: int, account_id: int, kind: str, payload: dict[str, object]
    ) -> int:
        """Keep what somebody typed until they confirm or correct it; return the draft's id."""
        tx.unaudited_by_design()
        return await tx.insert(
            "INSERT INTO draft (guild_id, account_id, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)",
            (guild_id, account_id, kind, json.dumps(payload), tx.at),
        )

    async def draft(self, guild_id: int, account_id: int, draft_id: int, since: datetime) -> Draft | None:
        """Return the owner's draft; None when it is another's, was used, or was kept before ``since``."""
        row = await self._database.fetch_one(
            "SELECT * FROM draft WHERE id = ? AND guild_id = ? AND account_id = ? AND created_at > ?",
            (draft_id, guild_id, account_id, int(since.timestamp())),
        )
        if row is None:
            return None
        return Draft(
            id=row["id"],
            guild_id=row["guild_id"],
            account_id=row["account_id"],
            kind=row["kind"],
            payload=json.loads(row["payload"]),
            created_at=datetime.fromtimestamp(row["created_at"], UTC),
        )

    async def use_draft(self, tx: Transaction, draft: Draft) -> bool:
        """Take the draft away; False when somebody was quicker (a double click)."""
        key = (draft.id, draft.guild_id)
        # Where a colleague was quicker, nothing else changes: that is no fault.
        return bool(await tx.execute("DELETE FROM draft WHERE id = ? AND guild_id = ?", key, is_audited=False))

    async def forget_drafts(self, tx: Transaction, kinds: Iterable[str], version: str, *, unmarked: bool) -> None:
        """Delete the drafts whose kinds begin with one of ``kinds`` and whose zone data are not those of ``version``.

        They are to be typed again. ``unmarked``: also those that do not say which zone data they follow.
        """
        await tx.execute_many(
            "DELETE FROM draft WHERE kind GLOB ? AND coalesce(json_extract(payload, ?) <> ?, ?)",
            [(f"{kind}*", f"$.{ZONE_DATA_KEPT}", version, unmarked) for kind in kinds],
        )

    async def forget_old_drafts(self, tx: Transaction, age: int) -> int:
        """Delete the drafts that nobody confirmed within ``age`` seconds and return how many there were."""
        return await tx.execute("DELETE FROM draft WHERE created_at <= ?", (tx.at - age,))

    async def synced_commands(self, application_id: int, digest: str) -> dict[str, int] | None:
        """Return the ids of the commands by name, if Discord was last given those of that ``digest``; else None."""
        row = await self._database.fetch_one(
            "SELECT ids FROM command_sync WHERE application_id = ? AND digest = ? AND ids <> '{}'",
            (application_id, digest),
        )
        return cast(dict[str, int], json.loads(row[0])) if row is not None else None

    async def commands_synced(self, tx: Transaction, application_id: int, digest: str, ids: Mapping[str, int]) -> None:
        """Write down which commands Discord was given, and the ids that it gave them."""
        await tx.execute(
            "INSERT INTO command_sync (application_id, digest, ids) VALUES (?, ?, ?)"
            " ON CONFLICT (application_id) DO UPDATE SET digest = excluded.digest, ids = excluded.ids",
            (application_id, digest, json.dumps(dict(ids))),
        )


def network_and_account_of(guild_id: int, account_id: int, row: sqlite3.Row) -> tuple[Network, AccountSettings]:
    """Return what :meth:`SettingsRepository.network` and :meth:`SettingsRepository.account` do, from one row."""
    return _network(guild_id, row, _PREFIX), _account(guild_id, account_id, row)


def _network(guild_id: int, row: sqlite3.Row, prefix: str = "") -> Network:
    values: dict[str, Any] = {name: row[f"{prefix}{name}"] for name in _NETWORK_FIELDS}
    values |= {name: bool(values[name]) for name in _SWITCHES}
    return Network(guild_id, **values)


def _account(guild_id: int, account_id: int, row: sqlite3.Row) -> AccountSettings:
    values: dict[str, Any] = {name: row[name] for name in _OF_ACCOUNT}
    values["monthly_email"] = bool(values["monthly_email"])
    return AccountSettings(guild_id, account_id, **values)
