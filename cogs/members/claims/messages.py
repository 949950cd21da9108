"""The secretariat's list of claims, and what the seat and the person read of one."""

from collections.abc import Mapping
from typing import ClassVar, cast

from bot.outbox import EmailText, Message, RecordGoneError, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.members.claims import emails, sentences
from cogs.members.claims.buttons import list_buttons
from cogs.members.claims.cards import list_card
from cogs.members.claims.queries import claimed_seats
from cogs.members.claims.rules import ABOUT_CLAIM, ABOUT_LIST, REVOCABLE, ClaimedSeat
from storage.outbox.models import OutboxRow


class ClaimListMessages(RecordlessSubject):
    """Shows the secretariat who has come in, with what to decide."""

    name: ClassVar[str] = ABOUT_LIST

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """A list is owed while one of its claims waits."""
        claims = await self._services.claims.in_list(row.guild_id, row.subject_id)
        return Standing() if any(claim.state == "waiting" for claim in claims) else None

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - one name for all, without a person's
        """Name the list for lists."""
        return t("Accounts to confirm")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Show the claims with what became of each."""
        claims = await self._services.claims.in_list(row.guild_id, row.subject_id)
        seats = await claimed_seats(self._services, claims)
        waiting = sum(seat.claim.state == "waiting" for seat in seats)
        said = sentences.listed(waiting) if waiting else sentences.NONE_LEFT
        return Message(reader.say(said), list_card(seats, reader), list_buttons(seats, reader))


class ClaimMessages(RecordlessSubject):
    """Tells the seat of a claim, and that its account was somebody else's."""

    name: ClassVar[str] = ABOUT_CLAIM
    to_people = ("claimed", "refused")

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """A claim is news until it is refused, which is news for as long as the claim is kept."""
        claim = await self._services.claims.claim(row.guild_id, row.subject_id)
        if claim is None:
            return None
        return Standing() if row.kind == "refused" or claim.state in REVOCABLE else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the row for lists, without a person's name."""
        claim = await self._services.claims.claim(row.guild_id, row.subject_id)
        seats = await claimed_seats(self._services, [claim] if claim is not None else [])
        code = seats[0].delegation.code if seats else "?"
        match row.kind:
            case "claimed":
                return t("An account entered a code, {code}", code=code)
            case _:
                return t("An account was somebody else's, {code}", code=code)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say what has happened to a colleague."""
        seat = await self._seat(row)
        match row.kind:
            case "claimed":
                return Message(reader.say(sentences.claimed(seat, reader)))
            case _:
                said = reader.say(sentences.refused(seat, reader))
                kinds = cast(Mapping[str, int], row.payload.get("voided", {}))
                return Message(f"{said} {reader.say(sentences.void(kinds, reader))}" if kinds else said)

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        """Say it without a name."""
        return emails.text_of(row.kind, (await self._seat(row)).delegation, reader)

    async def _seat(self, row: OutboxRow) -> ClaimedSeat:
        claim = await self._services.claims.claim(row.guild_id, row.subject_id)
        if claim is None:
            raise RecordGoneError
        (seat,) = await claimed_seats(self._services, [claim])
        return seat
