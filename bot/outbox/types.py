from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Generic, TypeVar

import discord

from bot.outbox.email_text import EmailText
from bot.texts import Reader, Text
from storage.database import Transaction
from storage.outbox.models import OutboxRow

ANNOUNCEMENTS: Final = "announcements"
"""The announcements channel of ``/setup channels``, whichever it is when the row is claimed."""
MEMBERS: Final = "members"
"""The members' channel, else the announcements channel, unless the subject is for members only."""
SECRETARIAT: Final = "secretariat"
"""The secretariat's channel."""
WELCOME: Final = "welcome"
"""The welcome channel, where there is one."""
PEOPLE: Final = "people"
"""Each person whom the subject still names when the row falls due: each gets a message of their own."""

MaySend = Callable[[timedelta], Awaitable[bool]]
"""Tells whether no other process has taken over, as known within that time before now."""


async def always(_within: timedelta) -> bool:
    """Where there is no other process."""
    return True


def person(person_id: int) -> str:
    """Return the target of a message to one person."""
    return f"person:{person_id}"


def account(account_id: int) -> str:
    """Return the target for writing to an account that has just asked for it: no consent, no working hours."""
    return f"account:{account_id}"


_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Owed:
    """One message that follows from a subject's plan.

    ``kind`` is unique in the subject and includes the lead ("countdown:90d"); ``due_at`` is aware. ``lead`` is how
    long before the subject's start it falls due: once sent, it is owed again only when the start has moved by at
    least that much (None: never again).
    """

    kind: str
    due_at: datetime
    target: str
    lead: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one record owes by its plan."""

    subject_id: int
    owed: Sequence[Owed]


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that is still owed. ``until`` is the last instant at which it makes sense (None: always).

    ``gives_way``: what then takes its place is the next message to the same people. One that would have to wait for
    somebody's working hours until about then is left out, where it would otherwise be sent outside of them.
    """

    until: datetime | None = None
    gives_way: bool = False


def last_moment(standing: Standing, row: OutboxRow) -> datetime | None:
    """Return the last instant at which the row makes sense, None where it always does."""
    return min((end for end in (standing.until, row.deadline) if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, rendered for one reader: one plain sentence, a card, and buttons beside *Details*.

    ``role_id`` is the one role that the message calls (None: it calls nobody). ``buttons`` are stored buttons or
    links; their custom_ids work in direct messages only if they name their network. ``is_whole``: above an answer it
    is not one line among others, but shown in full with its buttons. ``files`` it is sent with, and keeps through its
    edits; ``drops_files``: an edit takes them away.
    """

    sentence: str
    card: discord.Embed | None = None
    buttons: Sequence[discord.ui.Item[Any]] = ()
    role_id: int | None = None
    files: Sequence[discord.File] = ()
    is_whole: bool = False
    drops_files: bool = False


@dataclass(frozen=True, slots=True)
class LoadedRow(OutboxRow, Generic[_Record]):
    """A row with the ``record`` that it is about, as it was when it was loaded."""

    record: _Record = field(kw_only=True)


def kind_without_lead(row: OutboxRow) -> str:
    """Return the row's kind as its subject declares it: "deadline" of "deadline:14d"."""
    return row.kind.partition(":")[0]


class RecordGoneError(LookupError):
    """The record of a row is not there any more: nothing is owed of it."""


class Subject(ABC, Generic[_Record]):
    """Answers for the rows of one kind of subject, from its present record.

    Registered with :meth:`Outbox.register`. The record is loaded once for a row (:meth:`loaded`) and handed with it to
    all that is asked about it. Its methods, but for :meth:`prepare`, are called while the outbox holds the one writer:
    they read through repositories and never open a transaction, and never call Discord. Whatever they raise, but
    RecordGoneError, makes the row *failed* and goes to the log.
    """

    name: ClassVar[str]
    for_members_only: ClassVar[bool] = False
    """Whether only members may read what it says to them: without a members' channel, it is said in no other."""
    follows_settings: ClassVar[bool] = False
    """Whether its plans follow from the network's settings: they are worked out again when these change."""
    to_people: ClassVar[Collection[str]] = ()
    """The kinds of messages that a person may be owed, each without its lead ("deadline" of "deadline:14d")."""
    never_by_email: ClassVar[Mapping[str, str]] = {}
    """Those of :attr:`to_people` that no e-mail may say, neither the bot's nor the secretariat's: for each, why."""
    only_by_hand: ClassVar[Mapping[str, str]] = {}
    """Those of :attr:`to_people` that the bot itself does not send by e-mail: for each, why."""

    @abstractmethod
    async def load(self, row: OutboxRow) -> _Record:
        """Return the row's record; of a row that is only a test, the record as it would be. Raises RecordGoneError."""

    async def loaded(self, row: OutboxRow) -> LoadedRow[_Record]:
        """Return the row with its record. Raises RecordGoneError."""
        values: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(OutboxRow)}
        return LoadedRow(**values, record=await self.load(row))

    @abstractmethod
    async def standing(self, row: LoadedRow[_Record]) -> Standing | None:
        """Return until when the row makes sense, or None when it is no longer owed (cancelled, answered, gone)."""

    @abstractmethod
    async def message(self, row: LoadedRow[_Record], reader: Reader) -> Message:
        """Render the row: in the network's language for channels, in the person's own for ``person:ID``.

        It is called again, with the row as it is, for edits, previews and *Details*.
        """

    @abstractmethod
    async def title(self, row: LoadedRow[_Record]) -> Text:
        """Name the row for the secretariat's lists, such as "90 days ahead of the annual meeting in New York"."""

    def has_email_text(self, row: OutboxRow) -> bool:
        """Tell whether the row may go by e-mail: :meth:`email_text` then says how it reads there."""
        return self.is_written_for_email(row) and kind_without_lead(row) not in self.only_by_hand

    def is_written_for_email(self, row: OutboxRow) -> bool:
        """Tell whether the row has an :meth:`email_text`, for an e-mail of the bot or one of the secretariat."""
        kind = kind_without_lead(row)
        return kind in self.to_people and kind not in self.never_by_email

    def is_by_email_only(self, row: OutboxRow) -> bool:  # noqa: ARG002 - as above
        """Tell whether a row to a person is one for which they asked by e-mail: it comes in no other way.

        :meth:`standing` has seen to it that e-mails reach them.
        """
        return False

    async def email_text(self, row: LoadedRow[_Record], reader: Reader) -> EmailText:
        """Render the row as an e-mail to its person."""
        raise NotImplementedError

    async def email_to_hand_over(self, tx: Transaction, row: LoadedRow[_Record], reader: Reader) -> EmailText:  # noqa: ARG002 - for subjects that keep something of it
        """Render the row as the e-mail that is about to be handed over, and keep with ``tx`` what must be kept of it.

        Called for each attempt: what is made for the e-mail alone, such as a code, is nowhere else.
        """
        return await self.email_text(row, reader)

    def may_be_sent_by_hand(self, row: OutboxRow) -> bool:
        """Tell whether the secretariat may send the row itself, where nothing brings it to its person."""
        return kind_without_lead(row) not in self.never_by_email

    def dates_its_notices(self, row: OutboxRow) -> bool:  # noqa: ARG002 - hardly any may
        """Tell whether it is written down when the row was shown above an answer, which says when somebody was there.

        A ballot keeps no hour, and may have been what was answered: only what must be known by the hour says so.
        """
        return False

    async def prepare(self, row: OutboxRow) -> None:
        """Bring the record up to date when the row falls due, before anything is decided about it.

        The one method that is called without the writer held: it may open transactions, and take its time.
        """

    async def people(self, row: LoadedRow[_Record]) -> Sequence[int]:  # noqa: ARG002 - for subjects with rows to people
        """Return the ids of the persons whom a row to ``people`` still concerns, without repetition."""
        return ()

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:  # noqa: ARG002 - for subjects with plans
        """Return what each of the network's records that are still ahead owes by its plan, read with ``tx``."""
        return ()

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a record within a sentence, such as "the webinar “Early warning”"."""
        raise NotImplementedError

    async def left_out(self, row: LoadedRow[_Record]) -> Sequence[Text]:  # noqa: ARG002 - as above
        """Say for the preview who is left out and why, such as "13 have answered already"."""
        return ()

    async def reads_otherwise_from(self, row: LoadedRow[_Record]) -> datetime | None:  # noqa: ARG002 - most never do
        """Return from when a message in a channel reads otherwise although nobody changes its record; None: never.

        It is rendered anew then, so that nothing public asks for what has become impossible.
        """
        return None

    async def why(self, row: LoadedRow[_Record]) -> Text | None:  # noqa: ARG002 - the general answer serves most
        """Say why a person was sent the row; None leaves the general answer."""
        return None


class RecordlessSubject(Subject[None]):
    """A subject all of whose rows say themselves what they are about."""

    async def load(self, row: OutboxRow) -> None:
        """Load nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """A message that somebody asks for now: ``plan_now``'s arguments, put together for a preview."""

    subject: str
    subject_id: int
    kind: str
    target: str
    payload: Mapping[str, object] | None = None


async def still_concerns(subject: Subject[Any], row: LoadedRow[Any]) -> bool:
    """Tell whether what a fan-out made for a person is still for that person; what was owed to one alone always is."""
    return row.parent_id is None or row.person_id in await subject.people(replace(row, target=PEOPLE))
