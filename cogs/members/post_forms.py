"""Who is to hold a post, as a command's options say it; what is wrong with them comes back as a form, filled in."""

from collections.abc import Sequence
from typing import cast

import discord

from bot.access import Asker, Level
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.services import Services
from bot.texts import Reader, t
from bot.ui import Field, Form, Values, asker_of, host_of, offer_correction
from cogs.members import appointing, handover, nominations
from cogs.members.posts import Typed
from storage.models import Delegation, Role


class SomebodyForm(Form):
    """Its arguments are the delegation's code, the role and the account (0: none)."""

    title = t("Who is to hold the post")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what was typed of the person and the term."""
        return [
            Field("name", t("Name, as the delegation writes it"), max_length=100),
            Field("title", t("Title"), required=False, max_length=200),
            Field("ministry", t("Ministry or office"), required=False, max_length=200),
            Field("starts_on", t("First day, such as 2027-03-12"), required=False, max_length=100),
        ]

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Go on as the command does."""
        code, role, account_id = self.arguments
        services = host_of(interaction).services
        options = {key: values.get(key, "").strip() or None for key in ("title", "ministry", "starts_on", "ends_on")}
        typed = Typed(values["name"], int(account_id) or None, **options)
        await self.act(interaction, services, await self.seat(services, asker, code), cast(Role, role), typed)

    async def seat(self, services: Services, asker: Asker, typed: str) -> Delegation:
        """Return the delegation that is meant. Raises UserError, which the form cannot put right."""
        return await delegation_typed(services, asker, typed)

    async def act(
        self, interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
    ) -> None:
        """Do what the command is for. Raises UserError."""
        raise NotImplementedError(type(self).__name__)


class AppointForm(SomebodyForm):
    """Of ``/member appoint``."""

    kind = "appoint"
    level = Level.SECRETARIAT

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return also the last day."""
        last = Field("ends_on", t("Last day, where it is known"), required=False, max_length=100)
        return [*super().fields(reader), last]

    async def seat(self, services: Services, asker: Asker, typed: str) -> Delegation:
        """Return the delegation, which may be a state that has no seat yet."""
        return await appointing.seat_typed(services, asker, typed)

    async def act(
        self, interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
    ) -> None:
        """Appoint."""
        await appointing.appoint(interaction, services, delegation, role, typed)


class NominateForm(SomebodyForm):
    """Of ``/member nominate``."""

    kind = "nominate"
    level = Level.DELEGATES

    async def seat(self, services: Services, asker: Asker, typed: str) -> Delegation:
        """Return the asker's own delegation."""
        return await nominations.own_delegation(services, asker, typed)

    async def act(
        self, interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
    ) -> None:
        """Ask the secretariat."""
        await nominations.nominate(interaction, services, delegation, role, typed)


class HandOverForm(SomebodyForm):
    """Of ``/member handover``."""

    kind = "hand_over"
    level = Level.SECRETARIAT

    async def act(
        self, interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
    ) -> None:
        """Ask whether one follows the other."""
        assert role == "focal_point", "only focal points hand over"  # noqa: S101 - as the command says
        await handover.hand_over(interaction, services, delegation, typed)


async def begin(
    interaction: discord.Interaction, form: type[SomebodyForm], delegation: str, role: Role, typed: Typed
) -> None:
    """Do what a command's options ask for; where something is wrong with them, say what and offer the form."""
    asker, services = asker_of(interaction), host_of(interaction).services
    seat = await form().seat(services, asker, delegation)
    somebody = form(seat.code, role, str(typed.account_id or 0))
    try:
        await somebody.act(interaction, services, seat, role, typed)
    except UserError as error:
        options = {
            "name": typed.name,
            "title": typed.title,
            "ministry": typed.ministry,
            "starts_on": typed.starts_on,
            "ends_on": typed.ends_on,
        }
        values = {key: text for key, text in options.items() if text is not None}
        await offer_correction(interaction, asker, somebody, values, error.text)
