"""Takes a row that goes by e-mail one step further: each step one transaction, each safe to die after."""

import logging
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Final

import discord

from bot.delivery.assess import ByEmail, assess
from bot.delivery.clock_check import ClockCheck
from bot.delivery.courier import Courier
from bot.delivery.ending import end
from bot.delivery.outcome import FIRST_BACKOFF, backoff
from bot.delivery.secretariat_alerts import alert
from bot.identify import reader_of_person
from bot.mail.letter import Envelope, letter, server_url
from bot.outbox.reference import in_log, nonce_of
from bot.outbox.types import MaySend, always
from bot.services import Services
from bot.smtp.transport import Accepted, NotSetUp, NotTaken, Outcome, Refused, Unknown
from storage.database import Transaction
from storage.errors import NotWrittenError
from storage.outbox.deliveries import Copied, DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_log: Final = logging.getLogger("bot.outbox")
_LEASE: Final = 10 * FIRST_BACKOFF
"""Seconds in which a conversation with a mail server has ended, if only by its time limits."""


class Mailer:
    """Sends e-mails, one after the other. A mail server cannot be asked later what it has taken.

    An e-mail whose content it may have, without having said so, is never sent again by itself.
    """

    def __init__(
        self,
        services: Services,
        client: discord.Client,
        courier: Courier,
        clock_check: ClockCheck,
        copied: Copied | None,
        may_send: MaySend = always,
    ) -> None:
        self._services = services
        self._client = client
        self._courier = courier
        self._deliveries = DeliveryRepository(services.database)
        self._emails = services.emails
        self._clock_check = clock_check
        self._copied = copied
        self._may_send = may_send

    async def handle(self, row: OutboxRow) -> None:
        """Do what the row, read when it fell due, wants now.

        Raises NotWrittenError where nothing can be written down.
        """
        try:
            if row.state is OutboxState.SENDING:
                await self._after_silence(row)
            elif self._may_be_lost(row):
                # The lost file may have sent it, and nobody can look.
                await self._settle(row, OutboxState.UNKNOWN, Reason.NO_ANSWER)
            else:
                await self._send(row)
        except NotWrittenError:
            raise
        except Exception as error:  # noqa: BLE001 - a subject's fault must not stop the others' e-mails
            await self._courier.faulted(row, error)

    async def _after_silence(self, row: OutboxRow) -> None:
        """Decide on a row whose process died in the middle of the conversation."""
        if row.email_step == "handed_over":
            await self._settle(row, OutboxState.UNKNOWN, Reason.NO_ANSWER)
            return
        async with self._services.transaction() as tx:
            await self._emails.not_taken(tx, row, self._services.clock.now())

    def _may_be_lost(self, row: OutboxRow) -> bool:
        return self._copied is not None and row.due_at <= self._copied.began_at and not row.send_unproven

    async def _send(self, row: OutboxRow) -> None:
        # Another process that has taken over owes the same e-mail, and no mail server would see that it is the same.
        if not await self._may_send(timedelta()):
            return
        if not self._network_name(row.guild_id):
            # Its server has not been available since the bot started: nobody is written to in no one's name.
            async with self._services.transaction() as tx:
                at = self._services.clock.now() + backoff(row.failures + 1)
                await self._deliveries.back_off(tx, row, at, row.state, Reason.NONE)
            return
        claimed = await self._claim(row)
        if claimed is None or self._services.mail is None:
            return
        row, message, address = claimed
        fault: Exception | None = None

        async def before_content() -> bool:
            nonlocal fault
            try:
                async with self._services.transaction() as tx:
                    return await self._goes_still(tx, row, address) and await self._emails.hand_over(tx, row)
            except NotWrittenError:
                raise
            except Exception as error:  # noqa: BLE001 - counted below, as what a subject raises before the claim is
                fault = error
                return False

        sender = self._services.defaults.mail_from or ""
        outcome = await self._services.mail.send(message, sender, address, before_content)
        await self._apply(row, outcome, address)
        if fault is not None:
            await self._courier.faulted(replace(row, state=OutboxState.PENDING), fault)

    async def _goes_still(self, tx: Transaction, row: OutboxRow, address: str) -> bool:
        """Tell whether the row is still for this address: the mail server may have taken minutes until now."""
        fresh = await self._deliveries.row(tx, row)
        if fresh is None or not isinstance(await assess(self._services, fresh, self._services.clock.now()), ByEmail):
            return False
        person = await self._services.members.person(row.guild_id, row.person_id or 0)
        return person is not None and person.address == address

    async def _claim(self, row: OutboxRow) -> tuple[OutboxRow, EmailMessage, str] | None:
        """Claim the row if it still goes by e-mail; else have it decided on anew."""
        async with self._services.transaction() as tx:
            fresh = await self._deliveries.row(tx, row)
            if fresh is None or fresh.state != row.state or fresh.due_at != row.due_at or self._clock_check.off:
                return None
            verdict = await assess(self._services, fresh, self._services.clock.now())
            if self._services.mail is None or not isinstance(verdict, ByEmail):
                await self._emails.dequeue(tx, fresh)
                self._services.outbox.wake(tx, self._services.clock.now())
                return None
            message, address = await self._rendered(tx, fresh)
            await self._emails.claim(tx, fresh, _LEASE, address)
        return replace(fresh, state=OutboxState.SENDING, attempts=fresh.attempts + 1), message, address

    async def _rendered(self, tx: Transaction, row: OutboxRow) -> tuple[EmailMessage, str]:
        services = self._services
        subject = services.outbox.subject(row.subject)
        person = await services.members.person(row.guild_id, row.person_id or 0)
        assert subject is not None, "assess has found it"  # noqa: S101 - narrows the type
        assert person is not None, "assess has found them"  # noqa: S101 - narrows the type
        network = await services.settings.network(row.guild_id)
        reader = await reader_of_person(services, network, person)
        text = await subject.email_to_hand_over(tx, await subject.loaded(row), reader)
        sender = services.defaults.mail_from or ""
        envelope = Envelope(
            network=self._network_name(row.guild_id),
            sender=sender,
            reply_to=network.email_reply_to or sender,
            name=person.name,
            address=person.address,
            key=nonce_of(row, services.outbox.salt),
            list_key=f"network-{row.guild_id}",
            server=server_url(row.guild_id),
        )
        return letter(envelope, text, reader, services.clock.now()), person.address

    def _network_name(self, guild_id: int) -> str:
        """Return the name of the network's server; empty where Discord has not told it yet."""
        guild = self._client.get_guild(guild_id)
        return guild.name if guild is not None else ""

    async def _apply(self, row: OutboxRow, outcome: Outcome | None, address: str) -> None:
        now = self._services.clock.now()
        match outcome:
            case Accepted():
                async with self._services.transaction() as tx:
                    await self._emails.sent(tx, row)
            case Refused(code, of_address):
                await self._refused(row, Reason.ADDRESS.of(str(code)), address if of_address else None)
            case NotTaken(why):
                _log.warning("%s was not taken by the mail server (%s): trying again", in_log(row), why)
                async with self._services.transaction() as tx:
                    await self._emails.not_taken(tx, row, now + backoff(row.failures + 1))
            case NotSetUp(problem):
                _log.error("no e-mail can be sent: %s", problem)
                async with self._services.transaction() as tx:
                    reason = Reason.MAIL_SETTINGS.of(problem)
                    await self._emails.not_taken(tx, row, now + backoff(row.failures + 1), reason)
                    await alert(self._services.outbox, self._deliveries, tx, row, reason)
            case Unknown():
                await self._settle(row, OutboxState.UNKNOWN, Reason.NO_ANSWER)
            case None:
                # It was called off while the mail server was asked: it has nothing of it.
                async with self._services.transaction() as tx:
                    await self._deliveries.decide_anew(tx, row)
                    self._services.outbox.wake(tx, now)

    async def _refused(self, row: OutboxRow, reason: str, unknown_address: str | None) -> None:
        """Have what the mail server refuses wait above the person's next answer, where there can be one.

        An address that it does not know (None: it refuses for another reason) is used no more until somebody corrects
        it.
        """
        if unknown_address is not None:
            async with self._services.transaction() as tx:
                await self._emails.address_refused(tx, row, unknown_address)
        person = await self._services.members.person(row.guild_id, row.person_id or 0)
        if unknown_address is not None and person is not None and person.address not in ("", unknown_address):
            # Somebody corrected it while the mail server was asked.
            async with self._services.transaction() as tx:
                await self._emails.not_taken(tx, row, self._services.clock.now())
                self._services.outbox.wake(tx, self._services.clock.now())
        elif row.is_second_copy:
            await self._settle(row, OutboxState.FAILED, reason)
        elif person is None or person.account_id is None:
            await self._settle(row, OutboxState.NOT_REACHED, reason)
        else:
            # Looked at again at once, to find out until when it makes sense.
            await self._settle(row, OutboxState.NOTICE, reason, wake_in=timedelta())
            self._services.outbox.noticed.add((row.guild_id, row.target))

    async def _settle(self, row: OutboxRow, state: OutboxState, reason: str, wake_in: timedelta | None = None) -> None:
        until = self._services.clock.now() + wake_in if wake_in is not None else None
        async with self._services.transaction() as tx:
            await end(self._services, self._deliveries, tx, row, state, reason, until)
