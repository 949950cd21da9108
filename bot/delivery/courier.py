import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from bot.delivery import channels
from bot.delivery.assess import (
    ByEmail,
    Deliver,
    Emailed,
    Expand,
    Fault,
    Notice,
    Settle,
    Verdict,
    Wait,
    assess,
    reader_of_sent,
)
from bot.delivery.beside import email_instead, email_too
from bot.delivery.channels import Finding, GuildAwayError, Place
from bot.delivery.clock_check import ClockCheck
from bot.delivery.compose import calling_who_is_there, compose
from bot.delivery.ending import MAX_FAULTS, end, faulted
from bot.delivery.lookback import may_be_there, on_its_way, sent_after, stored_until
from bot.delivery.outcome import (
    FIRST_BACKOFF,
    TRANSPORT,
    Refused,
    TryLater,
    Unauthorised,
    UnauthorisedError,
    Unknown,
    backoff,
    outcome_of,
)
from bot.delivery.own_messages import LostFileMessages
from bot.delivery.unread import look_again
from bot.outbox.reference import fault_in_log, in_log, nonce_of
from bot.outbox.types import MaySend, Message, always, person
from bot.services import Services
from bot.texts import Reader
from storage.database import Transaction
from storage.errors import NotWrittenError
from storage.outbox.deliveries import Copied, DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_log: Final = logging.getLogger("bot.outbox")

_UNKNOWN_MESSAGE: Final = 10008
PREPARED_WITHIN: Final = 60.0
"""Seconds that a subject is given to bring its record up to date."""


class Courier:
    """Takes one row one step further, or all the way: each step one transaction, each safe to die after."""

    def __init__(
        self,
        services: Services,
        client: discord.Client,
        deliveries: DeliveryRepository,
        clock_check: ClockCheck,
        copied: Copied | None,
        may_send: MaySend = always,
    ) -> None:
        self._services = services
        self._client = client
        self._deliveries = deliveries
        self._emails = services.emails
        self._clock_check = clock_check
        self._copied = copied
        self._may_send = may_send
        self._lost_file = LostFileMessages(services, client, copied)

    async def faulted(self, row: OutboxRow, error: Exception) -> None:
        """Put an error of our code about a row into the books and the log."""
        await self._apply(row, Fault(error))

    async def handle(self, row: OutboxRow) -> None:
        """Do what the row, read when it fell due, wants now.

        Raises UnauthorisedError, and NotWrittenError where nothing can be written down.
        """
        try:
            match row.state:
                case OutboxState.PENDING:
                    await self._first(row)
                case OutboxState.SENDING:
                    await self._reconcile(row)
                case OutboxState.NOTICE | OutboxState.NOT_REACHED:
                    await look_again(self._services, self._deliveries, row)
                case OutboxState.WITHDRAWING:
                    await self._withdraw(row)
                case _:
                    await self._edit(row)
        except GuildAwayError:
            await self._back_off(row)
        except TRANSPORT as error:
            # Raised by anything but the sending itself, so nothing was sent.
            await self._not_sent(row, error)
        except (UnauthorisedError, NotWrittenError):
            raise
        except Exception as error:  # noqa: BLE001 - a subject's fault must not stop the others' messages
            await self.faulted(row, error)

    # Sending

    async def _first(self, row: OutboxRow) -> None:
        subject = self._services.outbox.subject(row.subject)
        if subject is not None:
            try:
                async with asyncio.timeout(PREPARED_WITHIN):
                    await subject.prepare(row)
            except TimeoutError as error:
                await self._apply(row, Fault(error))
                return
        verdict = await self._assess(row)
        if isinstance(verdict, Expand) and not await self._may_send(timedelta()):
            return
        if (found := await self._lost_file.place_of(row, verdict)) is not None:
            # The lost file may have known something else. (What is not its person's any more is left as it is.)
            await self._sent(row, *found, None if row.is_direct else self._services.clock.now())
            return
        if not isinstance(verdict, Deliver):
            await self._apply(row, verdict)
            return
        place = await self._place(row, verdict)
        if not may_be_there(row, self._services.clock.now(), self._copied):
            await self._send(row, place, verdict, await channels.newest(place))
            return
        tried = row.after_id if row.channel_id == place.id else None
        anchor = sent_after(row, self._copied) if tried is None else tried
        finding = await self._search(row, place, anchor)
        if finding.message_id is not None:
            await self._sent(row, place.id, finding.message_id)
        elif not finding.proven and not row.send_unproven:
            await self._settle(row, OutboxState.UNKNOWN, Reason.NO_HISTORY)
        elif (until := stored_until(row, self._copied)) is not None and self._services.clock.now() < until:
            await self._wait(row, until)
        else:
            await self._send(row, place, verdict, finding.newest_id)

    async def _reconcile(self, row: OutboxRow) -> None:
        if await self._too_early(row):
            return
        place = self._place_of(row)
        if (finding := await self._look_for(row, place)) is None:
            return
        if finding.message_id is not None:
            await self._sent(row, place.id, finding.message_id)
        else:
            verdict = await self._assess(row)
            if isinstance(verdict, Deliver) and (await self._place(row, verdict)).id == place.id:
                await self._send(row, place, verdict, finding.newest_id)
            else:
                # Proven absent: what is to be done with it now is decided as if it had never been tried.
                async with self._services.transaction() as tx:
                    await self._deliveries.decide_anew(tx, row)

    async def _look_for(self, row: OutboxRow, place: Place) -> Finding | None:
        """Search where an attempt was made; None where that proves nothing, which is written down."""
        try:
            finding = await self._search(row, place, row.after_id or 0)
        except discord.HTTPException as error:
            outcome = outcome_of(error)
            if not isinstance(outcome, Refused):
                raise
            if row.state is OutboxState.WITHDRAWING and outcome.reason == Reason.UNKNOWN_CHANNEL:
                await self._settle(row, OutboxState.WITHDRAWN)
            else:
                await self._settle(row, OutboxState.UNKNOWN, outcome.reason)
            return None
        if finding.message_id is None and not finding.proven:
            await self._settle(row, OutboxState.UNKNOWN, Reason.NO_HISTORY)
            return None
        return finding

    async def _too_early(self, row: OutboxRow) -> bool:
        """Tell whether a request may still be on its way; if so, the row is looked at again when none is."""
        now = self._services.clock.now()
        span = on_its_way(hung=row.hung)
        if row.attempted_at is None or not row.attempted_at <= now < row.attempted_at + span:
            return False
        await self._wait(row, row.attempted_at + span)
        return True

    async def _wait(self, row: OutboxRow, until: datetime) -> None:
        async with self._services.transaction() as tx:
            await self._deliveries.wait(tx, row, until, retrying=True)

    async def _send(self, row: OutboxRow, place: Place, expected: Deliver, newest_id: int) -> None:
        if (arguments := await self._claim(row, place, expected, newest_id)) is None:
            return
        claimed = replace(row, state=OutboxState.SENDING, attempts=row.attempts + 1)
        try:
            async with channels.answered_in_time():
                message = await place.send(**arguments, nonce=nonce_of(row, self._services.outbox.salt))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be taken for "not sent"
            await self._unanswered(claimed, error)
            return
        await self._sent(claimed, place.id, message.id)

    async def _claim(self, row: OutboxRow, place: Place, expected: Deliver, newest_id: int) -> dict[str, Any] | None:
        """Claim the row if all is still as expected, and return its message; else do what is to be done."""
        async with self._services.transaction() as tx:
            fresh = await self._deliveries.row(tx, row)
            if fresh is None or fresh.state != row.state or fresh.due_at != row.due_at or self._clock_check.off:
                return None
            verdict = await self._assess(fresh)
            if verdict != expected:
                await self._apply_in(tx, fresh, verdict)
                return None
            try:
                message = await self._render(fresh, expected.reader)
                arguments = compose(fresh, message, expected.reader, self._services.outbox.salt)
            except Exception as error:  # noqa: BLE001 - a subject's fault must not stop the others' messages
                await self._apply_in(tx, fresh, Fault(error))
                return None
            await self._deliveries.claim(tx, fresh, place.id, newest_id, FIRST_BACKOFF)
            if expected.by_email_too:
                await email_too(self._services, tx, fresh)
        if message.files:
            arguments["files"] = list(message.files)
        return arguments

    async def _unanswered(self, row: OutboxRow, error: Exception) -> None:
        """Write down what an error in answer to the sending proves."""
        match outcome_of(error):
            case Refused(reason):
                await self._refused(row, reason)
            case TryLater(after):
                await self._back_off(row, after, OutboxState.PENDING)
            case Unauthorised():
                await self._back_off(row, None, OutboxState.PENDING)
                raise UnauthorisedError from error
            case Unknown(hung) if isinstance(error, TRANSPORT) or row.failures + 1 < MAX_FAULTS:
                _log.warning("whether %s was delivered is unknown (%r): it will be looked for", in_log(row), error)
                pause = max(backoff(row.failures + 1), on_its_way(hung=hung))
                async with self._services.transaction() as tx:
                    await self._deliveries.unanswered(tx, row, self._services.clock.now() + pause, hung=hung)
            case _:
                await self._apply(row, Fault(error))

    async def _refused(self, row: OutboxRow, reason: str, state: OutboxState = OutboxState.FAILED) -> None:
        """Write down a refusal; what a person is not brought directly goes by e-mail, or waits for an answer."""
        may_be_there = state is OutboxState.UNKNOWN
        if row.person_id and not may_be_there and await email_instead(self._services, self._deliveries, row, reason):
            return
        if reason == Reason.CLOSED and row.person_id is not None:
            # Looked at again at once, to find out until when it makes sense.
            await self._settle(row, OutboxState.NOTICE, reason, self._services.clock.now())
            self._services.outbox.noticed.add((row.guild_id, row.target))
        else:
            refused = OutboxState.NOT_REACHED if row.person_id is not None else state
            await self._settle(row, state if may_be_there else refused, reason)

    async def _not_sent(self, row: OutboxRow, error: Exception) -> None:
        """Write down what an error before any sending proves: the row stays in its state, or cannot be delivered."""
        if isinstance(outcome := outcome_of(error), Unauthorised):
            raise UnauthorisedError from error
        if isinstance(outcome, Refused) and row.state in {OutboxState.PENDING, OutboxState.SENDING}:
            may_be_there = row.state is OutboxState.PENDING and row.attempted_at is not None
            await self._refused(row, outcome.reason, OutboxState.UNKNOWN if may_be_there else OutboxState.FAILED)
            return
        await self._back_off(row, outcome.after if isinstance(outcome, TryLater) else None)

    # Editing and taking back

    async def _edit(self, row: OutboxRow) -> None:
        place = self._place_of(row)
        reader = await reader_of_sent(self._services, row)
        try:
            message = await self._render(row, reader)
            arguments = compose(row, message, reader, self._services.outbox.salt)
            if message.files or message.drops_files:
                arguments["attachments"] = list(message.files)
            # Of what somebody saw arrive, only they know which message it is.
            message_id = row.message_id or (await self._search(row, place, row.after_id or 0)).message_id
            if message_id:
                async with channels.answered_in_time():
                    await place.get_partial_message(message_id).edit(**arguments)
        except TRANSPORT as error:
            if not isinstance(outcome_of(error), Refused):
                raise
            _log.warning("the message of %s cannot be edited: %s", in_log(row), error)
            if isinstance(error, discord.HTTPException) and error.code == _UNKNOWN_MESSAGE:
                await self._settle(row, OutboxState.FAILED, Reason.DELETED)
                return
        except Exception as error:  # noqa: BLE001 - a subject's fault must not stop the others' messages
            fault_in_log(row, error)
        async with self._services.transaction() as tx:
            await self._deliveries.edited(tx, row, await self._services.outbox.reads_otherwise_from(row))

    async def _withdraw(self, row: OutboxRow) -> None:
        place = self._place_of(row)
        message_id = row.message_id
        if not message_id:
            if await self._too_early(row):
                return
            finding = await self._look_for(row, place)
            if finding is None:
                return
            message_id = finding.message_id
        if message_id:
            try:
                async with channels.answered_in_time():
                    await place.get_partial_message(message_id).delete()
            except discord.NotFound:
                pass
            except discord.HTTPException as error:
                outcome = outcome_of(error)
                if not isinstance(outcome, Refused):
                    raise
                await self._settle(row, OutboxState.SENT, Reason.NOT_WITHDRAWN.of(outcome.reason))
                return
        await self._settle(row, OutboxState.WITHDRAWN)

    # What each step shares

    async def _assess(self, row: OutboxRow) -> Verdict:
        try:
            return await assess(self._services, row, self._services.clock.now())
        except Exception as error:  # noqa: BLE001 - a subject's fault must not stop the others' messages
            return Fault(error)

    async def _render(self, row: OutboxRow, reader: Reader) -> Message:
        subject = self._services.outbox.subject(row.subject)
        if subject is None:
            raise LookupError(row.subject)
        message = await subject.message(await subject.loaded(row), reader)
        return calling_who_is_there(message, self._client.get_guild(row.guild_id))

    async def _place(self, row: OutboxRow, verdict: Deliver) -> Place:
        if verdict.place == "account":
            return await channels.direct(self._client, verdict.place_id)
        return channels.channel(self._client, row.guild_id, verdict.place_id)

    def _place_of(self, row: OutboxRow) -> Place:
        """Return where an attempt was made, whatever the record says now."""
        if row.is_direct:
            return self._client.get_partial_messageable(row.channel_id or 0, type=discord.ChannelType.private)
        return channels.channel(self._client, row.guild_id, row.channel_id or 0)

    async def _search(self, row: OutboxRow, place: Place, after_id: int) -> Finding:
        return await channels.search(self._client, place, nonce_of(row, self._services.outbox.salt), after_id)

    async def _apply(self, row: OutboxRow, verdict: Verdict) -> None:
        """Do what ``verdict`` says in a transaction of its own, unless a clock that is off said so."""
        async with self._services.transaction() as tx:
            fresh = await self._deliveries.row(tx, row)
            if fresh is not None and fresh.state == row.state and not self._clock_check.off:
                decided = row.state is OutboxState.SENDING or isinstance(verdict, Fault)
                await self._apply_in(tx, fresh, verdict if decided else await self._assess(fresh))

    async def _apply_in(self, tx: Transaction, row: OutboxRow, verdict: Verdict) -> None:
        match verdict:
            case Settle(state, reason):
                await end(self._services, self._deliveries, tx, row, state, reason)
            case Wait(until, by_email_too):
                await self._deliveries.wait(tx, row, until)
                if by_email_too:
                    await email_too(self._services, tx, row)
            case Expand(people):
                await self._deliveries.expand(tx, row, map(person, people))
            case Notice(until):
                reason = Reason.CLOSED if row.refused_directly else Reason.NONE
                await self._deliveries.settle(tx, row, OutboxState.NOTICE, reason, until)
                self._services.outbox.noticed.add((row.guild_id, row.target))
            case Fault(error):
                await faulted(self._services, self._deliveries, tx, row, error)
            case ByEmail(at):
                await self._emails.queue(tx, row, at)
                self._services.outbox.wake(tx, at)
            case Emailed(copy):
                await self._emails.brought(tx, row, copy)
            case Deliver():
                pass  # It is due still, and is read anew at the next turn.

    async def _settle(
        self, row: OutboxRow, state: OutboxState, reason: str = Reason.NONE, until: datetime | None = None
    ) -> None:
        async with self._services.transaction() as tx:
            await end(self._services, self._deliveries, tx, row, state, reason, until)

    async def _sent(self, row: OutboxRow, channel_id: int, message_id: int, again: datetime | None = None) -> None:
        async with self._services.transaction() as tx:
            again = again or await self._services.outbox.reads_otherwise_from(row)
            await self._deliveries.sent(tx, row, channel_id, message_id, again)

    async def _back_off(self, row: OutboxRow, after: timedelta | None = None, state: OutboxState | None = None) -> None:
        """Count a failure, and look at the row again ``after`` that (None: a backoff), in ``state`` (None: its own)."""
        at = self._services.clock.now() + (after or backoff(row.failures + 1))
        async with self._services.transaction() as tx:
            await self._deliveries.back_off(tx, row, at, state or row.state, Reason.NONE)
