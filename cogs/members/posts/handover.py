"""What ``/member handover`` does: one term ends, the next begins. No role of its own: the command's work."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, cast

from bot.commands import Command
from bot.errors import UserError
from bot.reach_sentences import who_is_informed
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.members.directory.cards import person_name
from cogs.members.posts.appoint import delegation_kept, packed, unpacked
from cogs.members.posts.farewell import SILENT, ask_with_farewell, is_silent
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
from cogs.members.posts.sentences import is_coming
from cogs.members.welcome.owing import owe_welcome
from storage.database import Transaction
from storage.members.models import Appointment, Delegation, Holder
from storage.models import Draft


async def hand_over(context: Context, delegation: Delegation, typed: PostOptions) -> None:
    """Ask whether one focal point's term ends and the next one's begins, the day after."""
    post = await read_post(context, delegation, "focal_point", typed)
    leaving = await _focal_point(context, delegation, post.starts_on)
    await ask_to_hand_over(context, ConfirmHandover, post, leaving, {})


async def ask_to_hand_over(
    context: Context,
    confirmation: "type[ConfirmHandover]",
    post: Post,
    leaving: Holder,
    payload: Mapping[str, object],
) -> None:
    """Ask whether ``post`` follows the term of ``leaving``, and say what the predecessor will be sent.

    ``payload`` is what the confirmation needs to know beside it. Raises UserError where it cannot follow.
    """
    first, delegation = post.starts_on, post.delegation
    await _check(context, post, leaving)
    old, last = person_name(leaving, delegation, context.reader), last_day(leaving.appointment, first)
    question = t(
        "The term of {old} as focal point of {delegation} ends on {last}, and {new} begins on {first}. Is that right?",
        old=old,
        delegation=seat_of(delegation, context),
        last=last,
        new=post.name,
        first=first,
    )
    doubt = await near_name(context, post)
    kept = {**packed(post), "leaving": leaving.appointment.id, **payload}
    ended = () if await is_thanked(context, leaving.appointment, last) else (leaving.appointment,)
    await ask_with_farewell(
        context,
        (confirmation.kind, confirmation.asks_anew),
        kept,
        [text for text in (question, doubt) if text is not None],
        (old, delegation, ended, last),
    )


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


async def followed_by(context: Context, post: Post) -> Holder | None:
    """Return the focal point whom ``post`` would follow, because their term runs on; None where the seat is free then.

    Raises UserError where the seat has its next focal point already.
    """
    if post.role != "focal_point":
        return None
    today = context.services.today(context.network)
    holders = await context.services.members.holders(context.guild_id, post.delegation.id)
    terms = [h for h in holders if h.appointment.role == "focal_point"]
    coming = [h for h in terms if h.appointment.starts_on > today]
    if coming:
        name = person_name(coming[0], post.delegation, context.reader)
        raise UserError(is_coming(name, seat_of(post.delegation, context), coming[0].appointment.starts_on))
    running = [h for h in terms if (h.appointment.ends_on or date.max) >= post.starts_on > h.appointment.starts_on]
    return running[0] if running else None


async def _check(context: Context, post: Post, leaving: Holder) -> None:
    if post.person is not None and post.person.id == leaving.person.id:
        raise UserError(t("{person} is the focal point already: type the name of the next one.", person=post.name))
    await check_free(context, post, leaving=leaving.appointment)


def last_day(term: Appointment, first: date) -> date:
    """Return the last day of a term that the next one follows on ``first``: the day before, or an earlier end."""
    return min(day_before(first), term.ends_on or date.max)


class ConfirmHandover(Confirmation):
    """One focal point follows another, after *Confirm*. What belongs to the seat is the successor's by itself."""

    kind = "handover"
    asks_anew: ClassVar[str] = "handover_farewell"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """End one term, begin the other, and tell both."""
        post, leaving = await read_handover(context, draft)
        await _check(context, post, leaving)
        last, silent = last_day(leaving.appointment, post.starts_on), is_silent(draft.payload)
        async with context.write() as tx:
            await context.take(tx, draft)
            await end_term(context, tx, leaving.appointment, last, silent=silent)
            appointment_id, person_id = await write_post(context, tx, post)
            await owe_welcome(
                context.services, tx, context.guild_id, person_id, appointment_id, post.starts_on, "succeeds"
            )
            also = await self.also(context, tx, draft)
        seats_changed(context)
        said = t(
            "{new} is focal point of {delegation} from {first}; the term of {old} ends on {last}.",
            new=post.name,
            delegation=seat_of(post.delegation, context),
            first=post.starts_on,
            old=person_name(leaving, post.delegation, context.reader),
            last=last,
        )
        people = [*(() if silent else (leaving.person.id,)), *also]
        newcomer = await who_is_informed(
            context.services, context.guild_id, [person_id], context.reader, by_email=False
        )
        others = await who_is_informed(context.services, context.guild_id, people, context.reader)
        who = f"{newcomer} {others}".strip()
        await context.replace(f"{context.say(said)} {who}".strip())

    async def also(self, context: Context, tx: Transaction, draft: Draft) -> list[int]:  # noqa: ARG002 - for hand-overs that somebody asked for
        """Write down what else follows; return the ids of the persons who are informed of it."""
        return []


class AskHandoverAnew(Confirmation):
    """*Do not write to the predecessor*, and back: the same question again, in the place of the first."""

    kind = "handover_farewell"
    confirmation: ClassVar[type[ConfirmHandover]] = ConfirmHandover

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Ask again."""
        post, leaving = await read_handover(context, draft)
        context.replaces(draft)
        kept = {**draft.payload, SILENT: not is_silent(draft.payload)}
        await ask_to_hand_over(context, self.confirmation, post, leaving, kept)


async def read_handover(context: Context, draft: Draft) -> tuple[Post, Holder]:
    """Return who follows whom by a draft. Raises UserError where the focal point has changed since."""
    delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
    post = await with_person(context, unpacked(delegation, draft.payload))
    leaving = await _focal_point(context, delegation, post.starts_on)
    if leaving.appointment.id != draft.payload["leaving"]:
        raise UserError(
            t("The focal point has changed since you asked: look again with {c}.", c=Command("member find"))
        )
    return post, leaving


async def end_term(context: Context, tx: Transaction, term: Appointment, last: date, *, silent: bool = False) -> None:
    """Write a term's last day and thank who leaves, with what to hand over: once for that day. ``silent``: do not."""
    if await is_thanked(context, term, last):
        return
    if term.ends_on != last:
        await context.services.members.change_appointment(tx, term.guild_id, term.id, ends_on=last)
    if not silent:
        await context.services.outbox.notify(tx, term.guild_id, term.person_id, "appointment", term.id, "thanks")


async def is_thanked(context: Context, term: Appointment, last: date) -> bool:
    """Tell whether a term ends on that day already, and its holder has been thanked for it."""
    return term.ends_on == last and bool(
        await context.services.outbox.of(term.guild_id, "appointment", term.id, "thanks")
    )
