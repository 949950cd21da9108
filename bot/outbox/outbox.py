import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.outbox.plan import replan
from bot.outbox.types import Owed, Subject, person
from bot.texts import Text, t
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.outbox import OutboxRepository
from storage.unlisted_messages import COLLEAGUE_VOTED

_log: Final = logging.getLogger("bot.outbox")
GRACE: Final = timedelta(minutes=2)
"""How long a message to several people waits after *Confirm*, for *Stop*."""


class Outbox:
    """Where every room says what it owes. Owed once, sent once: the engine does the rest.

    All that writes takes the room's own transaction, so that the record and what it owes change together.
    """

    def __init__(self, rows: OutboxRepository) -> None:
        self.rows = rows
        self._subjects: dict[str, Subject[Any]] = {}
        self._wake: Callable[[datetime], None] | None = None
        self.salt = b""
        """What makes this database's nonces its own: read by the engine when it starts."""
        self.is_planned_again = False
        """Whether every plan was worked out again at this start: Discord's events may be behind."""
        self.noticed: set[tuple[int, str]] = set()
        """(network, target) of everybody who has notices waiting: so that answers need not ask the database."""

    def register(self, subject: Subject[Any]) -> None:
        """Let a room answer for its rows; in its ``setup``, before the bot is ready."""
        self._subjects[subject.name] = subject

    def subject(self, name: str) -> Subject[Any] | None:
        """Return who answers for the rows of that subject, or None where this version has nobody."""
        return self._subjects.get(name)

    async def title(self, row: OutboxRow) -> Text:
        """Name a row for lists, whatever has become of its subject."""
        subject = self.subject(row.subject)
        if subject is None:
            return t("A message of another version of the bot")
        return await subject.title(await subject.loaded(row))

    async def reads_otherwise_from(self, row: OutboxRow) -> datetime | None:
        """Return when a message in a channel is to be rendered anew although nobody changes its record; None: never."""
        subject = self.subject(row.subject)
        if subject is None or row.is_direct:
            return None
        try:
            return await subject.reads_otherwise_from(await subject.loaded(row))
        except Exception:  # noqa: BLE001 - a subject's fault must not make a message that is there unknown
            _log.exception("when row %d reads otherwise is unknown", row.id)
            return None

    def wakes(self, wake: Callable[[datetime], None]) -> None:
        """Name the engine's own :meth:`wake`: called once a change is on disk, before anybody else holds the writer."""
        self._wake = wake

    async def plan(
        self,
        tx: Transaction,
        guild_id: int,
        subject: str,
        subject_id: int,
        owed: Sequence[Owed],
        *,
        keeps_waiting: bool = False,
    ) -> None:
        """Make a subject's waiting rows what ``owed`` says: all of it, each time; an empty list cancels all.

        What falls due now or earlier is not owed. Rows already under way stay as they are; one that was sent is
        owed again when its due time has moved by its lead or more. Rows of :meth:`plan_now` and :meth:`notify` are
        not touched. With ``keeps_waiting``, what waits and would have been due by now is sent, not cancelled.
        """
        now = _now(tx)
        owed = [replace(one, due_at=one.due_at.replace(microsecond=0)) for one in owed]
        change = replan(
            await self.rows.planned(tx, guild_id, subject, subject_id), owed, now, keeps_waiting=keeps_waiting
        )
        if change.add:
            added = [(one.kind, one.target, occurrence, one.due_at) for one, occurrence in change.add]
            await self.rows.add_planned(tx, guild_id, subject, subject_id, added)
        if change.move:
            await self.rows.move(tx, guild_id, change.move)
        if change.cancel:
            await self.rows.cancel(tx, guild_id, change.cancel)
        if change.overtaken:
            await self.rows.cancel_children(tx, guild_id, change.overtaken)
        for due_at in (*(one.due_at for one, _ in change.add), *change.move.values()):
            self.wake(tx, due_at)

    async def plan_all_again(self, tx: Transaction, guild_id: int) -> None:
        """Work out again what every record ahead owes, because the clocks of its zone have changed."""
        for name in self._subjects:
            await self.plan_again(tx, guild_id, name)

    async def plan_by_settings(self, tx: Transaction, guild_id: int) -> None:
        """Work out again what follows from the network's own settings, which ``tx`` has changed."""
        for subject in self._subjects.values():
            if subject.follows_settings:
                await self.plan_again(tx, guild_id, subject.name)

    async def plan_again(self, tx: Transaction, guild_id: int, name: str) -> None:
        """Work out again what the records ahead of one subject owe; what waits and is due by now is sent."""
        subject = self._subjects[name]
        for plan in await subject.plans(tx, guild_id):
            await self.plan(tx, guild_id, name, plan.subject_id, plan.owed, keeps_waiting=True)

    async def plan_now(
        self,
        tx: Transaction,
        guild_id: int,
        subject: str,
        subject_id: int,
        kind: str,
        target: str,
        *,
        delay: timedelta = timedelta(0),
        payload: Mapping[str, object] | None = None,
        deadline: datetime | None = None,
    ) -> int:
        """Owe one message at once (or after ``delay``) and return its row's id: announcements, cards, notices.

        Each call owes a further message of that kind. ``payload`` (JSON) is handed back in the row; after
        ``deadline`` it is *missed* (None: the subject's standing says).
        """
        due_at = _now(tx) + delay
        row_id = await self.rows.ask(
            tx, guild_id, subject, subject_id, kind, target, due_at, deadline=deadline, payload=payload
        )
        self.wake(tx, due_at)
        return row_id

    async def notify(
        self,
        tx: Transaction,
        guild_id: int,
        person_id: int,
        subject: str,
        subject_id: int,
        kind: str,
        *,
        deadline: datetime | None = None,
        payload: Mapping[str, object] | None = None,
    ) -> int:
        """Owe a message to one person and return the row's id.

        By direct message where they accepted them, in their working hours unless that misses ``deadline``; else
        as a notice above their next private answer.
        """
        return await self.plan_now(
            tx, guild_id, subject, subject_id, kind, person(person_id), deadline=deadline, payload=payload
        )

    async def notify_without_hour(
        self,
        tx: Transaction,
        guild_id: int,
        person_id: int,
        subject: str,
        subject_id: int,
        day: datetime,
        *,
        deadline: datetime,
        payload: Mapping[str, object],
    ) -> int:
        """Owe a message to one person, due at once, whose row keeps the day only and no hour: that a colleague voted.

        ``day`` is the beginning of that day. Returns the row's id.
        """
        target = person(person_id)
        row_id = await self.rows.ask(
            tx,
            guild_id,
            subject,
            subject_id,
            COLLEAGUE_VOTED,
            target,
            day,
            deadline=deadline,
            payload=payload,
            by_chance=True,
        )
        self.wake(tx, day)
        return row_id

    async def cancel(self, tx: Transaction, guild_id: int, subject: str, subject_id: int) -> int:
        """Cancel all of a subject that waits, planned or asked for; return how many messages that was."""
        return await self.rows.cancel_subject(tx, guild_id, subject, subject_id)

    async def edit(
        self,
        tx: Transaction,
        guild_id: int,
        subject: str,
        subject_id: int,
        *kinds: str,
        people_too: bool = False,
        day: datetime | None = None,
    ) -> None:
        """Have the subject's messages in channels rendered anew and edited, of these kinds or (none named) of all.

        With ``people_too``, those in direct messages as well. ``day`` is the beginning of this day, where only the day
        may be known on which something asked for it.
        Edits asked for while one is under way are gathered into the next; none is lost in a restart.
        """
        since = int(day.timestamp()) if day is not None else tx.at
        if await self.rows.want_edit(tx, guild_id, subject, subject_id, kinds, since=since, people_too=people_too):
            self.wake(tx, _now(tx))

    async def take_back(self, tx: Transaction, guild_id: int, row_id: int) -> int:
        """Delete what a row (or its fan-out) has sent, cancel what waits; the record stays. Return how many."""
        taken = await self.rows.withdraw(tx, guild_id, row_id)
        self.wake(tx, _now(tx))
        return taken

    async def again(self, tx: Transaction, guild_id: int, row_id: int) -> bool:
        """Owe a failed, missed or unknown message once more; False when it is none of these any more."""
        owed = await self.rows.again(tx, guild_id, row_id)
        self.wake(tx, _now(tx))
        return owed

    async def arrived(self, tx: Transaction, guild_id: int, row_id: int) -> bool:
        """Write down that somebody saw an unknown message arrive; False when it is no longer unknown."""
        seen = await self.rows.arrived(tx, guild_id, row_id)
        self.wake(tx, _now(tx))
        return seen

    async def resume(self, tx: Transaction, guild_id: int) -> bool:
        """Let a held network's messages go; False when it was not held."""
        resumed = await self.rows.resume(tx, guild_id)
        self.wake(tx, _now(tx))
        return resumed

    async def of(
        self, guild_id: int, subject: str, subject_id: int, kind: str | None = None, tx: Transaction | None = None
    ) -> list[OutboxRow]:
        """Return a subject's rows by due time (of one kind); ``channel_id`` and ``message_id`` say where each is.

        As last committed, or as ``tx`` sees them.
        """
        rows = await self.rows.rows_of(guild_id, subject, subject_id, tx)
        return [row for row in rows if kind is None or row.kind == kind]

    def wake(self, tx: Transaction, at: datetime) -> None:
        """Have the engine look at what falls due at ``at``, once the transaction is committed."""
        wake = self._wake
        if wake is not None:
            tx.once_committed(lambda: wake(at))


def _now(tx: Transaction) -> datetime:
    return datetime.fromtimestamp(tx.at, UTC)
