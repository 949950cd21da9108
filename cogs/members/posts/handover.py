"""What ``/member handover`` does: one term ends, the next begins. No role of its own: the command's work."""

from datetime import date
from typing import cast

from bot.commands import Command
from bot.errors import UserError
from bot.reach_sentences import who_is_informed
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.members.directory.cards import person_name
from cogs.members.posts.appoint import delegation_kept, packed, unpacked
from cogs.members.posts.post import (
    Post,
    PostOptions,
    check_free,
    day_before,
    near_name,
    read_post,
    seat_of,
    seats_changed,
    with_person,
    write_post,
)
from storage.database import Transaction
from storage.members.models import Appointment, Delegation, Holder
from storage.models import Draft


async def hand_over(context: Context, delegation: Delegation, typed: PostOptions) -> None:
    """Ask whether one focal point's term ends and the next one's begins, the day after."""
    post = await read_post(context, delegation, "focal_point", typed)
    first = post.starts_on
    leaving = await _focal_point(context, delegation, first)
    await _check(context, post, leaving)
    question = t(
        "The term of {old} as focal point of {delegation} ends on {last}, and {new} begins on {first}. Is that right?",
        old=person_name(leaving, delegation, context.reader),
        delegation=seat_of(delegation, context),
        last=_last_day(leaving.appointment, first),
        new=post.name,
        first=first,
    )
    doubt = await near_name(context, post)
    lines = [context.say(text) for text in (question, doubt) if text is not None]
    payload = {**packed(post), "leaving": leaving.appointment.id}
    await context.preview(ConfirmHandover.kind, payload, "\n".join(lines), destroys=True)


async def _focal_point(context: Context, delegation: Delegation, first: date) -> Holder:
    """Return the last focal point who began before ``first`` and whose term has not ended yet."""
    today = context.services.today(context.network)
    holders = await context.services.members.holders(context.guild_id, delegation.id)
    terms = [h for h in holders if h.appointment.role == "focal_point"]
    present = [h for h in terms if h.appointment.ends_on is None or h.appointment.ends_on >= min(today, first)]
    if not present:
        raise UserError(
            t(
                "{delegation} has no focal point whose term could end: appoint one with {command}.",
                delegation=seat_of(delegation, context),
                command=Command("member appoint"),
            )
        )
    before = [h for h in present if h.appointment.starts_on < first]
    if not before:
        holder = present[-1]
        raise UserError(
            t(
                "{person} has been focal point since {day} only: the next term starts after that day. Choose a later"
                " {option}.",
                person=person_name(holder, delegation, context.reader),
                day=holder.appointment.starts_on,
                option="starts_on",
            )
        )
    return before[0]


async def _check(context: Context, post: Post, leaving: Holder) -> None:
    if post.person is not None and post.person.id == leaving.person.id:
        raise UserError(t("{person} is the focal point already: type the name of the next one.", person=post.name))
    await check_free(context, post, leaving=leaving.appointment)


def _last_day(term: Appointment, first: date) -> date:
    """Return the last day of a term that the next one follows on ``first``: the day before, or an earlier end."""
    return min(day_before(first), term.ends_on or date.max)


class ConfirmHandover(Confirmation):
    """One focal point follows another, after *Confirm*. What belongs to the seat is the successor's by itself."""

    kind = "handover"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """End one term, begin the other, and tell both."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        post = unpacked(delegation, draft.payload)
        post = await with_person(context, post)
        leaving = await _focal_point(context, delegation, post.starts_on)
        if leaving.appointment.id != draft.payload["leaving"]:
            raise UserError(
                t("The focal point has changed since you asked: look again with {c}.", c=Command("member find"))
            )
        await _check(context, post, leaving)
        last = _last_day(leaving.appointment, post.starts_on)
        async with context.write() as tx:
            await context.take(tx, draft)
            await end_term(context, tx, leaving.appointment, last)
            appointment_id, person_id = await write_post(context, tx, post)
            await context.services.outbox.notify(
                tx, context.guild_id, person_id, "appointment", appointment_id, "succeeds"
            )
        seats_changed(context)
        said = t(
            "{new} is focal point of {delegation} from {first}; the term of {old} ends on {last}.",
            new=post.name,
            delegation=seat_of(delegation, context),
            first=post.starts_on,
            old=person_name(leaving, delegation, context.reader),
            last=last,
        )
        people = [person_id, leaving.person.id]
        who = await who_is_informed(context.services, context.guild_id, people, context.reader)
        await context.replace(f"{context.say(said)} {who}".strip())


async def end_term(context: Context, tx: Transaction, term: Appointment, last: date) -> None:
    """Write a term's last day and thank who leaves, with what to hand over: once for that day."""
    if term.ends_on == last and await context.services.outbox.of(term.guild_id, "appointment", term.id, "thanks"):
        return
    if term.ends_on != last:
        await context.services.members.change_appointment(tx, term.guild_id, term.id, ends_on=last)
    await context.services.outbox.notify(tx, term.guild_id, term.person_id, "appointment", term.id, "thanks")
