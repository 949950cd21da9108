"""What people are told when a seat changes hands: the messages of nominations and appointments."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, cast

import discord
from discord import ui

from bot.naming import with_code
from bot.outbox import Message, Standing, Subject
from bot.services import Services
from bot.texts import Markdown, Reader, Text, escaped, t
from cogs.members.cards import COLOUR
from cogs.members.nominations import NominationButton
from cogs.members.words import ROLES
from storage.models import Delegation, Holder, OutboxRow, Person, Role
from storage.seats import Nomination


class AppointmentNews(Subject):
    """What appointees are told: that they speak for a seat, what comes with it, and thanks at the end."""

    name: ClassVar[str] = "appointment"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """News is owed for as long as the appointment is there; that it is withdrawn, in any case."""
        if row.kind == "withdrawn":
            return Standing()
        return Standing() if await self._holder(row) is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the news for lists, without a person's name."""
        delegation = await _delegation(self._services, row.guild_id, await self._seat_id(row))
        code = delegation.code if delegation is not None else "?"
        match row.kind:
            case "thanks":
                return t("Thanks and hand-over, {code}", code=code)
            case "succeeds":
                return t("Hand-over to the next focal point, {code}", code=code)
            case _:
                return t("News of an appointment, {code}", code=code)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the news for whoever it is about."""
        holder = await self._holder(row)
        delegation = await _delegation(self._services, row.guild_id, await self._seat_id(row))
        assert delegation is not None, "appointments keep their delegation"  # noqa: S101 - narrows the type
        if row.kind == "withdrawn":
            return Message(reader.say(_withdrawn(row, delegation, reader)))
        assert holder is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        if row.kind == "thanks":
            return _thanks(holder, delegation, reader)
        card = await self._arrival(row, reader)
        if row.kind == "succeeds":
            card.insert_field_at(0, name=reader.label(t("What is yours with the seat")), value=_inherited(reader))
        said = t(
            "You are {role} of {delegation} in the network from {day}.",
            role=ROLES[holder.appointment.role],
            delegation=with_code(delegation, reader.language),
            day=holder.appointment.starts_on,
        )
        return Message(reader.say(said), card)

    async def _arrival(self, row: OutboxRow, reader: Reader) -> discord.Embed:
        nominator = cast(int | None, row.payload.get("nominated_by"))
        person = await self._services.members.person(row.guild_id, nominator) if nominator is not None else None
        entered = t("The secretariat entered your name and post.")
        if person is not None and person.name:
            entered = t("{person} nominated you and entered your name and post.", person=person.name)
        network = await self._services.settings.network(row.guild_id)
        lines = [
            reader.say(entered),
            reader.say(t("See and correct what the directory says with {command}.", command="/member me")),
            reader.say(
                t("Take your data with you with {export}, or have it erased with {erase}.", **_PRIVACY_COMMANDS)
            ),
        ]
        if network.privacy_contact:
            lines.append(reader.say(t("Questions of privacy: {contact}", contact=network.privacy_contact)))
        card = discord.Embed(colour=COLOUR)
        card.add_field(name=reader.label(t("Your data")), value="\n".join(lines), inline=False)
        return card

    async def _holder(self, row: OutboxRow) -> Holder | None:
        holders = await self._services.members.holders(row.guild_id)
        return next((h for h in holders if h.appointment.id == row.subject_id), None)

    async def _seat_id(self, row: OutboxRow) -> int:
        if row.kind == "withdrawn":
            return cast(int, row.payload["delegation"])
        holder = await self._holder(row)
        return holder.appointment.delegation_id if holder is not None else 0


_PRIVACY_COMMANDS = {"export": "/privacy export", "erase": "/privacy erase"}


def _inherited(reader: Reader) -> str:
    lines = (
        t("The registration for the meeting, which you may change."),
        t("The right to replace your delegation's ballot while a poll is open; what it said stays secret."),
        t("The reminders that are owed to your delegation."),
    )
    return "\n".join(f"• {reader.say(line)}" for line in lines)


def _withdrawn(row: OutboxRow, delegation: Delegation, reader: Reader) -> Text:
    return t(
        "The secretariat has withdrawn your appointment as {role} of {delegation}, which was to begin on {day}: write"
        " to it if that is a surprise.",
        role=ROLES[cast(Role, row.payload["role"])],
        delegation=with_code(delegation, reader.language),
        day=date.fromisoformat(cast(str, row.payload["starts_on"])),
    )


def _thanks(holder: Holder, delegation: Delegation, reader: Reader) -> Message:
    post = holder.appointment
    said = t(
        "Thank you: your term as {role} of {delegation} ends on {day}.",
        role=ROLES[post.role],
        delegation=with_code(delegation, reader.language),
        day=post.ends_on or post.starts_on,
    )
    steps = (
        t("Tell your successor which colleagues in the network you work with, and on what."),
        t("Hand over the papers of the last meeting and what your delegation has promised there."),
        t("Point your successor to the shelf: {command} has the manual.", command="/resource list"),
        t("Say which polls and registrations are open: they stay with the seat."),
        t("Keep your own data with {export} before you leave, or have it erased with {erase}.", **_PRIVACY_COMMANDS),
    )
    card = discord.Embed(title=reader.label(t("What to hand over")), colour=COLOUR)
    card.description = "\n".join(f"☐ {reader.say(step)}" for step in steps)
    last = t("Your access ends after that day by itself; your name stays in your delegation's history.")
    card.add_field(name=reader.label(t("Your access")), value=reader.say(last), inline=False)
    return Message(reader.say(said), card)


class NominationNews(Subject):
    """A nomination before the secretariat, and its answer to whoever nominated."""

    name: ClassVar[str] = "nomination"

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
        seat = await _delegation(self._services, row.guild_id, nomination.delegation_id) if nomination else None
        code = seat.code if seat is not None else "?"
        if row.kind == "asked":
            return t("Nomination by {code}", code=code)
        return t("Answer to a nomination by {code}", code=code)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the nomination with its buttons, or with what became of it; or the answer."""
        nomination = await self._services.nominations.nomination(row.guild_id, row.subject_id)
        assert nomination is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        delegation = await _delegation(self._services, row.guild_id, nomination.delegation_id)
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
        card = nomination_card(nomination, nominator.name if nominator is not None else "", reader)
        return Message(reader.say(said), card, _buttons(nomination, reader))


class InvitationNews(Subject):
    """Tells the secretariat that somebody has come in with a code."""

    name: ClassVar[str] = "invitation"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed while the person is linked to an account."""
        person = await self._person(row)
        return Standing() if person is not None and person.account_id is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the row for lists, without a person's name."""
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        seat = await _delegation(self._services, row.guild_id, invitation.delegation_id) if invitation else None
        return t("Somebody came in with a code, {code}", code=seat.code if seat is not None else "?")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say who came in, for which delegation, with which account."""
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        person = await self._person(row)
        assert invitation is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        assert person is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        seat = await _delegation(self._services, row.guild_id, invitation.delegation_id)
        assert seat is not None, "invitations keep their delegation"  # noqa: S101 - narrows the type
        said = t(
            "{account} has come in with a code and now speaks for {delegation} ({person}).",
            account=Markdown(f"<@{person.account_id}>"),
            delegation=with_code(seat, reader.language),
            person=person.name or reader.label(t("not named")),
        )
        return Message(reader.say(said))

    async def _person(self, row: OutboxRow) -> Person | None:
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        if invitation is None:
            return None
        return await self._services.members.person(row.guild_id, invitation.person_id)


async def _delegation(services: Services, guild_id: int, delegation_id: int) -> Delegation | None:
    return next((d for d in await services.members.delegations(guild_id) if d.id == delegation_id), None)


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
        NominationButton("approve", nomination.id, reader.label(t("Approve"))),
        NominationButton("decline", nomination.id, reader.label(t("Decline"))),
    )


def nomination_card(nomination: Nomination, nominator: str, reader: Reader) -> discord.Embed:
    """Show what is asked for, by whom, and what became of it."""
    lines = [f"**{escaped(nomination.person.name)}** · {reader.say(ROLES[nomination.role])}"]
    lines += [str(escaped(text)) for text in (nomination.title, nomination.ministry) if text]
    if nomination.starts_on is not None:
        lines.append(reader.say(t("From {day}", day=nomination.starts_on)))
    else:
        lines.append(reader.say(t("From the day of the approval")))
    if nomination.account_id is not None:
        lines.append(f"👤 <@{nomination.account_id}>")
    if nominator:
        lines.append(reader.say(t("Nominated by {person}", person=nominator)))
    card = discord.Embed(description="\n".join(lines), colour=COLOUR)
    if nomination.state != "waiting":
        card.add_field(name=reader.label(t("Decision")), value=decision(nomination, reader), inline=False)
    return card


def decision(nomination: Nomination, reader: Reader) -> str:
    """Say where a nomination stands, and who decided."""
    by = f" · <@{nomination.decided_by}>" if nomination.decided_by else ""
    match nomination.state:
        case "waiting":
            return reader.say(t("waiting for the secretariat"))
        case "approved":
            return reader.say(t("approved")) + by
        case "declined":
            return reader.say(t("declined: {reason}", reason=nomination.reason)) + by
