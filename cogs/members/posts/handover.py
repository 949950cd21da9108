"""``/member handover`` and ``/member end``: a term ends, the seat stays."""

from dataclasses import replace as with_changes
from datetime import date
from typing import cast

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.informed import informed
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, Context
from cogs.members.directory.cards import person_name
from cogs.members.member import Member, day_typed, member_typed
from cogs.members.posts import withdraw
from cogs.members.posts.appoint import delegation_kept, packed, unpacked
from cogs.members.posts.post import (
    Post,
    PostOptions,
    announce_change,
    check_free,
    day_before,
    enter,
    near_name,
    read_post,
    seat_of,
    with_person,
)
from storage.database import Transaction
from storage.models import Appointment, Delegation, Draft, Holder


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
                command="/member appoint",
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
            raise UserError(t("The focal point has changed since you asked: look again with {c}.", c="/member find"))
        await _check(context, post, leaving)
        last = _last_day(leaving.appointment, post.starts_on)
        async with context.write() as tx:
            await context.take(tx, draft)
            await end_term(context, tx, leaving.appointment, last)
            appointment_id, person_id = await enter(context, tx, post)
            await context.services.outbox.tell(
                tx, context.guild_id, person_id, "appointment", appointment_id, "succeeds"
            )
        announce_change(context)
        said = t(
            "{new} is focal point of {delegation} from {first}; the term of {old} ends on {last}.",
            new=post.name,
            delegation=seat_of(delegation, context),
            first=post.starts_on,
            old=person_name(leaving, delegation, context.reader),
            last=last,
        )
        people = [person_id, leaving.person.id]
        who = await informed(context.services, context.guild_id, people, context.reader)
        await context.replace(f"{context.say(said)} {who}".strip())


async def end_term(context: Context, tx: Transaction, term: Appointment, last: date) -> None:
    """Write a term's last day and thank who leaves, with what to hand over: once for that day."""
    if term.ends_on == last and await context.services.outbox.of(term.guild_id, "appointment", term.id, "thanks"):
        return
    if term.ends_on != last:
        await context.services.members.change_appointment(tx, term.guild_id, term.id, ends_on=last)
    await context.services.outbox.tell(tx, term.guild_id, term.person_id, "appointment", term.id, "thanks")


async def end(context: Context, typed: str, person: str, ends_on: str | None) -> None:
    """Ask whether a person's posts for a delegation end; without a day, those that have not begun are withdrawn."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    member = await member_typed(context, delegation, person)
    today = context.services.today(context.network)
    last = day_typed(context, ends_on)
    unbegun = withdraw.coming(member, today) if last is None else ()
    last = last or today
    ending = with_changes(
        member, posts=tuple(post for post in member.posts if post not in unbegun and post.ends_on != last)
    )
    if not ending.posts and not unbegun:
        raise _ended_already(context, member, last)
    _check_ends(ending, last)
    payload = {
        "code": delegation.code,
        "person": member.person.id,
        "last": last.isoformat(),
        "ending": [post.id for post in ending.posts],
        "withdrawn": [post.id for post in unbegun],
    }
    lines = [context.say(_end_question(context, ending, last))] if ending.posts else []
    if unbegun:
        lines.append(context.say(withdraw.question(context, member, unbegun, beside=bool(lines))))
    await context.preview(ConfirmEndOfTerm.kind, payload, "\n".join(lines), destroys=True)


def _ended_already(context: Context, member: Member, last: date) -> UserError:
    return UserError(
        t(
            "The term of {person} as {roles} of {delegation} ends on {last} already: nothing was changed.",
            person=member.name(context.reader),
            roles=member.roles(context.reader),
            delegation=seat_of(member.delegation, context),
            last=last,
        )
    )


def _check_ends(member: Member, last: date) -> None:
    for post in member.posts:
        if last < post.starts_on:
            raise UserError(
                t(
                    "A term cannot end before it starts: {first} to {last}. To withdraw an appointment that has not"
                    " begun, leave {option} out.",
                    first=post.starts_on,
                    last=last,
                    option=Markdown("`ends_on`"),
                )
            )


def _end_question(context: Context, member: Member, last: date) -> Text:
    return t(
        "The term of {person} as {roles} of {delegation} ends on {last}, the last day included. Is that right?",
        person=member.name(context.reader),
        roles=member.roles(context.reader),
        delegation=seat_of(member.delegation, context),
        last=last,
    )


class ConfirmEndOfTerm(Confirmation):
    """Somebody's posts for a delegation end, after *Confirm*."""

    kind = "term_ends"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write the last day and thank the person; withdraw what has not begun."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        member = await member_typed(context, delegation, str(draft.payload["person"]))
        last = date.fromisoformat(cast(str, draft.payload["last"]))
        ending = with_changes(member, posts=_asked_about(member, draft, "ending"))
        unbegun = _asked_about(member, draft, "withdrawn")
        if not unbegun and all(post.ends_on == last for post in ending.posts):
            raise _ended_already(context, ending, last)
        _check_ends(ending, last)
        async with context.write() as tx:
            await context.take(tx, draft)
            for post in ending.posts:
                await end_term(context, tx, post, last)
            for post in unbegun:
                await withdraw.withdraw(context, tx, post, context.services.today(context.network))
        announce_change(context)
        said = [_ended(context, ending, last)] if ending.posts else []
        if unbegun:
            left = await withdraw.still_ending(context, member, unbegun)
            said += [withdraw.withdrawn(context, member, unbegun), *([left] if left is not None else [])]
        await context.replace("\n".join(map(context.reader.say, said)))


def _asked_about(member: Member, draft: Draft, what: str) -> tuple[Appointment, ...]:
    """Return the posts that the question named. Raises UserError where one of them is gone."""
    ids = cast(list[int], draft.payload[what])
    found = tuple(post for post in member.posts if post.id in ids)
    if len(found) < len(ids):
        raise UserError(t("The posts have changed since you asked: type the command again."))
    return found


def _ended(context: Context, member: Member, last: date) -> Text:
    return t(
        "The term of {person} as {roles} of {delegation} ends on {last}, the last day included. The seat stays, and"
        " so does what belongs to it.",
        person=member.name(context.reader),
        roles=member.roles(context.reader),
        delegation=seat_of(member.delegation, context),
        last=last,
    )
