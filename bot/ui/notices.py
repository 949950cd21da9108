"""What is shown above and below a private answer: notices that wait, and the one question about messages."""

import logging
from typing import Any, Final

import discord

from bot.access import Asker
from bot.commands import Command
from bot.outbox.reference import in_log
from bot.outbox.types import LoadedRow, Message, RecordGoneError, Subject, person
from bot.services import Services
from bot.texts import Reader, t
from bot.ui.embed_limits import DESCRIPTION
from bot.ui.plain_buttons import CONSENT, plain_button, stored_view
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_log: Final = logging.getLogger("bot.outbox")
_AT_ONCE: Final = 5
"""Notices that are shown above one answer; the others wait for the next."""


class WaitingNotices:
    """Shows each notice once, above its person's next private answer, and asks once about direct messages."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._asked: set[tuple[int, int]] = set()

    async def waiting(self, asker: Asker) -> tuple[discord.Embed | None, list[OutboxRow], list[Message]]:
        """Return the card of what waits for the asker (None: nothing), and its rows for :meth:`mark_shown`.

        Messages that are to be shown in full come beside it.
        """
        outbox = self._services.outbox
        if asker.person is None or (asker.guild_id, person(asker.person.id)) not in outbox.noticed:
            return None, [], []
        waiting = (await outbox.rows.notices(asker.guild_id, person(asker.person.id)))[:_AT_ONCE]
        rows: list[OutboxRow] = []
        # Two rows may say the same: it is read once.
        lines: dict[str, None] = {}
        whole: dict[tuple[str, str | None], Message] = {}
        for row in waiting:
            message = await self._message(row, asker.reader)
            if message is not None and message.is_whole:
                whole[message.sentence, message.card.description if message.card is not None else None] = message
            elif message is not None:
                line = f"• {message.sentence}"
                if len("\n".join([*lines, line])) > DESCRIPTION:
                    break  # What has no room waits for the next answer.
                lines[line] = None
            rows.append(row)
        if not lines:
            return None, rows, list(whole.values())
        card = discord.Embed(
            title=asker.reader.label(t("For your attention")),
            description="\n".join(lines),
            colour=discord.Colour.blue(),
        )
        return card, rows, list(whole.values())

    async def mark_shown(self, asker: Asker, rows: list[OutboxRow]) -> None:
        """Write down that the notices were shown: no answer shows them again."""
        if asker.person is None or not rows:
            return
        target = person(asker.person.id)
        async with self._services.transaction() as tx:
            for row in rows:
                owed = await self._still_owed(row)
                state = owed if isinstance(owed, OutboxState) else OutboxState.SENT
                reason = row.reason or Reason.LATE if state is OutboxState.NOT_REACHED else Reason.NONE
                await self._services.outbox.rows.noticed(tx, row, state, reason)
            if not await self._services.outbox.rows.notices_left(tx, asker.guild_id, target):
                self._services.outbox.noticed.discard((asker.guild_id, target))

    async def ask_consent(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Ask a person, once, from their claim on, whether the bot may write to them directly."""
        key = (asker.guild_id, asker.account_id)
        is_known = asker.person is not None or asker.claimed is not None
        if not is_known or asker.settings.channel != "not_asked" or key in self._asked:
            return
        if interaction.guild_id is None:
            return  # The buttons would not know their network; the next answer in the server asks.
        self._asked.add(key)
        claimed = False

        async def claim(tx: Transaction) -> None:
            nonlocal claimed
            claimed = await self._services.settings.claim_question(tx, *key)

        await self._services.write_batcher.write(asker.account_id, claim)
        if not claimed:
            return
        reader = asker.reader
        text = t(
            "May the bot send you direct messages? Only on working days, 08:00–20:00 your time. If not, your messages"
            " wait at the top of the bot's next reply here. {command} changes this at any time.",
            command=Command("settings reminders"),
        )
        buttons = [
            plain_button(
                CONSENT.format(choice="yes"), reader.label(t("Yes, write to me")), discord.ButtonStyle.primary
            ),
            plain_button(CONSENT.format(choice="no"), reader.label(t("No, never"))),
        ]
        await interaction.followup.send(
            reader.say(text),
            view=stored_view(buttons),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def _message(self, row: OutboxRow, reader: Reader) -> Message | None:
        found = await self._still_owed(row)
        if isinstance(found, OutboxState):
            return None
        try:
            subject, loaded = found
            return await subject.message(loaded, reader)
        except Exception:  # noqa: BLE001 - a subject's fault must not cost the answer
            _log.exception("a notice could not be shown: %s", in_log(row))
            return None

    async def _still_owed(self, row: OutboxRow) -> tuple[Subject[Any], LoadedRow[Any]] | OutboxState:
        """Return who answers for a notice that still makes sense, with its record; else what it has become."""
        subject = self._services.outbox.subject(row.subject)
        if subject is None:
            return OutboxState.NOT_OWED
        try:
            loaded = await subject.loaded(row)
        except RecordGoneError:
            return OutboxState.NOT_OWED
        standing = await subject.standing(loaded)
        if standing is None:
            return OutboxState.NOT_OWED
        now = self._services.clock.now()
        if any(end is not None and now > end for end in (standing.until, row.deadline)):
            return OutboxState.NOT_REACHED
        return subject, loaded
