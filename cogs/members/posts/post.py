"""A post that somebody is to hold: checked, then written. No role of its own: shared by all commands that appoint."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import discord

from bot import names
from bot.commands import Command
from bot.errors import UserError
from bot.names.delegation_names import with_code
from bot.search import folding
from bot.search.folding import person_key
from bot.search.near_names import are_near
from bot.texts import Markdown, Text, t
from bot.ui import Context
from cogs.members.directory.cards import person_name
from cogs.members.member import day_typed
from cogs.members.sentences import ROLES
from storage.database import Transaction
from storage.members.members import AccountTakenError, TwoFocalPointsError
from storage.members.models import Appointment, Delegation, Holder, Person, Place, Role

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Post:
    """Who is to hold which post, from when to when (None: open). ``person`` None: new to the network."""

    delegation: Delegation
    role: Role
    name: str
    starts_on: date
    ends_on: date | None = None
    title: str = ""
    ministry: str = ""
    account_id: int | None = None
    person: Person | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PostOptions:
    """What a command's options say of somebody for a post; None where one was left out."""

    name: str
    account_id: int | None = None
    title: str | None = None
    ministry: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    place: Place | None = None


async def read_post(context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> Post:
    """Read what was typed: from today where no first day is given. Raises UserError.

    In a delegation without a row (id 0) nobody has served, so the person is not looked for.
    """
    post = Post(
        delegation,
        role,
        name_typed(typed.name),
        day_typed(context, typed.starts_on) or context.services.today(context.network),
        day_typed(context, typed.ends_on),
        cleaned(typed.title),
        cleaned(typed.ministry),
        typed.account_id,
        place=typed.place,
    )
    return await with_person(context, post) if delegation.id else post


async def with_person(context: Context, post: Post) -> Post:
    """Return the post with the person whom the delegation knows by its name or account. Raises UserError."""
    person = await person_meant(context, post.delegation, post.name, post.account_id)
    return replace(post, person=person)


def cleaned(text: str | None) -> str:
    """Return typed text on one line, without stray spaces; None is empty."""
    return " ".join(folding.cleaned(text or "").split())


def name_typed(text: str) -> str:
    """Return a person's name as it is to stand. Raises UserError where no letter is in it."""
    name = cleaned(text)
    if not names.normalise(name):
        raise UserError(t("A name needs letters: type the person's name as the delegation writes it."))
    return name


def account_named(user: discord.Member | discord.User | None) -> int | None:
    """Return the account's id. Raises UserError for a bot's account."""
    if user is not None and user.bot:
        raise UserError(t("That account is a bot's: choose the account of the person."))
    return user.id if user is not None else None


async def person_meant(context: Context, delegation: Delegation, name: str, account_id: int | None) -> Person | None:
    """Return the person of that name whom the delegation had before, or None for somebody new.

    Raises UserError where the account is another's, or the name two people's.
    """
    holders = await context.services.members.holders(context.guild_id, delegation.id)
    wanted = person_key(name)
    known = {h.person.id: h.person for h in holders}
    same = [person for person in known.values() if person_key(person.name) == wanted]
    linked = await context.services.members.person_of_account(context.guild_id, account_id) if account_id else None
    if linked is not None:
        if person_key(linked.name) == wanted or (not linked.name and linked.id in known):
            return linked
        raise account_taken(linked, context)
    if len(same) > 1:
        raise UserError(t("Two people of that name have served this delegation: name the account in {o}.", o="user"))
    if not same:
        return None
    if account_id is not None and same[0].account_id is not None:
        raise UserError(
            t(
                "{person} is linked to another account: change that first with {command}.",
                person=name,
                command=Command("member link"),
            )
        )
    return same[0]


async def near_name(context: Context, post: Post) -> Text | None:
    """Ask whether somebody new is a person whom the delegation has under a name much like it; None where nobody is."""
    if post.person is not None:
        return None
    for holder in await context.services.members.holders(context.guild_id, post.delegation.id):
        known = holder.person
        if (known.account_id is None or post.account_id is None) and are_near(post.name, known.name):
            return t(
                "{delegation} has {known}: if {person} is the same person, cancel and type the name in the same way.",
                delegation=with_code(post.delegation, context.reader.language),
                known=known.name,
                person=post.name,
            )
    return None


def account_taken(linked: Person, context: Context) -> UserError:
    """Say that an account is somebody's already. The name is for the secretariat alone."""
    if context.asker.is_secretariat and linked.name:
        return UserError(
            t(
                "That account belongs to {person}: one account cannot be two people. Choose another account.",
                person=linked.name,
            )
        )
    return UserError(t("That account belongs to somebody else in the network: choose another account."))


def check_term(starts_on: date, ends_on: date | None) -> None:
    """Raise UserError for a term that ends before it starts."""
    if ends_on is not None and ends_on < starts_on:
        raise UserError(t("A term cannot end before it starts: {first} to {last}.", first=starts_on, last=ends_on))


def check_place(role: Role, place: Place | None) -> None:
    """Raise UserError for a place of anybody but a mission."""
    if place is not None and role != "mission":
        raise UserError(
            t(
                "Only a permanent mission has a place, New York or Geneva: type the command again without {option},"
                " or with another {role}.",
                option=Markdown("`place`"),
                role=Markdown("`role`"),
            )
        )


async def check_free(context: Context, post: Post, *, leaving: Appointment | None = None) -> None:
    """Raise UserError where the post is held by another focal point, or by the same person, in those days.

    ``leaving`` is the term that ends the day before this one starts.
    """
    check_term(post.starts_on, post.ends_on)
    for holder in await context.services.members.holders(context.guild_id, post.delegation.id):
        other = holder.appointment
        if leaving is not None and other.id == leaving.id:
            continue
        if other.role != post.role or not _overlap(other, post):
            continue
        if post.person is not None and post.person.id == holder.person.id:
            raise UserError(
                t(
                    "{person} is {role} of {delegation} already, from {day} on: nothing was changed.",
                    person=post.name,
                    role=ROLES[post.role],
                    delegation=with_code(post.delegation, context.reader.language),
                    day=other.starts_on,
                )
            )
        if post.role == "focal_point":
            raise UserError(second_focal_point(context, post.delegation, holder))


def _overlap(other: Appointment, post: Post) -> bool:
    return other.starts_on <= (post.ends_on or date.max) and (other.ends_on or date.max) >= post.starts_on


def second_focal_point(context: Context, delegation: Delegation, holder: Holder | None = None) -> Text:
    """Say that a delegation has one focal point at a time, who it is, and how one follows the other."""
    name = with_code(delegation, context.reader.language)
    if holder is None:
        return t("{delegation} has a focal point in those days already: nothing was changed.", delegation=name)
    return t(
        "{delegation} has one focal point at a time: {person}, from {day} on. The secretariat can hand over with"
        " {handover} or end that term with {end}.",
        delegation=name,
        person=person_name(holder, delegation, context.reader),
        day=holder.appointment.starts_on,
        handover=Command("member handover"),
        end=Command("member end"),
    )


async def write_post(context: Context, tx: Transaction, post: Post) -> tuple[int, int]:
    """Write the person and the post; return the ids of the appointment and of the person. Raises UserError."""
    members = context.services.members
    try:
        if post.person is None:
            person_id = await members.add_person(tx, context.guild_id, post.name, account_id=post.account_id)
        else:
            person_id = post.person.id
            if not post.person.name:
                await members.change_person(tx, context.guild_id, person_id, name=post.name)
            if post.account_id is not None and post.person.account_id != post.account_id:
                await members.link_account(tx, context.guild_id, person_id, post.account_id)
        appointment_id = await members.appoint(
            tx,
            context.guild_id,
            post.delegation.id,
            person_id,
            post.role,
            post.starts_on,
            post.ends_on,
            title=post.title,
            ministry=post.ministry,
            place=post.place,
        )
    except TwoFocalPointsError as error:
        raise UserError(second_focal_point(context, post.delegation)) from error
    except AccountTakenError as error:
        raise UserError(t("That account belongs to somebody else in the network: choose another account.")) from error
    return appointment_id, person_id


def day_before(day: date) -> date:
    """Return the day before."""
    return day - _DAY


def seats_changed(context: Context) -> None:
    """Let the member role follow what has just been written."""
    context.interaction.client.dispatch("seats_changed", context.guild_id)


def seat_of(delegation: Delegation, context: Context) -> str:
    """Name the seat as writing commands do, with its code; as typed text."""
    return with_code(delegation, context.reader.language)
