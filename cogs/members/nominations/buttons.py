"""What the secretariat presses below a nomination."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import discord
from discord import ui

from bot.reach_sentences import who_is_informed
from bot.texts import Reader, nt, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.members.nominations.approve import NOMINATION, ConfirmNominatedHandover, decide
from cogs.members.nominations.cards import nomination_card
from cogs.members.nominations.forms import DeclineForm
from cogs.members.nominations.queries import delegation_of, nominee_of, waiting
from cogs.members.posts.handover import ask_to_hand_over, followed_by
from cogs.members.posts.post import (
    Post,
    check_free,
    seat_of,
    seats_changed,
    write_post,
)
from cogs.members.sentences import ROLES
from cogs.members.welcome.owing import owe_welcome
from storage.members.models import Nomination

_SHOWN: Final = 5
"""Rows of buttons, one for each nomination."""


class NominationButton(PersistentButton, custom_id="nomination:{action}:{nomination_id}"):
    """*Approve* and *Decline* below a nomination."""

    action: Literal["approve", "decline"]
    nomination_id: int

    async def on_press(self, context: Context) -> None:
        """Approve at once, or ask for the reason of declining."""
        nomination = await waiting(context, self.nomination_id)
        if self.action == "decline":
            await DeclineForm(str(nomination.id)).show(context)
        else:
            await _approve(context, nomination)


class WaitingNominationsButton(PersistentButton, custom_id="nominations-waiting"):
    """Leads from elsewhere to the nominations that nobody has decided on."""

    async def on_press(self, context: Context) -> None:
        """Show the oldest of them, each with its buttons under its number."""
        found = await context.services.nominations.waiting(context.guild_id)
        if not found:
            await context.answer(t("No nomination waits for you any more."))
            return
        items: list[ui.Item[Any]] = []
        embeds: list[discord.Embed] = []
        for number, one in enumerate(found[:_SHOWN], 1):
            nominator = await context.services.members.person(context.guild_id, one.nominated_by)
            card = nomination_card(one, nominator.name if nominator is not None else "", context.reader)
            card.title = f"{number}. {seat_of(await delegation_of(context, one), context)}"
            embeds.append(card)
            items += _decisions(one, number if len(found) > 1 else None, context.reader)
        said = nt("{count} nomination waits for you.", "{count} nominations wait for you.", len(found))
        await context.answer(said, embeds=embeds, view=stored_view(items))


def _decisions(nomination: Nomination, number: int | None, reader: Reader) -> Sequence[ui.Item[Any]]:
    """Return *Approve* and *Decline* for one of several, by its number; None: it is the only one."""
    approve = t("Approve") if number is None else t("Approve {number}", number=number)
    decline = t("Decline") if number is None else t("Decline {number}", number=number)
    row = (number or 1) - 1
    return (
        NominationButton("approve", nomination.id).labelled(
            reader.label(approve), discord.ButtonStyle.success, row=row
        ),
        NominationButton("decline", nomination.id).labelled(reader.label(decline), discord.ButtonStyle.danger, row=row),
    )


async def _approve(context: Context, nomination: Nomination) -> None:
    delegation = await delegation_of(context, nomination)
    post = Post(
        delegation,
        nomination.role,
        nomination.person.name,
        nomination.starts_on or context.services.today(context.network),
        title=nomination.title,
        ministry=nomination.ministry,
        account_id=nomination.account_id,
        person=await nominee_of(context, nomination),
        place=nomination.place,
    )
    leaving = await followed_by(context, post)
    if leaving is not None:
        await ask_to_hand_over(context, ConfirmNominatedHandover, post, leaving, {NOMINATION: nomination.id})
        return
    await check_free(context, post)
    async with context.write() as tx:
        await decide(context, tx, nomination)
        appointment_id, person_id = await write_post(context, tx, post)
        await owe_welcome(context.services, tx, context.guild_id, person_id, appointment_id, post.starts_on)
    seats_changed(context)
    said = t(
        "Approved: {person} is {role} of {delegation} from {day}.",
        person=post.name,
        role=ROLES[post.role],
        delegation=seat_of(delegation, context),
        day=post.starts_on,
    )
    services, guild_id, nominator = context.services, context.guild_id, nomination.nominated_by
    who = await who_is_informed(services, guild_id, [person_id], context.reader, by_email=False)
    if nominator != person_id:
        who = f"{who} {await who_is_informed(services, guild_id, [nominator], context.reader)}"
    await context.answer(f"{context.say(said)} {who}".strip())
