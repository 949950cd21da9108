"""What the secretariat reads of the members' role."""

from collections.abc import Mapping
from typing import ClassVar, Final

from bot.commands import Command
from bot.names.delegation_names import called, order_of
from bot.outbox import Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from storage.outbox.models import OutboxRow

PROBLEMS: Final[Mapping[str, Text]] = {
    "gone": t(
        "The members' role is gone from the server: a person who manages it names one with {command}.",
        command=Command("setup roles", "member"),
    ),
    "no_permission": t(
        "The bot cannot grant the members' role: in *Server Settings → Roles*, allow *Manage Roles* for the bot's role."
    ),
    "too_low": t(
        "The bot cannot grant the members' role: in *Server Settings → Roles*, drag the bot's role above that one."
    ),
    "former": t(
        "The bot could not take the former members' role back from everybody: in *Server Settings → Roles*, drag the"
        " bot's role above that one, and allow it *Manage Roles*. It tries again at night."
    ),
}


class MemberRoleMessages(RecordlessSubject):
    """Tells the secretariat what stands in the way of the role, and who has left the server."""

    name: ClassVar[str] = "member_role"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - each line is told once
        """A line is owed until it is sent."""
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the line for lists."""
        if row.kind == "trouble":
            return t("To the secretariat: the members' role")
        return t("To the secretariat: somebody left the server")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say what to put right, or whose account is unlinked."""
        if row.kind == "trouble":
            trouble = PROBLEMS[str(row.payload["trouble"])]
            return Message(reader.say(trouble))
        holders = await self._services.members.holders(row.guild_id)
        posts = [h for h in holders if h.person.id == row.subject_id]
        delegations = {d.id: d for d in await self._services.members.delegations(row.guild_id)}
        spoken_for = [delegations[n] for n in {h.appointment.delegation_id for h in posts}]
        seats = sorted(spoken_for, key=lambda d: order_of(d, reader.language))
        said = t(
            "Somebody who spoke for {delegations} has left the server: the account is unlinked, the seat stays."
            " {invite} makes a new code, if the person returns.",
            delegations=reader.listing([called(d, reader.language) for d in seats]) or "?",
            invite=Command("member invite"),
        )
        return Message(reader.say(said))
