"""What happens to an occasion only after somebody has seen it: preview → *Confirm · Send test · Correct · Cancel*.

*Confirm* is one transaction: the draft is spent, the record written, what it owes planned, its message owed, all
audited. What Discord is asked for (its event) follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Generic, TypeVar

import discord
from pydantic import AliasChoices, BaseModel, Field

from bot.occasions.record import Record, packed, unpacked
from bot.outbox import ANNOUNCEMENTS, GRACE, PEOPLE, Request
from bot.previews.preview import PreviewedConfirmation, ask, sending_soon
from bot.texts import Markdown, Reader, Text, t
from bot.ui import Choice, Context, Correction, Values
from storage.database import Transaction
from storage.models import Draft

PROPOSED: Final = "proposed"
"""In a row's payload: the fields of what is not confirmed, which a test message shows."""
_LONGEST: Final = 2000
_Record = TypeVar("_Record", bound=Record)


class Proposed(BaseModel):
    """What a draft keeps of a proposal: the ``record``'s id (0: a new one), its message's ``kind``, its ``fields``.

    ``sequence`` is the record's when it was asked (``over``: some fields as they were), ``said`` what the message says
    beside the record. ``to_people``: it is said to people rather than in a channel.
    """

    # The aliases are what the drafts of the bot's first version call them.
    record: int = Field(validation_alias=AliasChoices("record", "webinar", "meeting"))
    kind: str = Field(validation_alias=AliasChoices("kind", "series"))
    sequence: int = 0
    over: dict[str, Any] = {}
    said: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    to_people: bool = False


class Proposal(PreviewedConfirmation, Generic[_Record]):
    """One thing that may be done to an occasion. A subclass says what is written and what is said of it.

    ``subject`` is the outbox's name of the occasion, with which its ``kind`` begins, ``record`` its dataclass;
    ``to_people``: what is tested goes to people rather than to the ``channel``.
    """

    subject: ClassVar[str]
    record: ClassVar[type[Any]]
    to_people: ClassVar[bool] = False
    channel: ClassVar[str] = ANNOUNCEMENTS

    def __init_subclass__(cls) -> None:
        # When a government changes its clocks, what holds an instant is to be typed again: it is found by its name.
        if "kind" in vars(cls) and not cls.kind.startswith(cls.subject):
            raise TypeError(f"{cls.__module__}.{cls.__name__}: let its kind, {cls.kind!r}, begin with {cls.subject!r}")
        super().__init_subclass__()

    def proposed(self, draft: Draft) -> Proposed:
        """Return what the draft keeps."""
        return Proposed.model_validate(draft.payload)

    def fields(self, proposed: Proposed) -> dict[str, Any]:
        """Return what is to be written."""
        return unpacked(self.record, proposed.fields)

    def message(self, draft: Draft) -> Request:
        """Return the message as it would be were this confirmed."""
        proposed = self.proposed(draft)
        target = PEOPLE if self.to_people or proposed.to_people else self.channel
        payload = {**proposed.said, PROPOSED: proposed.fields}
        return Request(self.subject, proposed.record, proposed.kind, target, payload)

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Do it in one transaction, and say so in the place of the preview."""
        proposed = self.proposed(draft)
        before = await self.before(context, proposed)
        async with context.write() as tx:
            await context.take(tx, draft)
            done = await self.write(context, tx, proposed, before)
            row_id = await self.announce(context, tx, proposed, done)
        await self._say(context, self.done(done), row_id)
        await self.after(context, done)

    async def before(self, context: Context, proposed: Proposed) -> _Record:
        """Return the record as it is (unsaved where it is new). Raises UserError where this can no longer be done."""
        raise NotImplementedError(type(self).__name__)

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: _Record) -> _Record:
        """Write it, plan what it owes, owe its message; return the record as it is now. Raises UserError."""
        raise NotImplementedError(type(self).__name__)

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: _Record) -> int | None:  # noqa: ARG002 - most tell nobody
        """Owe a message to those whom it concerns, and return its row's id; None where nobody is told one by one."""
        return None

    def done(self, done: _Record) -> Text:
        """Say what was done."""
        raise NotImplementedError(type(self).__name__)

    async def after(self, context: Context, done: _Record) -> None:
        """Do what Discord is asked for once all is written."""

    @staticmethod
    async def _say(context: Context, said: Text, row_id: int | None) -> None:
        if row_id is None:
            await context.replace(said)
            return
        stop, view = await sending_soon(context, row_id)
        await context.replace(f"{context.say(said)} {stop}".strip(), view=view)


async def owe_to_people(
    context: Context,
    tx: Transaction,
    subject: str,
    record: Record,
    kind: str,
    payload: Mapping[str, object] | None = None,
) -> int:
    """Owe a message to all whom it concerns when it goes out, after the time for *Stop*; return its row's id."""
    return await context.services.outbox.plan_now(
        tx, record.guild_id, subject, record.id, kind, PEOPLE, delay=GRACE, payload=payload
    )


async def propose(
    context: Context,
    choices: Sequence[Choice],
    proposed: Proposed,
    parts: Iterable[str],
    card: discord.Embed,
    corrections: Sequence[Correction] = (),
    typed: Values | None = None,
    further: Sequence[discord.Embed] = (),
) -> None:
    """Show what is about to go out, as far as a message holds it; ``corrections`` go on from what was ``typed``.

    ``further`` cards say to whom it goes.
    """
    content = "\n".join(part for part in parts if part)[:_LONGEST]
    await ask(context, choices, proposed.model_dump(), content, [card, *further], corrections, typed)


def proposed_of(
    record: type[Record], before: Record, kind: str, values: Mapping[str, object], **said: object
) -> Proposed:
    """Put together what a draft keeps: a change of ``before`` (id 0: a new record) to ``values``."""
    sequence = getattr(before, "sequence", 0)
    return Proposed.model_validate(
        {"record": before.id, "kind": kind, "sequence": sequence, "said": said, "fields": packed(record, values)}
    )


def reminders_follow(moments: Sequence[datetime], reader: Reader) -> str:
    """Say when reminders go out: only those ahead, which alone are owed."""
    if not moments:
        return reader.say(t("No reminder follows."))
    written = reader.listing([f"<t:{int(moment.timestamp())}:f>" for moment in moments])
    return reader.say(t("Reminders follow {moments}.", moments=Markdown(written)))
