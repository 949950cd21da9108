"""``/member invite`` and ``/member claim``: how a person gets in with a one-time code."""

from typing import cast

import discord

from bot.access import Asker, Level
from bot.delegations import delegation_typed
from bot.errors import NotFoundError, UserError
from bot.languages import LANGUAGES, Language
from bot.naming import with_code
from bot.services import Services
from bot.texts import Markdown, Reader, Text, t
from bot.ui import (
    Confirmation,
    Field,
    Form,
    Values,
    answer,
    ask_confirmation,
    asker_of,
    authorise,
    host_of,
    replace,
    take,
)
from cogs.members.codes import LIFETIME, hashed, new_code, wait_after
from cogs.members.people import Member, member_typed, people_of
from cogs.members.posts import announce_change, seat_of
from cogs.members.welcome import welcome_card
from cogs.members.words import ROLES
from storage.members import AccountTakenError
from storage.models import Draft
from storage.seats import Invitation


async def invite(interaction: discord.Interaction, services: Services, typed: str, person: str) -> None:
    """Make a code for a person and show it once, with the text of an e-mail."""
    asker = asker_of(interaction)
    delegation = await delegation_typed(services, asker, typed)
    member = await member_typed(services, asker, delegation, person)
    if member.person.account_id is not None:
        raise UserError(
            t(
                "{person} is linked to an account already: {command} changes it.",
                person=member.name(asker.reader),
                command="/member link",
            )
        )
    code = new_code()
    async with services.transaction(asker.account_id) as tx:
        await services.invitations.add(tx, asker.guild_id, delegation.id, member.person.id, hashed(code), LIFETIME)
    reader = asker.reader
    said = t(
        "A code for {person} of {delegation}, good once until {until}. It is shown here only; a new one replaces it.",
        person=member.name(reader),
        delegation=seat_of(delegation, asker),
        until=Markdown(reader.stamp(services.clock.now() + LIFETIME)),
    )
    card = discord.Embed(title=reader.label(t("E-mail to send")), description=_letter(member, code, reader))
    await answer(interaction, f"{reader.say(said)}\n```\n{code}\n```", embed=card)


def _letter(member: Member, code: str, reader: Reader) -> str:
    """Return the e-mail in the languages of the person, else in the asker's."""
    languages: list[Language] = [spoken for spoken in LANGUAGES if spoken in member.person.languages] or [
        reader.language
    ]
    parts: list[str] = []
    for language in languages:
        writer = Reader(language, reader.zone)
        parts.append(
            writer.say(
                t(
                    "You have been invited to the server of the network as {role} of {delegation}. Open the server,"
                    " type {command} and this code: {code}. It works once, for 14 days; please give it to nobody.",
                    role=writer.label(_role_of(member)),
                    delegation=with_code(member.delegation, language),
                    command="/member claim",
                    code=code,
                )
            )
        )
    return "\n\n".join(parts)


def _role_of(member: Member) -> Text:
    return ROLES[member.posts[0].role]


async def claim(interaction: discord.Interaction, services: Services, code: str) -> None:
    """Ask whoever typed a good code whether they are the person it is for."""
    asker = asker_of(interaction)
    await _check_pace(services, asker)
    invitation = await services.invitations.by_hash(asker.guild_id, hashed(code))
    if invitation is None:
        async with services.transaction(asker.account_id) as tx:
            await services.invitations.count_failure(tx, asker.guild_id, asker.account_id)
        raise NotFoundError(
            t("No invitation has that code: compare it with your e-mail, or ask the secretariat for a new one.")
        )
    member = await _invited(services, asker, invitation)
    question = t(
        "You represent {delegation}? The code is for {person}, {roles}.",
        delegation=seat_of(member.delegation, asker),
        person=member.name(asker.reader),
        roles=member.roles(asker.reader),
    )
    payload = {"invitation": invitation.id}
    await ask_confirmation(interaction, asker, Claim, payload, asker.reader.say(question))


async def _check_pace(services: Services, asker: Asker) -> None:
    failures, last = await services.invitations.failures(asker.guild_id, asker.account_id)
    if last is None or (again := last + wait_after(failures)) <= services.clock.now():
        return
    raise UserError(
        t(
            "That was the wrong code several times: the next try is at {time}. The secretariat can send a new code.",
            time=Markdown(asker.reader.stamp(again, style="T")),
        )
    )


async def _invited(services: Services, asker: Asker, invitation: Invitation) -> Member:
    """Return whom the invitation is for. Raises UserError where it no longer opens the door to the asker."""
    now = services.clock.now()
    if invitation.state == "used":
        raise UserError(t("That code was used already: ask the secretariat for a new one."))
    if invitation.state == "replaced":
        raise UserError(t("A newer code has replaced that one: look for the last e-mail of the secretariat."))
    if invitation.expires_at <= now:
        raise UserError(t("That code has run out after 14 days: ask the secretariat for a new one."))
    if asker.person is not None:
        raise UserError(
            t(
                "Your account is linked already: {command} shows to whom. One account cannot be two people; ask the"
                " secretariat if that is wrong.",
                command="/member me",
            )
        )
    today = services.today(asker.network)
    delegations = await services.members.delegations(asker.guild_id)
    delegation = next(d for d in delegations if d.id == invitation.delegation_id)
    holders = await services.members.holders(asker.guild_id, delegation.id)
    for member in people_of(delegation, holders, today):
        if member.person.id == invitation.person_id:
            if member.person.account_id is not None:
                raise UserError(
                    t("Whoever that code is for has an account here already: ask the secretariat, who can change it.")
                )
            return member
    raise UserError(t("The term that this code is for has ended: ask the secretariat, who may appoint you anew."))


class Claim(Confirmation):
    """An account is linked to the person that its code was made for, after *Confirm*."""

    kind = "claim"
    level = Level.EVERYBODY

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Use the code up, link, tell the secretariat, and welcome."""
        services = host_of(interaction).services
        invitation = await services.invitations.invitation(asker.guild_id, cast(int, draft.payload["invitation"]))
        if invitation is None:
            raise NotFoundError(t("That invitation is not there any more: ask the secretariat for a new one."))
        member = await _invited(services, asker, invitation)
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            if not await services.invitations.use(tx, asker.guild_id, invitation.id):
                raise UserError(t("That code was used already: ask the secretariat for a new one."))
            try:
                await services.members.link_account(tx, asker.guild_id, member.person.id, asker.account_id)
            except AccountTakenError as error:
                raise UserError(
                    t("That account belongs to somebody else in the network: choose another account.")
                ) from error
            await services.invitations.forget_failures(tx, asker.guild_id, asker.account_id)
            await services.outbox.plan_now(tx, asker.guild_id, "invitation", invitation.id, "claimed", "secretariat")
        announce_change(interaction, asker.guild_id)
        # Who asks has just become somebody: what follows is answered to the person.
        asker = (await authorise(interaction, Level.EVERYBODY)).asker
        said = t("Welcome: you represent {delegation}.", delegation=seat_of(member.delegation, asker))
        await replace(interaction, asker.reader.say(said), embed=await welcome_card(services, asker, member))
        await host_of(interaction).notices.ask_consent(interaction, asker)


class ClaimForm(Form):
    """The code, for those who have pressed the button in the welcome channel."""

    kind = "claim"
    level = Level.EVERYBODY
    title = t("Enter your code")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the code."""
        return [Field("code", t("The code that the secretariat sent you"), max_length=60)]

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:  # noqa: ARG002
        """Go on as after the command."""
        await claim(interaction, host_of(interaction).services, values.get("code", ""))
