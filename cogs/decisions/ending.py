"""How a silence procedure ends, or is made to go on. No role of its own: all look first whether its time is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import working_days
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.languages import LANGUAGES
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT
from bot.services import Services
from bot.shelf import normalised
from bot.texts import Reader, t
from bot.ui import Context
from bot.workplaces import Workplace, workplace_of_secretariat
from cogs.decisions import rules
from cogs.decisions.rules import BY_MESSAGE, LOOKED_AT_AGAIN, REACHING, SUBJECT, Kind
from cogs.decisions.sentences import CLOSED, STATES
from storage.database import Transaction
from storage.decisions.models import Decision, Interruption
from storage.resources.models import NewResource


async def place_of(services: Services, guild_id: int, zone: str | None = None) -> Workplace:
    """Return where the network's secretariat works, in the IANA ``zone`` (None: the network's), holidays loaded."""
    await working_days.load()
    network = await services.settings.network(guild_id)
    return workplace_of_secretariat(zone or services.zone(network), network.country)


async def current_decision(context: Context, decision_id: int) -> Decision:
    """Return the decision as it is now, ended where its time is over. Raises NotFoundError."""
    services = context.services
    await settle_when_due(services, context.guild_id, decision_id, context.asked_at)
    decision = await services.decisions.decision(context.guild_id, decision_id)
    if decision is None:
        raise NotFoundError(
            t("That decision no longer exists: see all with {command}.", command=Command("decision list"))
        )
    return decision


def has_ended() -> UserError:
    """Say that a procedure has ended already."""
    return UserError(CLOSED)


async def require_open(services: Services, decision: Decision, at: datetime, tx: Transaction | None = None) -> None:
    """Raise UserError unless the secretariat may still extend or cancel the procedure at ``at``.

    Once its hour has come, what becomes of it depends on whether a press in time is confirmed, and on nobody else.
    """
    if not decision.is_under_way:
        raise has_ended()
    if decision.state == "open" and not await is_in_time(services, decision, at, tx):
        raise UserError(
            t(
                "The time for objections has passed, and the bot is working out the outcome: nothing was changed."
                " Look again in 15 minutes with {command}.",
                command=Command("decision show"),
            )
        )


async def make_up(services: Services, guild_id: int | None = None) -> None:
    """Give every open procedure, of all networks or one, the time that an interruption until now has cost it.

    Its end is looked at again in any case: what was to do that may have been called off meanwhile.
    """
    async with services.transaction() as tx:
        under_way = await services.decisions.under_way(tx)
    for decision in (one for one in under_way if guild_id in (None, one.guild_id)):
        place = await place_of(services, decision.guild_id, decision.timezone)
        async with services.transaction() as tx:
            current = await services.decisions.decision(decision.guild_id, decision.id, tx)
            if current is None or not current.is_under_way or await _is_held(services, tx, current):
                continue
            if not await _made_up(services, tx, current, place):
                await plan_again(services, tx, current, later=True)


async def settle_when_due(
    services: Services, guild_id: int, decision_id: int, asked_at: datetime | None = None
) -> None:
    """End a procedure whose time is over, or let it wait for an extension; does nothing to any other.

    The hour is Discord's, as people see it: a clock of this machine that is ahead ends nothing early. ``asked_at`` is
    when somebody did what it is looked at for, by Discord's clock (None: it is looked at by itself).
    """
    decision = await services.decisions.decision(guild_id, decision_id)
    if decision is None or not _may_be_due(services, decision):
        return
    if asked_at is not None and asked_at < rules.ends_at(decision):
        return
    place = await place_of(services, guild_id, decision.timezone)
    async with services.transaction() as tx:
        # Read with the writer held: nobody can object to it, or move it, meanwhile.
        decision = await services.decisions.decision(guild_id, decision_id, tx)
        if decision is None or not _may_be_due(services, decision) or await _is_held(services, tx, decision):
            return
        is_early = _now_of_discord(services) < rules.ends_at(decision)
        if is_early or not services.presence.can_act(services.clock.now()):
            # What it has cost that people cannot act is made up for when they can again.
            await plan_again(services, tx, decision, later=True)
        elif decision.state == "unreached":
            await _lapse(services, tx, decision)
        elif not await _made_up(services, tx, decision, place):
            await _end(services, tx, decision)


def _now_of_discord(services: Services) -> datetime:
    return services.clock.now() - services.presence.clock_ahead()


def _may_be_due(services: Services, decision: Decision) -> bool:
    return decision.is_under_way and services.clock.now() >= rules.ends_at(decision)


async def _is_held(services: Services, tx: Transaction, decision: Decision) -> bool:
    """Tell whether the network holds its messages, or the bot is not on its server: nobody could act or hear of it."""
    if decision.guild_id not in await services.settings.present_networks(tx):
        return True
    return await services.outbox.rows.paused_at(decision.guild_id) is not None


async def _made_up(services: Services, tx: Transaction, decision: Decision, place: Workplace) -> bool:
    """Move the expiry where the procedure was interrupted for too long, and say so; tell whether it was."""
    if decision.state != "open" or not (delay := await _delay_owed(services, tx, decision)):
        return False
    now = services.clock.now()
    later = decision.expires_at + delay
    expires_at = rules.next_permitted(later if later > now else now + delay, place)
    if not await services.decisions.move(tx, decision, expires_at, made_up=True):
        return False
    await announce_move(services, tx, replace(decision, expires_at=expires_at), Kind.INTERRUPTED)
    await services.outbox.plan_now(tx, decision.guild_id, SUBJECT, decision.id, Kind.INTERRUPTED, PEOPLE)
    return True


async def _delay_owed(services: Services, tx: Transaction, decision: Decision) -> timedelta:
    now = services.clock.now()
    interruptions: Sequence[Interruption] = await services.outages.since(decision.guild_id, decision.made_up_at, tx)
    if (since := services.presence.away_since(now)) is not None:
        interruptions = [*interruptions, Interruption(since, now)]
    return rules.delay_owed(interruptions, decision, now)


async def announce_move(services: Services, tx: Transaction, decision: Decision, kind: Kind) -> None:
    """Plan what a procedure owes by its new expiry, and say in the channel that it has moved."""
    about = (decision.guild_id, SUBJECT, decision.id)
    await services.outbox.plan(tx, *about, rules.owed(decision))
    await services.outbox.plan_now(tx, *about, kind, MEMBERS)
    await services.outbox.edit(tx, *about, Kind.OPENED, *rules.ASKING, people_too=True)


async def is_in_time(services: Services, decision: Decision, at: datetime, tx: Transaction | None = None) -> bool:
    """Tell whether somebody who acts at ``at`` does so while the procedure is open.

    That is before its end, and after it where the end moves, because nobody could act for a while: nothing has ended.
    """
    if decision.state != "open":
        return False
    if decision.takes_objections(at):
        return True
    if tx is not None:
        return bool(await _delay_owed(services, tx, decision))
    async with services.transaction() as tx_of_its_own:
        return bool(await _delay_owed(services, tx_of_its_own, decision))


async def plan_again(services: Services, tx: Transaction, decision: Decision, *, later: bool = False) -> None:
    """Plan what a procedure owes, its end waiting for people who have pressed *Object* and not confirmed yet.

    ``later``: its end could not be worked out now.
    """
    last = await services.decisions.last_press(decision.guild_id, decision.id, decision.expires_at, tx)
    not_before = services.clock.now() + LOOKED_AT_AGAIN if later else None
    owed = rules.owed(decision, last, not_before)
    # A reminder that waits, for a pause to end or a bot to start, stays owed.
    await services.outbox.plan(tx, decision.guild_id, SUBJECT, decision.id, owed, keeps_waiting=True)


async def note_reached(services: Services, tx: Transaction, decision: Decision) -> None:
    """Write down which delegations the messages have reached by now; what was taken back since has reached nobody.

    A message that is known no more, because its person was erased, has reached the delegation all the same.
    """
    reached = rules.first_reached(await services.decisions.delivered(tx, decision, REACHING), decision.timezone)
    gone = await services.decisions.taken_back(tx, decision) - reached.keys()
    await services.decisions.unreach(tx, decision, sorted(gone), BY_MESSAGE)
    for delegation_id, (by, at) in reached.items():
        await services.decisions.reach(tx, decision, [delegation_id], by, at)


async def _end(services: Services, tx: Transaction, decision: Decision) -> None:
    last = await services.decisions.last_press(decision.guild_id, decision.id, decision.expires_at, tx)
    now, ends_at = _now_of_discord(services), rules.ends_at(decision, last)
    is_awaited = rules.waits_for(services.presence.oldest_in_hand(), ends_at, now)
    if now < ends_at or is_awaited:
        await plan_again(services, tx, decision, later=is_awaited or services.clock.now() >= ends_at)
        return
    await note_reached(services, tx, decision)
    seats = await services.decisions.seats(decision.guild_id, decision.id, tx)
    if rules.unreached(seats, decision.expires_at):
        await _wait_for_extension(services, tx, decision)
    else:
        await _adopt(services, tx, decision)


async def _wait_for_extension(services: Services, tx: Transaction, decision: Decision) -> None:
    about = (decision.guild_id, SUBJECT, decision.id)
    await services.decisions.waits_for_extension(tx, decision)
    await services.outbox.cancel(tx, *about)
    await services.outbox.plan(tx, *about, rules.owed(replace(decision, state="unreached")))
    for channel in (MEMBERS, SECRETARIAT):
        await services.outbox.plan_now(tx, *about, Kind.WAITS, channel)
    await services.outbox.edit(tx, *about, Kind.OPENED)


async def _lapse(services: Services, tx: Transaction, decision: Decision) -> None:
    if await services.decisions.end(tx, decision, "not_valid"):
        await say_the_end(services, tx, decision, Kind.LAPSED)


async def _adopt(services: Services, tx: Transaction, decision: Decision) -> None:
    year = decision.expires_at.astimezone(ZoneInfo(decision.timezone)).year
    number = await services.decisions.adopt(tx, decision, year)
    adopted = replace(decision, state="adopted", year=year, number=number)
    # The address is the decision's own: who has put it on the shelf by hand meant the decision.
    await services.shelf.keep(tx, decision.guild_id, await _on_the_shelf(services, adopted), takes_over=True)
    await say_the_end(services, tx, decision, Kind.ADOPTED)


async def say_the_end(services: Services, tx: Transaction, decision: Decision, kind: Kind) -> None:
    """Call off what waits of a procedure that has ended, and say in the channel what became of it."""
    about = (decision.guild_id, SUBJECT, decision.id)
    await services.outbox.cancel(tx, *about)
    await services.outbox.plan_now(tx, *about, kind, MEMBERS)
    await services.outbox.edit(tx, *about, Kind.OPENED, *rules.ASKING, people_too=True)


async def _on_the_shelf(services: Services, decision: Decision) -> NewResource:
    number = rules.number_of(decision)
    day: datetime = decision.expires_at.astimezone(ZoneInfo(decision.timezone))
    said = t("{state}: decision {number}, {day}.", state=STATES["adopted"], number=number, day=day.date())
    return NewResource(
        url=await _address_of(services, decision),
        title=f"{number} · {decision.title}"[:200],
        category="decision",
        year=decision.year,
        descriptions={language: Reader(language, decision.timezone).label(said) for language in LANGUAGES},
        visibility="members",
    )


async def _address_of(services: Services, decision: Decision) -> str:
    """Return an address that is no other entry's on the shelf: that of its message, else of its text, else its own."""
    if link := await message_link(services, decision):
        return normalised(link)
    if decision.url and not await services.shelf.has(decision.guild_id, normalised(decision.url)):
        return normalised(decision.url)
    return normalised(f"{_server(decision.guild_id)}?decision={rules.number_of(decision).replace('/', '-')}")


async def message_link(services: Services, decision: Decision) -> str:
    """Return the address of the message that opened the procedure; empty where it is not there."""
    rows = await services.outbox.of(decision.guild_id, SUBJECT, decision.id, Kind.OPENED)
    sent = next((row for row in rows if row.message_id and row.channel_id), None)
    return f"{_server(decision.guild_id)}/{sent.channel_id}/{sent.message_id}" if sent is not None else ""


def _server(guild_id: int) -> str:
    return f"https://discord.com/channels/{guild_id}"
