"""What a statement owes to the outbox, and how each of its messages reads when its time has come."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, cast

from discord import ui

from bot.documents import files_of_message
from bot.names.delegation_names import called
from bot.occasions.kinds import series_of
from bot.occasions.subject import OccasionSubject
from bot.outbox import EmailText, LoadedRow, Message, Plan, Standing
from bot.texts import Reader, Text, t
from cogs.statements import cards, emails, queries, rules, sentences
from cogs.statements.ending import close_when_due
from cogs.statements.joining.buttons import join_buttons
from cogs.statements.rules import CARRYING, SUBJECT, VERSION, Kind
from storage.database import Transaction
from storage.outbox.models import CONCERNED, OutboxRow
from storage.statements.models import Statement
from storage.statements.states import StatementState

_WHILE_OPEN: Final = (Kind.ASKED, Kind.ASKED_AGAIN, Kind.NOT_JOINED, Kind.MORE_TIME)
_WITH_CARD: Final = (*CARRYING, Kind.MOVED, Kind.CLOSED, *_WHILE_OPEN)

_IN_STATES: Final[Mapping[Kind, Collection[StatementState]]] = {
    Kind.FINAL: ("final",),
    Kind.REVISED: ("final", "open"),
    Kind.CLOSED: ("closed",),
    Kind.DELIVERED: ("delivered",),
    Kind.CANCELLED: ("cancelled",),
    Kind.COLLEAGUE_JOINED: ("open", "closed", "delivered"),
    Kind.COLLEAGUE_WITHDREW: ("open", "closed"),
    Kind.WITHDRAWN: ("open", "closed"),
    Kind.WITHDRAWAL: ("open", "closed"),
}
"""In which states of its statement a message is owed that is not there to have delegations join."""


_OF_DELEGATIONS: Final = (Kind.COLLEAGUE_JOINED, Kind.COLLEAGUE_WITHDREW, Kind.WITHDRAWN, Kind.WITHDRAWAL)
"""The messages that say of a delegation that it has joined, or withdrawn."""


class StatementMessages(OccasionSubject[Statement]):
    """Answers for the messages of statements."""

    name = SUBJECT
    record = Statement
    to_people = emails.KINDS
    for_members_only = True

    async def get(self, guild_id: int, record_id: int) -> Statement | None:
        """Return the statement."""
        return await self._services.statements.get(guild_id, record_id)

    def unsaved(self, guild_id: int, values: Mapping[str, Any]) -> Statement:
        """Return the statement that is only proposed."""
        return rules.unsaved(guild_id, values)

    async def prepare(self, row: OutboxRow) -> None:
        """Close the statement before it is said that it has closed."""
        if row.kind == Kind.CLOSED:
            await close_when_due(self._services, row.guild_id, row.subject_id)

    async def owed(self, row: LoadedRow[Statement]) -> Standing | None:
        """Tell until when a message makes sense: what asks to join, until closing."""
        kind, statement = _kind_of(row), row.record
        if _is_replaced(row):
            return None
        if kind in _IN_STATES:
            is_owed = statement.state in _IN_STATES[kind] and await self._is_so_still(kind, row)
            return Standing() if is_owed else None
        if kind is Kind.NOT_JOINED:
            return self._reminder(row)
        return Standing(statement.closes_at) if statement.state == "open" else None

    async def _is_so_still(self, kind: Kind, row: LoadedRow[Statement]) -> bool:
        """Tell whether what a message says of a delegation is so: it may have joined again, or withdrawn, since."""
        if kind not in _OF_DELEGATIONS:
            return True
        joinings = await self._services.statements.joinings(row.guild_id, row.subject_id)
        has_joined = row.payload.get("delegation") in {one.delegation_id for one in joinings}
        return has_joined == (kind is Kind.COLLEAGUE_JOINED)

    @staticmethod
    def _reminder(row: LoadedRow[Statement]) -> Standing | None:
        mark = series_of(row.kind)[1]
        due = next((one for one in rules.reminders(row.record) if str(one.lead) == mark), None)
        is_owed = due is not None and row.record.state == "open"
        # The last one has nothing after it that would take its place.
        gives_way = due is not None and due.until < row.record.closes_at
        return Standing(due.until, gives_way=gives_way) if due is not None and is_owed else None

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return what every open statement owes."""
        statements = await self._services.statements.statements(guild_id, ("open",), tx)
        return [Plan(statement.id, rules.owed(statement)) for statement in statements]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a statement by its title."""
        statement = await self.get(guild_id, subject_id)
        return t("the statement “{title}”", title=statement.title if statement is not None else "?")

    async def title(self, row: LoadedRow[Statement]) -> Text:
        """Name the message for the secretariat's lists."""
        return sentences.row_title(row.kind, row.record)

    async def people(self, row: LoadedRow[Statement]) -> Sequence[int]:
        """Return the persons whom a message to people concerns.

        Those asked at opening are the same whether they have joined since or not: nothing is to be read from a list.
        """
        kind, statement = _kind_of(row), row.record
        match kind:
            case Kind.NOT_JOINED | Kind.MORE_TIME:
                more = kind is Kind.MORE_TIME
                return await queries.people_reminded(self._services, statement, asked_for_more_time=more)
            case Kind.ASKED_AGAIN:
                return await queries.people_asked_again(self._services, statement, await self._voided(row))
            case _:
                return await queries.people_asked(self._services, statement)

    async def _voided(self, row: LoadedRow[Statement]) -> list[int]:
        """Return the ids of the delegations whose joinings were voided: who they are is in the row to people alone."""
        whole: OutboxRow | None = row
        if row.parent_id is not None:
            whole = await self._services.outbox.rows.row(row.guild_id, row.parent_id)
        return cast(list[int], whole.payload.get(CONCERNED, [])) if whole is not None else []

    async def why(self, row: LoadedRow[Statement]) -> Text | None:
        """Say why a person was sent it."""
        match _kind_of(row):
            case Kind.ASKED | Kind.ASKED_AGAIN | Kind.NOT_JOINED:
                return t("You were sent this because you can join the statement for your delegation.")
            case Kind.MORE_TIME:
                return t("You were sent this because you asked for more time. Nobody else knows that you did.")
            case Kind.COLLEAGUE_JOINED | Kind.COLLEAGUE_WITHDREW:
                return t("You were sent this because you speak for the same delegation.")
            case Kind.WITHDRAWAL:
                return t("You were sent this because your delegation drafts the statement.")
            case _:
                return None

    async def email_text(self, row: LoadedRow[Statement], reader: Reader) -> EmailText:
        """Say that it can be joined: never its text, nor a link to it."""
        return emails.text_of(_kind_of(row), row.record, reader)

    async def message(self, row: LoadedRow[Statement], reader: Reader) -> Message:
        """Render what the row says of its statement, as it is now."""
        kind, statement = _kind_of(row), row.record
        is_replaced = _is_replaced(row)
        said = reader.say(sentences.said(kind, statement, reader, await self._named(row, reader)))
        if is_replaced and statement.state not in ("delivered", "cancelled"):
            said = reader.say(sentences.replaced(statement))
        if kind not in _WITH_CARD:
            return Message(said)
        with_names = kind in (Kind.CLOSED, Kind.DELIVERED)
        details = await queries.details_of(self._services, statement, reader.language, with_names=with_names)
        card = cards.statement_card(details, reader, with_link=not row.is_direct)
        # Texts are shown in the server only: a test in a direct message has no file.
        carries = kind in CARRYING and not row.is_direct
        drops = carries and (is_replaced or statement.state == "cancelled")
        files = await files_of_message(self._services, row, details.documents) if carries and not drops else []
        buttons = [] if is_replaced else self._buttons(kind, statement, reader)
        return Message(said, card, buttons, files=files, drops_files=drops)

    @staticmethod
    def _buttons(kind: Kind, statement: Statement, reader: Reader) -> list[ui.Item[Any]]:
        if not statement.id or not statement.takes_joinings or kind in (Kind.CLOSED, Kind.DELIVERED):
            return []
        return join_buttons(statement, reader, to_person=kind in _WHILE_OPEN)

    async def _named(self, row: LoadedRow[Statement], reader: Reader) -> Mapping[str, object]:
        number = row.payload.get("delegation")
        if number is None:
            return {}
        found = await self._services.members.delegations(row.guild_id)
        delegation = next((one for one in found if one.id == number), None)
        return {
            "delegation": called(delegation, reader.language) if delegation is not None else "?",
            "by_secretariat": int(bool(row.payload.get("by_secretariat"))),
            "reference": str(row.payload.get("reference", "")),
        }


def _kind_of(row: OutboxRow) -> Kind:
    return Kind(series_of(row.kind)[0])


def _is_replaced(row: LoadedRow[Statement]) -> bool:
    """Tell whether the message carries, or was to carry, a text that is another one by now."""
    return int(cast(int, row.payload.get(VERSION, row.record.version))) < row.record.version
