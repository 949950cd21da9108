"""What the secretariat presses below a nomination."""

from typing import Literal

from bot.reach_sentences import who_is_informed
from bot.texts import t
from bot.ui import Context, PersistentButton
from cogs.members.nominations.approve import NOMINATION, ConfirmNominatedHandover, decide
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
    people = [person_id, nomination.nominated_by]
    who = await who_is_informed(context.services, context.guild_id, people, context.reader)
    await context.answer(f"{context.say(said)} {who}".strip())
