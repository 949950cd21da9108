"""What appointees read: that they speak for a seat, what comes with it, and thanks at the end."""

from datetime import date
from typing import ClassVar, cast

import discord

from bot.commands import Command
from bot.names.delegation_names import with_code
from bot.outbox import Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.members.directory.cards import COLOUR
from cogs.members.directory.queries import delegation_by_id
from cogs.members.sentences import ROLES
from storage.members.models import Delegation, Holder, Role
from storage.outbox.models import OutboxRow


class AppointmentMessages(RecordlessSubject):
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
        delegation = await delegation_by_id(self._services, row.guild_id, await self._seat_id(row))
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
        delegation = await delegation_by_id(self._services, row.guild_id, await self._seat_id(row))
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
            reader.say(t("See and correct what the directory says with {command}.", command=Command("member me"))),
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


_PRIVACY_COMMANDS = {"export": Command("privacy export"), "erase": Command("privacy erase")}


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
        t("Point your successor to the shelf: {command} has the manual.", command=Command("resource list")),
        t("Say which polls and registrations are open: they stay with the seat."),
        t("Keep your own data with {export} before you leave, or have it erased with {erase}.", **_PRIVACY_COMMANDS),
    )
    card = discord.Embed(title=reader.label(t("What to hand over")), colour=COLOUR)
    card.description = "\n".join(f"☐ {reader.say(step)}" for step in steps)
    last = t("Your access ends after that day by itself; your name stays in your delegation's history.")
    card.add_field(name=reader.label(t("Your access")), value=reader.say(last), inline=False)
    return Message(reader.say(said), card)
