"""Putting a ballot in the box, and what is said of it. No role of its own: the work of *Cast ballot*."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.commands import Command
from bot.errors import NotAllowedError, NotFoundError, UserError
from bot.limits import CHANGED_BALLOT_EVERY
from bot.services import Services
from bot.texts import Markdown, Text, t
from bot.ui import Context
from cogs.polls.counting import ABSTENTION, Ballot
from cogs.polls.ending import current_poll, requiring_key
from cogs.polls.methods import METHODS
from cogs.polls.published import written_receipt
from cogs.polls.rules import SUBJECT
from cogs.polls.sentences import key_lost
from storage.database import Transaction
from storage.polls.ballots import BallotNotReplaceableError, NoBallotError, PollEndedError
from storage.polls.models import Cast, Elector, Poll, PollPlan


async def open_poll(context: Context, poll_id: int) -> Poll:
    """Return a poll that takes ballots now. Raises NotFoundError, or UserError for one that has ended."""
    poll = await current_poll(context, poll_id)
    if not poll.takes_ballots(context.services.clock.now()):
        raise ended(poll)
    return poll


def ended(poll: Poll) -> UserError:
    """Say that it is too late, and what became of a ballot cast before."""
    if poll.key_lost:
        return UserError(key_lost(poll))
    if poll.state == "cancelled":
        return UserError(t("This poll was cancelled: nothing was counted."))
    return UserError(
        t(
            "This poll has closed, so this ballot was not cast; a ballot cast earlier counts. See the result with"
            " {command}.",
            command=Command("poll results"),
        )
    )


def no_ballot(poll: Poll) -> NotAllowedError:
    """Say that the person who asks has no ballot here."""
    if poll.plan.voters == "members":
        return NotAllowedError(
            t("You have no ballot in this poll: it is for those who were appointed when it opened, and still are.")
        )
    return NotAllowedError(t("Your delegation has no ballot in this poll: its electorate was fixed when it opened."))


def not_replaceable() -> UserError:
    """Say what a restored copy means for a ballot that came with it."""
    return UserError(
        t(
            "This ballot was cast before the bot was restored from a backup, which does not say whose ballot is which:"
            " it counts and cannot be changed."
        )
    )


async def cast_ballot(context: Context, poll: Poll, elector: Elector, ballot: Ballot, token: str) -> None:
    """Put the ballot in the box and answer with its receipt alone, in the place of the opened ballot."""
    services = context.services
    if not _can_be_cast(poll.plan, ballot):
        raise UserError(t("Nothing is chosen yet: choose from the list above, then cast the ballot."))
    colleagues = await _colleagues(context, poll, elector)
    zone = services.zone(context.network)
    receipts: list[bytes] = []

    async def put(tx: Transaction) -> None:
        cast = await services.ballots.cast(tx, context.guild_id, poll.id, elector, ballot, token=token, zone=zone)
        if not cast.repeated:
            await _notify_colleagues(services, tx, poll, colleagues, cast, zone)
        receipts.append(cast.receipt)

    try:
        async with requiring_key(services, context.guild_id, poll.id):
            # Ballots come in together, before a poll closes.
            await services.write_batcher.write(context.account_id, put)
    except PollEndedError as error:
        raise ended(await current_poll(context, poll.id)) from error
    except NoBallotError as error:
        raise no_ballot(poll) from error
    except BallotNotReplaceableError as error:
        raise not_replaceable() from error
    await context.replace(receipt_text(receipts[-1]))


def _can_be_cast(plan: PollPlan, ballot: Ballot) -> bool:
    return plan.abstain if ballot == ABSTENTION else METHODS[plan.method].is_ballot(len(plan.options), ballot)


async def _notify_colleagues(
    services: Services, tx: Transaction, poll: Poll, colleagues: list[int], cast: Cast, zone: str
) -> None:
    now = datetime.fromtimestamp(tx.at, ZoneInfo(zone))
    today = datetime.combine(now.date(), time(), now.tzinfo)
    await services.outbox.edit(tx, poll.guild_id, SUBJECT, poll.id, "opened", day=today)
    notified = await _notified_recently(services, tx, poll, now) if cast.changed else frozenset[int]()
    for person_id in (one for one in colleagues if one not in notified):
        await services.outbox.notify_without_hour(
            tx,
            poll.guild_id,
            person_id,
            SUBJECT,
            poll.id,
            today,
            deadline=poll.plan.closes_at,
            payload={"changed": cast.changed},
        )


async def _notified_recently(services: Services, tx: Transaction, poll: Poll, now: datetime) -> frozenset[int]:
    """Return the persons who heard on this day that their delegation's ballot in the poll was changed."""
    since = now - CHANGED_BALLOT_EVERY
    rows = await services.outbox.of(poll.guild_id, SUBJECT, poll.id, "voted", tx)
    return frozenset(
        row.person_id for row in rows if row.person_id is not None and row.payload.get("changed") and row.due_at > since
    )


async def _colleagues(context: Context, poll: Poll, elector: Elector) -> list[int]:
    """Return the other persons with an account who speak for the delegation, where the ballot is a delegation's."""
    if poll.plan.voters == "members":
        return []
    today = context.services.today(context.network)
    holders = await context.services.members.holders(context.guild_id, elector.delegation_id)
    own = context.asker.person.id if context.asker.person is not None else 0
    people = [h.person for h in holders if h.appointment.is_current(today)]
    return list(dict.fromkeys(p.id for p in people if p.account_id is not None and p.id != own))


def receipt_text(receipt: bytes) -> Text:
    """Say the receipt, which is shown beside no choice."""
    return t(
        "The ballot has been cast. Its receipt: {receipt}\nKeep it if you wish: when the poll has closed, {command}"
        " shows whether the ballot was counted. Casting another ballot gives another receipt.",
        receipt=Markdown(f"`{written_receipt(receipt)}`"),
        command=Command("poll verify"),
    )


async def own_receipt(context: Context, poll_id: int, delegation_id: int) -> Text:
    """Return the receipt of the ballot that the asker cast. Raises NotFoundError once that is not known any more."""
    person_id = context.asker.person.id if context.asker.person is not None else 0
    async with requiring_key(context.services, context.guild_id, poll_id):
        receipt = await context.services.ballots.own_receipt(
            context.guild_id, poll_id, delegation_id, person_id, context.account_id
        )
    if receipt is None:
        raise NotFoundError(
            t(
                "The bot no longer knows whose ballot is which: the poll has closed, or a colleague has replaced the"
                " ballot since."
            )
        )
    return receipt_text(receipt)
