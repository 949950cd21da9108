"""What is shown above and below a private answer: notices that wait, and the one question about messages."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import discord

from bot.access import Asker
from bot.commands import Command
from bot.outbox.reference import in_log
from bot.outbox.types import LoadedRow, Message, RecordGoneError, Subject, last_moment, person, still_concerns
from bot.services import Services
from bot.texts import Reader, Text, clipped, t
from bot.ui.embed_limits import DESCRIPTION
from bot.ui.plain_buttons import SHOW_NOTICE, consent_buttons, plain_button, stored_view
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_log: Final = logging.getLogger("bot.outbox")
_AT_ONCE: Final = 5
"""Notices that are shown above one answer; the others wait for the next."""
_LABEL: Final = 80
"""Characters of a button's label that Discord takes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is shown with a private answer: a ``card`` of one line each above it, and what is shown ``in_full`` below.

    ``done``: the rows that this settles, with what becomes of them.
    """

    card: discord.Embed | None = None
    in_full: Sequence[Message] = ()
    done: Sequence[tuple[OutboxRow, OutboxState]] = ()


@dataclass(frozen=True, slots=True)
class _Notice:
    """One message that waits, until then (None: for as long as it takes); ``title`` names it on a button."""

    row: OutboxRow
    message: Message
    until: datetime | None
    title: Text

    @property
    def is_whole(self) -> bool:
        return self.message.is_whole

    @property
    def has_more(self) -> bool:
        """Whether there is more to it than the line."""
        return self.message.card is not None or bool(self.message.buttons) or bool(self.message.files)


class WaitingNotices:
    """Shows each notice once, above its person's next private answer, and asks once about direct messages."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._asked: set[tuple[int, int, int | None]] = set()

    async def waiting(self, asker: Asker) -> Waiting:
        """Return what waits for the asker: of several messages about one subject only the latest, five at a time."""
        outbox = self._services.outbox
        if asker.person is None or (asker.guild_id, person(asker.person.id)) not in outbox.noticed:
            return Waiting()
        rows = await outbox.rows.notices(asker.guild_id, person(asker.person.id))
        latest = {(row.subject, row.subject_id): row.id for row in rows}
        done: list[tuple[OutboxRow, OutboxState]] = []
        notices: list[_Notice] = []
        for row in rows:
            if latest[row.subject, row.subject_id] != row.id or len(notices) == _AT_ONCE:
                continue
            found = await self._still_owed(row)
            if isinstance(found, OutboxState):
                done.append((row, found))
            elif (notice := await self._notice(row, found, asker.reader)) and _has_room(notices, notice):
                notices.append(notice)
        settled = {notice.row.id for notice in notices} | {row.id for row, _ in done}
        older = (row for row in rows if row.id not in settled and latest[row.subject, row.subject_id] in settled)
        done += [(row, OutboxState.NOT_OWED) for row in older]
        return _laid_out(notices, done, asker.reader)

    async def in_full(self, asker: Asker, row_id: int) -> Message | None:
        """Return a message of which the asker has read one line; None: it is not theirs, or makes no sense any more."""
        row = await self._services.outbox.rows.row(asker.guild_id, row_id)
        if row is None or asker.person is None or row.person_id != asker.person.id:
            return None
        found = await self._still_owed(row)
        notice = await self._notice(row, found, asker.reader) if not isinstance(found, OutboxState) else None
        return notice.message if notice is not None else None

    async def mark_shown(self, asker: Asker, waiting: Waiting) -> None:
        """Write down what became of the notices: no answer shows them again."""
        if asker.person is None or not waiting.done:
            return
        target = person(asker.person.id)
        async with self._services.transaction() as tx:
            for row, becomes in waiting.done:
                owed = await self._still_owed(row) if becomes is OutboxState.SENT else becomes
                state = owed if isinstance(owed, OutboxState) else becomes
                reason = row.reason or Reason.LATE if state is OutboxState.NOT_REACHED else Reason.NONE
                subject = self._services.outbox.subject(row.subject)
                with_hour = subject is not None and subject.dates_its_notices(row)
                await self._services.outbox.rows.noticed(tx, row, state, reason, with_hour=with_hour)
            if not await self._services.outbox.rows.notices_left(tx, asker.guild_id, target):
                self._services.outbox.noticed.discard((asker.guild_id, target))

    async def ask_consent(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Ask a person, once, from their claim on, whether the bot may write to them directly."""
        account = (asker.guild_id, asker.account_id)
        key = (*account, asker.person.id if asker.person is not None else None)
        is_known = asker.person is not None or asker.claimed is not None
        if not is_known or asker.settings.channel != "not_asked" or key in self._asked:
            return
        if interaction.guild_id is None:
            return  # The buttons would not know their network; the next answer in the server asks.
        self._asked.add(key)
        claimed = False

        async def claim(tx: Transaction) -> None:
            nonlocal claimed
            claimed = await self._services.settings.claim_question(tx, *account)

        await self._services.write_batcher.write(asker.account_id, claim)
        if not claimed:
            return
        reader = asker.reader
        text = t(
            "May the bot send you direct messages? On working days, 08:00–20:00 your time; at other times only if a"
            " message would otherwise come too late. If you decline, your messages wait at the top of the bot's next"
            " reply here. {command} changes this at any time.",
            command=Command("settings reminders"),
        )
        await interaction.followup.send(
            reader.say(text),
            view=stored_view(consent_buttons(reader)),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def _notice(
        self, row: OutboxRow, found: tuple[Subject[Any], LoadedRow[Any], datetime | None], reader: Reader
    ) -> _Notice | None:
        subject, loaded, until = found
        try:
            return _Notice(row, await subject.message(loaded, reader), until, await subject.title(loaded))
        except Exception:  # noqa: BLE001 - a subject's fault must not cost the answer
            _log.exception("a notice could not be shown: %s", in_log(row))
            return None

    async def _still_owed(self, row: OutboxRow) -> tuple[Subject[Any], LoadedRow[Any], datetime | None] | OutboxState:
        """Return who answers for a notice that still makes sense, with its record, and until when it does.

        Else what it has become.
        """
        subject = self._services.outbox.subject(row.subject)
        if subject is None:
            return OutboxState.NOT_OWED
        try:
            loaded = await subject.loaded(row)
        except RecordGoneError:
            return OutboxState.NOT_OWED
        standing = await subject.standing(loaded)
        if standing is None or not await still_concerns(subject, loaded):
            return OutboxState.NOT_OWED
        until = last_moment(standing, row)
        if until is not None and self._services.clock.now() > until:
            return OutboxState.NOT_REACHED
        return subject, loaded, until


def _has_room(notices: Sequence[_Notice], notice: _Notice) -> bool:
    return notice.is_whole or len(_lines([*notices, notice])) <= DESCRIPTION


def _lines(notices: Iterable[_Notice]) -> str:
    # Two rows may say the same: it is read once.
    return "\n".join(dict.fromkeys(f"• {notice.message.sentence}" for notice in notices if not notice.is_whole))


def _laid_out(notices: list[_Notice], done: list[tuple[OutboxRow, OutboxState]], reader: Reader) -> Waiting:
    """Give each notice its place: a line above the answer, in full below it, or a line with *Show*."""
    lines = _lines(notices)
    whole = {(notice.message.sentence, _described(notice.message)): notice for notice in notices if notice.is_whole}
    longer = {
        (notice.row.subject, notice.row.subject_id, notice.message.sentence): notice
        for notice in notices
        if not notice.is_whole and notice.has_more
    }
    by_urgency = sorted(longer.values(), key=lambda notice: (notice.until is None, notice.until, -notice.row.id))
    card = discord.Embed(title=reader.label(t("For your attention")), description=lines, colour=discord.Colour.blue())
    in_full = [*(notice.message for notice in whole.values()), *(_without_line(one.message) for one in by_urgency[:1])]
    if len(by_urgency) > 1:
        shows = [_show_button(notice, reader) for notice in by_urgency[1:]]
        in_full[-1] = replace(in_full[-1], buttons=[*in_full[-1].buttons, *shows])
    sent = [(notice.row, OutboxState.SENT) for notice in notices]
    return Waiting(card if lines else None, in_full, [*sent, *done])


def _show_button(notice: _Notice, reader: Reader) -> discord.ui.Button[Any]:
    label = reader.label(t("Show: {title}", title=notice.title))
    return plain_button(SHOW_NOTICE.format(row_id=notice.row.id), clipped(label, _LABEL))


def _without_line(message: Message) -> Message:
    """Return the message without its sentence, which stands above the answer already."""
    return message if message.card is None else replace(message, sentence="")


def _described(message: Message) -> str | None:
    return message.card.description if message.card is not None else None
