"""What becomes of a message that waits to be read, or that nothing brought to its person, as things are now."""

from datetime import datetime, timedelta
from typing import Final, Literal

from bot.delivery.assess import ByEmail, Deliver, Emailed, Notice, Settle, Wait, assess
from bot.outbox.types import RecordGoneError, Standing, last_moment, still_concerns
from bot.services import Services
from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_JUST_AFTER: Final = timedelta(seconds=1)
_Decision = Settle | Wait | Literal["owed", "stays"]


async def look_again(services: Services, deliveries: DeliveryRepository, row: OutboxRow) -> None:
    """Decide on a notice whose time may be over, or on a row not reached whose person can be reached otherwise now."""
    async with services.transaction() as tx:
        fresh = await deliveries.row(tx, row)
        if fresh is None or fresh.state is not row.state:
            return
        match await _decided(services, fresh, services.clock.now()):
            case Settle(state, reason):
                await deliveries.settle(tx, fresh, state, reason)
            case Wait(until):
                await deliveries.wait(tx, fresh, until)
            case "owed":
                await deliveries.decide_anew(tx, fresh)
            case "stays":
                await deliveries.edited(tx, fresh)


async def _decided(services: Services, row: OutboxRow, now: datetime) -> _Decision:
    """Return what becomes of the row at ``now``.

    "owed": it is to be delivered now; "stays": it is not looked at again by itself. Raises what its subject raises.
    """
    if row.state is OutboxState.NOT_REACHED:
        return await _of_unreached(services, row, now)
    subject = services.outbox.subject(row.subject)
    if subject is None:
        return "stays"
    try:
        loaded = await subject.loaded(row)
    except RecordGoneError:
        return Settle(OutboxState.NOT_OWED, Reason.NONE)
    if not await still_concerns(subject, loaded):
        return Settle(OutboxState.NOT_OWED, Reason.NONE)
    return _of_notice(await subject.standing(loaded), row, now)


async def _of_unreached(services: Services, row: OutboxRow, now: datetime) -> _Decision:
    verdict = await assess(services, row, now)
    if isinstance(verdict, ByEmail | Emailed | Deliver | Wait | Notice):
        return "stays" if await was_said_anew(services, row) else "owed"
    if row.reason != Reason.RETURNED or not isinstance(verdict, Settle) or verdict.state is not row.state:
        return "stays"
    # It came back from an address that is another one now: the secretariat may send it again.
    person = await services.members.person(row.guild_id, row.person_id or 0)
    return verdict if person is not None and person.address else "stays"


async def was_said_anew(services: Services, row: OutboxRow) -> bool:
    """Tell whether the person was owed the same once more since: of two, only the latest is delivered."""
    same = await services.outbox.of(row.guild_id, row.subject, row.subject_id, row.kind)
    return any(one.target == row.target and one.occurrence > row.occurrence for one in same)


def _of_notice(standing: Standing | None, row: OutboxRow, now: datetime) -> _Decision:
    until = last_moment(standing, row) if standing is not None else None
    if standing is not None and until is None:
        return "stays"
    if until is None or now > until:
        # It waited until the last moment at which it made sense: nobody has read it.
        return Settle(OutboxState.NOT_REACHED, row.reason or Reason.LATE)
    return Wait(until + _JUST_AFTER)
