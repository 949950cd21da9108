"""What ``/member invite`` does: a one-time code, and the e-mail with it. No role of its own: the command's work."""

import discord

from bot import retention
from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.languages import LANGUAGES, Language
from bot.names.delegation_names import with_code
from bot.texts import Markdown, Reader, Text, t
from bot.ui import (
    Context,
)
from cogs.members.joining.rules import hashed, new_code
from cogs.members.member import member_typed
from cogs.members.posts.post import seat_of
from cogs.members.rules import Member
from cogs.members.sentences import ROLES


async def invite(context: Context, typed: str, person: str) -> None:
    """Make a code for a person and show it once, with the text of an e-mail."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    member = await member_typed(context, delegation, person)
    if member.person.account_id is not None:
        raise UserError(
            t(
                "{person} is linked to an account already: {command} changes it.",
                person=member.name(context.reader),
                command=Command("member link"),
            )
        )
    if await context.services.claims.of_person(context.guild_id, member.person.id) is not None:
        raise UserError(
            t(
                "An account has entered {person}'s code already, and waits for you to confirm it: press *{confirm}* or"
                " *{refuse}* below the list in the secretariat's channel.",
                person=member.name(context.reader),
                confirm=t("Confirm"),
                refuse=t("Not this person"),
            )
        )
    code = new_code()
    async with context.write() as tx:
        await context.services.invitations.add(
            tx, context.guild_id, delegation.id, member.person.id, hashed(code), retention.INVITATIONS
        )
    reader = context.reader
    said = t(
        "A code for {person} of {delegation}, good once until {until}. It is shown here only; a new one replaces it.",
        person=member.name(reader),
        delegation=seat_of(delegation, context),
        until=Markdown(reader.stamp(context.services.clock.now() + retention.INVITATIONS)),
    )
    card = discord.Embed(title=reader.label(t("E-mail to send")), description=_email(member, code, reader))
    await context.answer(f"{reader.say(said)}\n```\n{code}\n```", embed=card)


def _email(member: Member, code: str, reader: Reader) -> str:
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
                    " type {command} and this code: {code}. It works once, for {period}; please give it to nobody.",
                    role=writer.label(_role_of(member)),
                    delegation=with_code(member.delegation, language),
                    command=Command("member claim"),
                    code=code,
                    period=retention.named(retention.INVITATIONS),
                )
            )
        )
    return "\n\n".join(parts)


def _role_of(member: Member) -> Text:
    return ROLES[member.posts[0].role]
