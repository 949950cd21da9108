from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, ClassVar, Final, cast

import discord
from discord import ui

from bot.documents.files import files_of_message
from bot.documents.upload import ids_written
from bot.occasions.kinds import complete, series_of
from bot.occasions.leads import mark_named
from bot.occasions.subject import OccasionSubject
from bot.outbox import SECRETARIAT, EmailText, LoadedRow, Message, Plan, Standing
from bot.texts import Markdown, Reader, Text, t
from cogs.decisions import emails, sentences
from cogs.decisions.cards import add_record, decision_card
from cogs.decisions.ending import message_link, note_reached, settle_when_due
from cogs.decisions.exchange import record_of
from cogs.decisions.moving.buttons import ManageButton
from cogs.decisions.objecting.buttons import buttons_of
from cogs.decisions.opening.fields import DOCUMENTS
from cogs.decisions.queries import delegations_of, objector_of, people_of
from cogs.decisions.rules import REACHING, SUBJECT, Kind, electorate_of, ends_at, number_of, owed, unreached
from storage.database import Transaction
from storage.decisions.models import Decision, DecisionSeat, unsaved
from storage.documents.models import Document
from storage.outbox.models import OutboxRow

_TITLES: Final = complete(
    Kind,
    {
        Kind.OPENED: t("the proposal “{title}”"),
        Kind.ASKED: t("the proposal “{title}”, to those who decide"),
        Kind.REMINDER: t("the reminder {lead} before “{title}” ends"),
        Kind.UNREACHED: t("the list {lead} before “{title}” ends of those not reached"),
        Kind.EXPIRY: t("the end of “{title}”"),
        Kind.ADOPTED: t("the adoption of “{title}”"),
        Kind.BROKEN: t("the objection to “{title}”"),
        Kind.WAITS: t("the end of “{title}”, which has not reached all"),
        Kind.LAPSED: t("the end of “{title}”, which is not valid"),
        Kind.EXTENDED: t("the later end of “{title}”"),
        Kind.INTERRUPTED: t("the later end of “{title}”, after an interruption"),
        Kind.CANCELLED: t("the end of “{title}”, which is cancelled"),
        Kind.MORE_TIME: t("the request for more time for “{title}”"),
        Kind.OBJECTED: t("to a colleague: an objection to “{title}”"),
    },
)
_WHILE_OPEN: Final = frozenset({Kind.OPENED, Kind.ASKED, Kind.REMINDER, Kind.EXTENDED, Kind.INTERRUPTED})


class DecisionMessages(OccasionSubject[Decision]):
    """What silence procedures say: to the members' channel, to those who decide, to the secretariat."""

    name = SUBJECT
    record = Decision
    for_members_only = True
    to_people = (*emails.KINDS, Kind.OBJECTED)
    never_by_email: ClassVar[Mapping[str, str]] = {
        Kind.OBJECTED: "that a delegation objected, and the hour of an e-mail would be that of the objection"
    }

    async def get(self, guild_id: int, record_id: int) -> Decision | None:
        """Return the decision."""
        return await self._services.decisions.decision(guild_id, record_id)

    def unsaved(self, guild_id: int, values: Mapping[str, Any]) -> Decision:
        """Return the decision that would open now."""
        return unsaved(guild_id, values, self._services.clock.now())

    def dates_its_notices(self, row: OutboxRow) -> bool:
        """What brings a proposal reaches a delegation only when it is shown, before the end."""
        return series_of(row.kind)[0] in REACHING

    async def prepare(self, row: OutboxRow) -> None:
        """End the procedure at its hour; know whom it has reached before the secretariat is told."""
        kind = series_of(row.kind)[0]
        if kind == Kind.EXPIRY:
            await settle_when_due(self._services, row.guild_id, row.subject_id)
        decision = await self._services.decisions.decision(row.guild_id, row.subject_id)
        if kind == Kind.UNREACHED and decision is not None and decision.state == "open":
            async with self._services.transaction() as tx:
                await note_reached(self._services, tx, decision)

    async def owed(self, row: LoadedRow[Decision]) -> Standing | None:
        """Tell until when a message makes sense: what asks, while the procedure is open; its end in any case."""
        decision, kind = row.record, series_of(row.kind)[0]
        match kind:
            case Kind.EXPIRY:
                # It is only looked at. Where its hour has moved meanwhile, it waits for that.
                return Standing() if decision.is_under_way and row.due_at > self._services.clock.now() else None
            case Kind.UNREACHED:
                is_owed = decision.state == "open" and await self._unreached(decision)
                return Standing(until=decision.expires_at) if is_owed else None
            case Kind.WAITS:
                return Standing() if decision.state == "unreached" else None
            case Kind.MORE_TIME:
                return Standing(until=ends_at(decision)) if decision.is_under_way else None
            case _ if kind in _WHILE_OPEN:
                return Standing(until=decision.expires_at) if decision.state == "open" else None
            case _:
                return Standing()

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return what every procedure under way owes."""
        decisions, found = self._services.decisions, list[Plan]()
        for decision in await decisions.decisions(guild_id, ("open", "unreached"), tx):
            last = await decisions.last_press(guild_id, decision.id, decision.expires_at, tx)
            found.append(Plan(decision.id, owed(decision, last)))
        return found

    async def people(self, row: LoadedRow[Decision]) -> Sequence[int]:
        """Return who holds a seat that decides, advisers too."""
        return [person.id for person in await people_of(self._services, row.record)]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a decision."""
        decision = await self.get(guild_id, subject_id)
        return sentences.named(decision) if decision is not None else t("a decision")

    async def title(self, row: LoadedRow[Decision]) -> Text:
        """Name the row for the secretariat."""
        kind, lead = series_of(row.kind)
        return replace(
            _TITLES[Kind(kind)], values={"title": row.record.title, "lead": mark_named(lead) if lead else ""}
        )

    async def why(self, row: LoadedRow[Decision]) -> Text | None:
        """Say why a person was sent the row."""
        if series_of(row.kind)[0] == Kind.OBJECTED:
            return t("You were sent this because you speak for the same delegation.")
        if row.person_id is not None:
            return t("You were sent this because your delegation decides on this proposal.")
        return None

    async def email_text(self, row: LoadedRow[Decision], reader: Reader) -> EmailText:
        """Say that a proposal is there, and where it is to be read."""
        return emails.text_of(row.record, series_of(row.kind)[0], reader)

    # What is said

    async def message(self, row: LoadedRow[Decision], reader: Reader) -> Message:
        """Render the row."""
        decision, kind = row.record, series_of(row.kind)[0]
        if row.target == SECRETARIAT:
            return await self._to_secretariat(row, reader)
        if kind == Kind.OBJECTED:
            by, reference = bool(row.payload.get("by_secretariat")), str(row.payload.get("reference", ""))
            return Message(reader.say(sentences.colleague_objected(decision, by_secretariat=by, reference=reference)))
        if row.person_id is not None:
            return await self._to_person(row, reader)
        seats = await self._seats(decision)
        documents = await self._documents(row)
        objector = await objector_of(self._services, decision)
        # A test goes to somebody directly, where no text is shown.
        card = decision_card(
            decision, seats, reader, documents=documents, objector=objector, with_text=not row.is_direct
        )
        said = self._sentence(decision, kind, reader)
        if kind in (Kind.BROKEN, Kind.ADOPTED) or (kind == Kind.OPENED and not decision.is_under_way):
            said = sentences.ended(decision, reader, objector)
        buttons = buttons_of(decision, reader) if kind in _WHILE_OPEN and row.subject_id else []
        files: list[discord.File] = []
        if kind == Kind.OPENED and not row.is_direct:
            files = await files_of_message(self._services, row, documents)
        if kind == Kind.ADOPTED:
            delegations = await delegations_of(self._services, decision.guild_id)
            add_record(card, decision, seats, delegations, reader)
            content = record_of(decision, seats, documents, delegations, reader.language)
            name = f"decision-{number_of(decision).replace('/', '-')}.csv"
            files = [discord.File(BytesIO(content), name)] if row.message_id is None else []
        return Message(reader.say(said), card, buttons, files=files)

    def _sentence(self, decision: Decision, kind: str, reader: Reader) -> Text:
        if decision.state != "open":
            return sentences.ended(decision, reader)
        if kind in (Kind.EXTENDED, Kind.INTERRUPTED):
            return sentences.moved(decision, reader, kind)
        return sentences.reminded(decision, reader) if kind == Kind.REMINDER else sentences.opened(decision, reader)

    async def _to_person(self, row: LoadedRow[Decision], reader: Reader) -> Message:
        """The text, and the link to it, are shown in the server only."""
        decision, kind = row.record, series_of(row.kind)[0]
        card = decision_card(decision, await self._seats(decision), reader, with_text=False)
        buttons: list[ui.Item[Any]] = buttons_of(decision, reader)
        if link := await message_link(self._services, decision):
            buttons.append(ui.Button(label=reader.label(t("Read the text")), url=link))
        return Message(reader.say(self._sentence(decision, kind, reader)), card, buttons, is_whole=True)

    async def _to_secretariat(self, row: LoadedRow[Decision], reader: Reader) -> Message:
        decision, kind = row.record, series_of(row.kind)[0]
        delegations = await delegations_of(self._services, decision.guild_id)
        buttons = ManageButton.both(decision, reader) if decision.is_under_way else []
        if kind == Kind.MORE_TIME:
            delegation = delegations.get(cast(int, row.payload.get("delegation")))
            said = (
                sentences.more_time(decision, delegation, reader) if delegation is not None else _TITLES[Kind.MORE_TIME]
            )
            return Message(reader.say(said), buttons=buttons[:1])
        missing = [delegations[seat.delegation_id] for seat in await self._unreached(decision)]
        names = sentences.names_of(missing, reader)
        if kind == Kind.UNREACHED:
            return Message(reader.say(sentences.not_reached(decision, names, reader)), buttons=buttons)
        until = Markdown(reader.stamp(ends_at(decision), decision.timezone))
        return Message(reader.say(sentences.waits(decision, names, until, reader)), buttons=buttons)

    async def _seats(self, decision: Decision) -> list[DecisionSeat]:
        if decision.id:
            return await self._services.decisions.seats(decision.guild_id, decision.id)
        network = await self._services.settings.network(decision.guild_id)
        seats = await self._services.members.seats(decision.guild_id, self._services.today(network))
        return electorate_of(seats, decision.audience, decision.region)

    async def _documents(self, row: LoadedRow[Decision]) -> list[Document]:
        documents = self._services.documents
        if row.subject_id:
            return await documents.latest(row.guild_id, SUBJECT, row.subject_id)
        ids = ids_written(str(row.payload.get(DOCUMENTS, "")))
        found = [await documents.document(row.guild_id, one) for one in ids]
        return [document for document in found if document is not None]

    async def _unreached(self, decision: Decision) -> list[DecisionSeat]:
        return unreached(await self._services.decisions.seats(decision.guild_id, decision.id), decision.expires_at)
