"""What the room reads, as one asker may see it."""

from collections.abc import Iterable

from bot.audience import seats_today
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.languages import Language
from bot.names.delegation_names import called
from bot.outbox import MEMBERS
from bot.previews.destination import destination
from bot.search.choosing import chosen
from bot.services import Services
from bot.texts import clipped, t
from bot.ui import Context
from cogs.statements import rules
from cogs.statements.ending import close_when_due
from cogs.statements.rules import SUBJECT, Details, Joiner, is_due
from storage.statements.models import Statement

LIST = Command("statement list")


async def current(services: Services, guild_id: int, statement_id: int) -> Statement | None:
    """Return a statement as it is now, closed where its time has come; None where there is none."""
    statement = await services.statements.get(guild_id, statement_id)
    if statement is not None and is_due(statement, services.clock.now()):
        await close_when_due(services, guild_id, statement_id)
        statement = await services.statements.get(guild_id, statement_id)
    return statement


def drafts(context: Context, statement: Statement) -> bool:
    """Tell whether the asker drafts the statement: the secretariat, and the penholders' people."""
    return context.asker.is_secretariat or bool(context.asker.delegation_ids & set(statement.penholders))


def is_visible(context: Context, statement: Statement) -> bool:
    """Tell whether the asker, a member or the secretariat, may see it: a draft is for those who draft it alone."""
    never_final = statement.state == "draft" or (statement.state == "cancelled" and statement.opened_at is None)
    return not never_final or drafts(context, statement)


async def statement_of(context: Context, statement_id: int) -> Statement:
    """Return the statement that a button is about. Raises NotFoundError."""
    found = await current(context.services, context.guild_id, statement_id)
    if found is None or not is_visible(context, found):
        raise NotFoundError(t("That statement no longer exists: see all with {command}.", command=LIST))
    return found


async def visible(context: Context) -> list[Statement]:
    """Return the statements that the asker may see, the next to close first."""
    services, guild_id = context.services, context.guild_id
    for one in await services.statements.statements(guild_id, ("open",)):
        await current(services, guild_id, one.id)
    return [one for one in await services.statements.statements(guild_id) if is_visible(context, one)]


async def statement_typed(context: Context, typed: str) -> Statement:
    """Return the statement chosen from the list, or the only one whose title has what was typed.

    Raises NotFoundError.
    """
    listed = await visible(context)
    if not listed:
        raise NotFoundError(t("There is no statement yet: the secretariat opens the first one."))
    found = chosen(listed, typed, option_value, lambda statement: [statement.title])
    if found is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one statement: choose one from the list that opens as you type.",
                typed=clipped(typed),
            )
        )
    return found


def option_value(statement: Statement) -> str:
    """Return what stands for a statement that was chosen from the list."""
    return f"#{statement.id}"


async def delegation_names(
    services: Services, guild_id: int, ids: Iterable[int], language: Language
) -> tuple[str, ...]:
    """Return what delegations are called, in protocol order."""
    wanted = set(ids)
    found = [one for one in await services.members.delegations(guild_id) if one.id in wanted]
    return tuple(called(one, language) for one in rules.in_protocol_order(found, (), language))


async def joiners_of(services: Services, statement: Statement, language: Language) -> tuple[Joiner, ...]:
    """Return the delegations that have joined, in protocol order, penholders first."""
    joinings = {one.delegation_id: one for one in await services.statements.joinings(statement.guild_id, statement.id)}
    found = [one for one in await services.members.delegations(statement.guild_id) if one.id in joinings]
    ordered = rules.in_protocol_order(found, statement.penholders, language)
    return tuple(Joiner(one, joinings[one.id], called(one, language)) for one in ordered)


async def details_of(services: Services, statement: Statement, language: Language, *, with_names: bool) -> Details:
    """Return what a card shows; ``with_names``: also who has joined."""
    guild_id = statement.guild_id
    return Details(
        statement,
        tuple(await services.documents.latest(guild_id, SUBJECT, statement.id)) if statement.id else (),
        await delegation_names(services, guild_id, statement.penholders, language),
        await delegation_names(services, guild_id, statement.chosen, language),
        await joiners_of(services, statement, language) if with_names else None,
    )


async def people_asked(services: Services, statement: Statement) -> list[int]:
    """Return the ids of all who join for the delegations that are invited, whether these have joined or not."""
    seats = await seats_today(services, statement.guild_id)
    return [person.id for person in rules.people_of(rules.invited(statement, seats))]


async def people_reminded(services: Services, statement: Statement, *, asked_for_more_time: bool) -> list[int]:
    """Return the ids of the persons whom a reminder concerns now. They are told to nobody."""
    guild_id = statement.guild_id
    return rules.reminded(
        statement,
        await seats_today(services, guild_id),
        await services.statements.joinings(guild_id, statement.id),
        await services.statements.marks(guild_id, statement.id),
        "more_time" if asked_for_more_time else None,
    )


async def people_asked_again(services: Services, statement: Statement, voided: Iterable[int]) -> list[int]:
    """Return the ids of all who join for these delegations and have not joined again. They are told to nobody."""
    joinings = await services.statements.joinings(statement.guild_id, statement.id)
    missing = set(voided) - {one.delegation_id for one in joinings}
    return await people_of_delegations(services, statement.guild_id, missing)


async def people_of_delegations(services: Services, guild_id: int, ids: Iterable[int]) -> list[int]:
    """Return the ids of all who join for these delegations today."""
    wanted = set(ids)
    seats = [seat for seat in await seats_today(services, guild_id) if seat.delegation.id in wanted]
    return [person.id for person in rules.people_of(seats)]


def goes_to_members(context: Context) -> str:
    """Say where what is posted for the members goes. Raises UserError where no channel can take it."""
    if context.network.members_channel_id is None:
        raise UserError(
            t(
                "Statements are for members, and this server has no members' channel yet: name it with {command}.",
                command=Command("setup channels", "members"),
            )
        )
    found = destination(context.interaction.guild, context.network, MEMBERS, None)
    if found.channel_id is None:
        raise UserError(found.said())
    return context.say(found.goes_to())


def require_not_over(statement: Statement) -> None:
    """Raise UserError for a statement that is delivered or cancelled."""
    if statement.state == "delivered":
        raise UserError(t("“{title}” has been delivered: it can no longer change.", title=statement.title))
    if statement.state == "cancelled":
        raise UserError(
            t("“{title}” was cancelled: see the others with {command}.", title=statement.title, command=LIST)
        )
