"""What ``/member invite`` without a person does: codes for many, as a mail merge. No role of its own: the work."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import discord

from bot import retention
from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.identify import reader_of_person
from bot.mail import DELETE_ONCE_SENT, Mail, merge_file, merge_file_name
from bot.names.delegation_names import called
from bot.server_link import server_link
from bot.texts import Markdown, Reader, Text, nt, t
from bot.ui import Confirmation, Context
from cogs.members.joining.rules import ALPHABET, hashed, new_code
from cogs.members.rules import Member, people_of
from cogs.members.sentences import ROLES
from storage.models import Draft


@dataclass(frozen=True, slots=True)
class _Invited:
    """Who gets a code; and how many do not, because no address is known, or because an account waits already."""

    members: Sequence[Member]
    without_address: int
    waiting: int


async def invite_all(context: Context, typed: str | None) -> None:
    """Show how many codes would be made, and one of the e-mails; make them on *Confirm*. Raises UserError."""
    code = (await delegation_typed(context.services, context.asker, typed)).code if typed is not None else None
    invited = await _invited(context, code)
    if not invited.members:
        raise UserError(_nobody(invited))
    link, warning = await _link(context)
    until = context.services.clock.now() + retention.INVITATIONS
    example = ALPHABET[:4] + "-…"
    mail = await _mail(context, invited.members[0], example, until, link)
    card = discord.Embed(title=mail.subject[:256], description=mail.body[:4000])
    card.set_footer(text=f"{mail.name} · {mail.address} · {context.reader.language_name(mail.language)}"[:2048])
    lines = [*_counts(invited), *([warning] if warning is not None else [])]
    content = "\n".join(map(context.say, lines))
    await context.preview(ConfirmInvitations.kind, {"code": code}, content, embed=card, destroys=True)


def _nobody(invited: _Invited) -> Text:
    if invited.without_address:
        return nt(
            "{count} person has no linked account, and no e-mail address either: add one with {command}.",
            "{count} people have no linked account, and none of them has an e-mail address: add it with {command}.",
            invited.without_address,
            command=Command("member edit"),
        )
    return t("Everybody in the directory has a linked account already, or waits to be confirmed: no code is needed.")


def _counts(invited: _Invited) -> list[Text]:
    lines = [
        nt(
            "{count} person without an account gets a code, in a file for your mail program. A code that was made"
            " before no longer works then.",
            "{count} people without an account get a code each, in a file for your mail program. Codes that were made"
            " for them before no longer work then.",
            len(invited.members),
        ),
        nt(
            "{count} person has no e-mail address in use, or wants no e-mails, and is not in the file.",
            "{count} people have no e-mail address in use, or want no e-mails, and are not in the file.",
            invited.without_address,
        ),
        nt(
            "{count} account waits for you to confirm it, and needs no code.",
            "{count} accounts wait for you to confirm them, and need no code.",
            invited.waiting,
        ),
    ]
    return [line for line in lines if line.count]


async def _invited(context: Context, code: str | None) -> _Invited:
    """Return who has a post and no account, of one delegation or of all, each once, in the order of the seats."""
    services, guild_id = context.services, context.guild_id
    today = services.today(context.network)
    waiting = {claim.person_id for claim in await services.claims.waiting(guild_id)}
    found: dict[int, Member] = {}
    for delegation in await services.members.delegations(guild_id, on=today):
        if code in (None, delegation.code):
            for member in people_of(delegation, await services.members.holders(guild_id, delegation.id), today):
                if member.person.account_id is None:
                    found.setdefault(member.person.id, member)
    free = [member for member in found.values() if member.person.id not in waiting]
    with_address = [m for m in free if m.person.address and m.person.email_allowed]
    return _Invited(with_address, len(free) - len(with_address), len(found.keys() & waiting))


async def _link(context: Context) -> tuple[str, Text | None]:
    """Return the server's link ("" where none is set), and what is wrong with it. Raises UserError."""
    typed = context.network.invitation_link
    command = Command("setup invitation")
    if typed is None:
        return "", t(
            "No link to this server is set, so the e-mails name none: a person who manages the server types it once"
            " with {command}.",
            command=command,
        )
    now = context.services.clock.now()
    link = await server_link(context.interaction.client, context.guild, typed, now)
    if link.expires_at is not None and link.expires_at < now + retention.INVITATIONS:
        return link.url, t(
            "The link to this server works until {moment} only, and the codes for {period}: set one that does not"
            " expire with {command}.",
            moment=Markdown(context.reader.stamp(link.expires_at)),
            period=retention.named(retention.INVITATIONS),
            command=command,
        )
    return link.url, None


async def _mail(context: Context, member: Member, code: str, until: datetime, link: str) -> Mail:
    """Write the e-mail to one person, in their language."""
    reader = await reader_of_person(context.services, context.network, member.person)
    writer = Reader(reader.language, context.services.zone(context.network))
    network = context.guild.name
    lines = [
        t("Dear {person},", person=member.name(writer)),
        t(
            "the secretariat of {network} invites you to its server on Discord as {role} of {delegation}.",
            network=network,
            role=writer.label(ROLES[member.posts[0].role]),
            delegation=called(member.delegation, writer.language),
        ),
        *([t("1. Open the server: {link}", link=Markdown(link))] if link else [t("1. Open the server.")]),
        t("2. Type {command} there, and this code: {code}", command=Command("member claim"), code=Markdown(code)),
        t("3. The secretariat confirms that the account is yours."),
        t(
            "The code works once, until {moment}. Please give it to nobody and do not forward this message.",
            moment=writer.moment(until),
        ),
        _genuine(context),
        t("{sender}, for the secretariat of {network}", sender=context.interaction.user.display_name, network=network),
    ]
    subject = t("Your access to {network}", network=network)
    body = "\n\n".join(writer.label(line) for line in lines)
    return Mail(member.name(writer), member.person.address, writer.language, writer.label(subject), body)


def _genuine(context: Context) -> Text:
    contact = context.network.privacy_contact
    if contact:
        return t(
            "Is this message genuine? Ask the secretariat at an address that you know already, or {contact}. It never"
            " asks for a password.",
            contact=contact,
        )
    return t(
        "Is this message genuine? Ask the secretariat at an address that you know already. It never asks for a"
        " password."
    )


class ConfirmInvitations(Confirmation):
    """Codes for all who have no account, after *Confirm*."""

    kind = "invite_all"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Make the codes, and give the file: it is the only place that has them."""
        invited = await _invited(context, cast(str | None, draft.payload["code"]))
        if not invited.members:
            raise UserError(_nobody(invited))
        link, _ = await _link(context)
        until = context.services.clock.now() + retention.INVITATIONS
        codes = [new_code() for _ in invited.members]
        mails = [await _mail(context, m, c, until, link) for m, c in zip(invited.members, codes, strict=True)]
        async with context.write() as tx:
            await context.take(tx, draft)
            for member, code in zip(invited.members, codes, strict=True):
                await context.services.invitations.add(
                    tx, context.guild_id, member.delegation.id, member.person.id, hashed(code), retention.INVITATIONS
                )
        name = merge_file_name("invitations", context.services.today(context.network))
        file = discord.File(io.BytesIO(merge_file(mails, context.reader)), name)
        said = nt(
            "{count} code is in the file, and nowhere else. It works until {until}.",
            "{count} codes are in the file, and nowhere else. They work until {until}.",
            len(codes),
            until=Markdown(context.reader.stamp(until)),
        )
        await context.replace(f"{context.say(said)} {context.say(DELETE_ONCE_SENT)}", files=[file])
