"""What ``/member end`` does: a term ends, the seat stays. No role of its own: the command's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as with_changes
from datetime import date
from typing import cast

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, Context
from cogs.members.member import day_typed, member_typed
from cogs.members.posts import withdraw
from cogs.members.posts.appoint import delegation_kept
from cogs.members.posts.farewell import SILENT, ask_with_farewell, is_silent
from cogs.members.posts.handover import end_term, is_thanked
from cogs.members.posts.post import day_before, seat_of, seats_changed
from cogs.members.rules import Member
from storage.members.models import Appointment
from storage.models import Draft

_OPTIONS = {"now": Markdown("`now`"), "day": Markdown("`ends_on`")}
_AT_ONCE = t("This takes effect at once: the person's access as a member ends when you press *Confirm*.")


async def end(context: Context, typed: str, person: str, ends_on: str | None, *, at_once: bool) -> None:
    """Ask whether a person's posts for a delegation end; without a day, those that have not begun are withdrawn.

    ``at_once``: yesterday was the last day, and what began today is withdrawn too. Raises UserError.
    """
    delegation = await delegation_typed(context.services, context.asker, typed)
    member = await member_typed(context, delegation, person)
    today = context.services.today(context.network)
    last = day_typed(context, ends_on)
    if at_once and last is not None:
        raise UserError(t("A term ends either at once or on a day: leave {now} or {day} out.", **_OPTIONS))
    default = day_before(today) if at_once else today
    unbegun = withdraw.coming(member, default) if last is None else ()
    last = last or default
    ending = with_changes(
        member, posts=tuple(post for post in member.posts if post not in unbegun and post.ends_on != last)
    )
    if not ending.posts and not unbegun:
        raise _ended_already(context, member, last)
    _check_ends(ending, last)
    payload: dict[str, object] = {
        "code": delegation.code,
        "person": member.person.id,
        "last": last.isoformat(),
        "ending": [post.id for post in ending.posts],
        "withdrawn": [post.id for post in unbegun],
        "at_once": at_once,
    }
    await _ask(context, _Ending(ending, unbegun, last, at_once), payload)


@dataclass(frozen=True, slots=True)
class _Ending:
    """Whose posts end on ``last`` (``member`` has these alone), and which are withdrawn before they begin.

    ``at_once``: what began today is among the withdrawn.
    """

    member: Member
    withdrawn: tuple[Appointment, ...]
    last: date
    at_once: bool


async def _ask(context: Context, ending: _Ending, payload: Mapping[str, object]) -> None:
    """Ask whether it is so, and say what the person will be sent."""
    member, last = ending.member, ending.last
    questions = [_end_question(context, member, last)] if member.posts else []
    if ending.withdrawn:
        everything = _all_posts(member, ending)
        questions.append(withdraw.question(context, everything, ending.withdrawn, beside=bool(questions)))
    if ending.at_once:
        questions.append(_AT_ONCE)
    # A person who has been thanked for that very day is not thanked again.
    ended = [post for post in member.posts if not await is_thanked(context, post, last)]
    name = _all_posts(member, ending).name(context.reader)
    leaving = (name, member.delegation, ended, last)
    await ask_with_farewell(context, (ConfirmEndOfTerm.kind, AskEndAnew.kind), payload, questions, leaving)


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
        asked = await _read(context, draft)
        ending, unbegun, last = asked.member, asked.withdrawn, asked.last
        member = _all_posts(ending, asked)
        if not unbegun and all(post.ends_on == last for post in ending.posts):
            raise _ended_already(context, ending, last)
        _check_ends(ending, last)
        async with context.write() as tx:
            await context.take(tx, draft)
            for post in ending.posts:
                await end_term(context, tx, post, last, silent=is_silent(draft.payload))
            for post in unbegun:
                begun = last if asked.at_once else context.services.today(context.network)
                await withdraw.withdraw(context, tx, post, begun)
        seats_changed(context)
        said = [_ended(context, ending, last)] if ending.posts else []
        if unbegun:
            left = await withdraw.still_ending(context, member, unbegun)
            said += [withdraw.withdrawn(context, member, unbegun), *([left] if left is not None else [])]
        await context.replace("\n".join(map(context.reader.say, said)))


class AskEndAnew(Confirmation):
    """*Do not write to the predecessor*, and back: the same question again, in the place of the first."""

    kind = "term_ends_farewell"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Ask again."""
        ending = await _read(context, draft)
        context.replaces(draft)
        await _ask(context, ending, {**draft.payload, SILENT: not is_silent(draft.payload)})


async def _read(context: Context, draft: Draft) -> _Ending:
    """Return what a draft asked about. Raises UserError where it is not there any more."""
    delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
    member = await member_typed(context, delegation, str(draft.payload["person"]))
    last = date.fromisoformat(cast(str, draft.payload["last"]))
    ending = with_changes(member, posts=_asked_about(member, draft, "ending"))
    return _Ending(ending, _asked_about(member, draft, "withdrawn"), last, bool(draft.payload.get("at_once")))


def _all_posts(member: Member, ending: _Ending) -> Member:
    """Return the member with all the posts that are asked about."""
    return with_changes(member, posts=(*member.posts, *ending.withdrawn))


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
