"""A nomination before the secretariat, and the answer to the person who nominated."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import discord
from discord import ui

from bot.names.delegation_names import with_code
from bot.outbox import EmailText, Message, RecordGoneError, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.members.directory.cards import person_name
from cogs.members.directory.queries import delegation_by_id
from cogs.members.nominations import emails
from cogs.members.nominations.buttons import NominationButton
from cogs.members.nominations.cards import nomination_card
from cogs.members.posts.handover import last_day
from cogs.members.sentences import ROLES
from storage.members.models import Delegation, Nomination
from storage.outbox.models import OutboxRow


class NominationMessages(RecordlessSubject):
    """A nomination before the secretariat, and its answer to the person who nominated."""

    name: ClassVar[str] = "nomination"
    to_people = ("decided",)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """A nomination is put before the secretariat until it is decided; the answer is always owed."""
        nomination = await self._services.nominations.nomination(row.guild_id, row.subject_id)
        gone = nomination is None or (row.kind == "asked" and nomination.state != "waiting")
        return None if gone else Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the row for lists, without a person's name."""
        nomination = await self._services.nominations.nomination(row.guild_id, row.subject_id)
        seat = await delegation_by_id(self._services, row.guild_id, nomination.delegation_id) if nomination else None
        code = seat.code if seat is not None else "?"
        if row.kind == "asked":
            return t("Nomination by {code}", code=code)
        return t("Answer to a nomination by {code}", code=code)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the nomination with its buttons, or with what became of it; or the answer."""
        nomination = await self._services.nominations.nomination(row.guild_id, row.subject_id)
        assert nomination is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        delegation = await delegation_by_id(self._services, row.guild_id, nomination.delegation_id)
        assert delegation is not None, "nominations keep their delegation"  # noqa: S101 - narrows the type
        if row.kind == "decided":
            return Message(reader.say(_answer(nomination, delegation, reader)))
        nominator = await self._services.members.person(row.guild_id, nomination.nominated_by)
        said = t(
            "{delegation} nominates {person} as {role}.",
            delegation=with_code(delegation, reader.language),
            person=nomination.person.name,
            role=ROLES[nomination.role],
        )
        follows = await self._followed_by(nomination, delegation, reader)
        card = nomination_card(nomination, nominator.name if nominator is not None else "", reader, follows)
        return Message(reader.say(said), card, _buttons(nomination, reader))

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        """Say that it is decided on, and where to read how."""
        nomination = await self._services.nominations.nomination(row.guild_id, row.subject_id)
        seat = await delegation_by_id(self._services, row.guild_id, nomination.delegation_id) if nomination else None
        if seat is None:
            raise RecordGoneError
        return emails.text_of(seat, reader)

    async def _followed_by(
        self, nomination: Nomination, delegation: Delegation, reader: Reader
    ) -> tuple[str, date | None] | None:
        if nomination.role != "focal_point" or nomination.state != "waiting":
            return None
        today = self._services.today(await self._services.settings.network(nomination.guild_id))
        first = nomination.starts_on or today
        for holder in await self._services.members.holders(nomination.guild_id, delegation.id):
            term = holder.appointment
            if term.role == "focal_point" and term.starts_on < first <= (term.ends_on or date.max):
                last = last_day(term, nomination.starts_on) if nomination.starts_on is not None else None
                return person_name(holder, delegation, reader), last
        return None


def _answer(nomination: Nomination, delegation: Delegation, reader: Reader) -> Text:
    name = with_code(delegation, reader.language)
    if nomination.state == "declined":
        return t(
            "The secretariat declined {person} as {role} of {delegation}: {reason}",
            person=nomination.person.name,
            role=ROLES[nomination.role],
            delegation=name,
            reason=nomination.reason,
        )
    return t(
        "The secretariat approved {person} as {role} of {delegation}.",
        person=nomination.person.name,
        role=ROLES[nomination.role],
        delegation=name,
    )


def _buttons(nomination: Nomination, reader: Reader) -> Sequence[ui.Item[Any]]:
    if nomination.state != "waiting":
        return ()
    return (
        NominationButton("approve", nomination.id).labelled(reader.label(t("Approve")), discord.ButtonStyle.success),
        NominationButton("decline", nomination.id).labelled(reader.label(t("Decline")), discord.ButtonStyle.danger),
    )
