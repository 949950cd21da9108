"""What /member invite without a person does: codes by e-mail, or as a file. No role of its own: the command's work."""

import io
from typing import Final, cast

import discord

from bot import retention
from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.identify import reader_of_person
from bot.mail import DELETE_ONCE_SENT, Mail, merge_file, merge_file_name
from bot.outbox import PEOPLE, Request
from bot.previews.preview import ask_to_send
from bot.reach import by_email
from bot.server_link import server_link
from bot.texts import Markdown, Reader, Text, nt, t
from bot.ui import Confirmation, Context
from cogs.members.joining.emails import Invitation, paragraphs, subject_of
from cogs.members.joining.queries import invited_now
from cogs.members.joining.rules import BY_EMAIL, EXAMPLE, INVITED, Invited, hashed, new_code
from cogs.members.rules import Member
from storage.models import Draft

_LINK: Final = Command("setup invitation")


async def invite_all(context: Context, typed: str | None) -> None:
    """Show how many codes would be made, and one of the e-mails; make them on *Confirm*. Raises UserError.

    Where the network sends e-mails, the bot sends them; else the secretariat does, from a file.
    """
    code = (await delegation_typed(context.services, context.asker, typed)).code if typed is not None else None
    invited = await invited_now(context.services, context.network, code)
    if not invited.members:
        raise UserError(_nobody(invited))
    link, warning = await _link(context)
    warnings = [warning] if warning is not None else []
    if by_email(context.services, context.network, has_text=True).is_open:
        payload = {"code": code, "network": context.guild.name, "link": link}
        request = Request(BY_EMAIL, 0, INVITED, PEOPLE, payload)
        await ask_to_send(context, request, remarks=[_REPLACES, *warnings])
        return
    mail = await _mail(context, _invitation(context, link), invited.members[0], EXAMPLE)
    card = discord.Embed(title=mail.subject[:256], description=mail.body[:4000])
    card.set_footer(text=f"{mail.name} · {mail.address} · {context.reader.language_name(mail.language)}"[:2048])
    content = "\n".join(map(context.say, [*_counts(invited), *warnings]))
    await context.preview(ConfirmInvitations.kind, {"code": code}, content, embed=card, destroys=True)


_REPLACES: Final = t(
    "Each person without an account gets a code of their own by e-mail. Codes that were made for them before no longer"
    " work then."
)


def _nobody(invited: Invited) -> Text:
    if invited.without_address:
        return nt(
            "{count} person has no linked account, and no e-mail address either: add one with {command}.",
            "{count} people have no linked account, and none of them has an e-mail address: add it with {command}.",
            invited.without_address,
            command=Command("member edit"),
        )
    return t("Everybody in the directory has a linked account already, or waits to be confirmed: no code is needed.")


def _counts(invited: Invited) -> list[Text]:
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


async def _link(context: Context) -> tuple[str, Text | None]:
    """Return the server's link ("" where none is set), and what is wrong with it. Raises UserError."""
    typed = context.network.invitation_link
    if typed is None:
        return "", t(
            "No link to this server is set, so the e-mails name none: a person who manages the server types it once"
            " with {command}.",
            command=_LINK,
        )
    now = context.services.clock.now()
    link = await server_link(context.interaction.client, context.guild, typed, now)
    if link.expires_at is not None and link.expires_at < now + retention.INVITATIONS:
        return link.url, t(
            "The link to this server works until {moment} only, and the codes for {period}: set one that does not"
            " expire with {command}.",
            moment=Markdown(context.reader.stamp(link.expires_at)),
            period=retention.named(retention.INVITATIONS),
            command=_LINK,
        )
    return link.url, None


def _invitation(context: Context, link: str) -> Invitation:
    return Invitation(
        network=context.guild.name,
        link=link,
        contact=context.network.privacy_contact or "",
        sender=context.interaction.user.display_name,
        until=context.services.clock.now() + retention.INVITATIONS,
    )


async def _mail(context: Context, invitation: Invitation, member: Member, code: str) -> Mail:
    """Write the e-mail to one person, in their language."""
    reader = await reader_of_person(context.services, context.network, member.person)
    writer = Reader(reader.language, context.services.zone(context.network))
    subject = writer.label(subject_of(invitation))
    body = "\n\n".join(writer.label(line) for line in paragraphs(invitation, member, code, writer))
    return Mail(member.name(writer), member.person.address, writer.language, subject, body)


class ConfirmInvitations(Confirmation):
    """Codes for all who have no account, after *Confirm*."""

    kind = "invite_all"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Make the codes, and give the file: it is the only place that has them."""
        invited = await invited_now(context.services, context.network, cast(str | None, draft.payload["code"]))
        if not invited.members:
            raise UserError(_nobody(invited))
        link, _ = await _link(context)
        invitation = _invitation(context, link)
        codes = [new_code() for _ in invited.members]
        mails = [await _mail(context, invitation, m, c) for m, c in zip(invited.members, codes, strict=True)]
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
            until=Markdown(context.reader.stamp(invitation.until)),
        )
        await context.replace(f"{context.say(said)} {context.say(DELETE_ONCE_SENT)}", files=[file])
