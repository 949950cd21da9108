"""What *Confirm* and *Not this person* do. No role of its own: the work of the buttons."""

from collections.abc import Sequence
from typing import cast

from bot.audience import colleagues
from bot.errors import UserError
from bot.guild_members import members_present
from bot.identify import network_reader
from bot.reach_sentences import who_is_informed
from bot.texts import Text
from bot.ui import Confirmation, Context
from cogs.members.claims import sentences
from cogs.members.claims.queries import claim_of, claimed_seats
from cogs.members.claims.rules import ABOUT_CLAIM, REVOCABLE, ClaimedSeat
from cogs.members.posts.post import seats_changed
from cogs.members.sentences import choices_undone
from cogs.members.welcome.owing import owe_welcome
from storage.database import Transaction
from storage.members.models import Claim
from storage.models import Draft


async def confirm(context: Context, claims: Sequence[Claim]) -> None:
    """Link each account to the person whom it claims to be, and welcome them; say what could not be confirmed."""
    seats = await claimed_seats(context.services, claims)
    accounts = {seat.claim.account_id for seat in seats if seat.claim.account_id is not None}
    present = await members_present(context.guild, accounts)
    async with context.write() as tx:
        tx.unaudited_by_design()  # Where all was decided before, nothing is done.
        done = [await _confirm(context, tx, seat, is_present=seat.claim.account_id in present) for seat in seats]
    seats_changed(context)
    said = [text for text, _ in done]
    linked = [seat.person.id for seat, (_, is_linked) in zip(seats, done, strict=True) if is_linked]
    who = await who_is_informed(context.services, context.guild_id, linked, context.reader, by_email=False)
    await context.answer("\n".join([*map(context.say, said), *([who] if who else [])]))


async def _confirm(context: Context, tx: Transaction, seat: ClaimedSeat, *, is_present: bool) -> tuple[Text, bool]:
    """Decide on one claim, and return what to say of it and whether the account is linked now."""
    services, reader, claim = context.services, context.reader, seat.claim
    if seat.member is None or not is_present:
        if not await services.claims.decide(tx, claim, "withdrawn"):
            return sentences.decided(seat, reader), False
        return (sentences.term_ended if seat.member is None else sentences.has_left)(seat, reader), False
    if not await services.claims.decide(tx, claim, "confirmed"):
        return sentences.decided(seat, reader), False
    # No index can be in the way: an account that is linked in another way has replaced its claim.
    await services.members.link_account(tx, claim.guild_id, claim.person_id, claim.account_id)
    post = seat.member.posts[0]
    await owe_welcome(services, tx, claim.guild_id, claim.person_id, post.id, post.starts_on)
    return sentences.confirmed(seat, reader), True


async def ask_to_refuse(context: Context, claim: Claim) -> None:
    """Ask whether the account is somebody else's, and say what follows. Raises UserError where it is decided."""
    seat = await _refusable(context, claim)
    await context.preview(
        ConfirmNotThisPerson.kind, {"claim": claim.id}, sentences.ask_to_refuse(seat, context.reader), destroys=True
    )


async def _refusable(context: Context, claim: Claim) -> ClaimedSeat:
    (seat,) = await claimed_seats(context.services, [claim])
    # An account that was unlinked since (a stolen one) may have acted before.
    is_linked_otherwise = claim.state == "confirmed" and seat.person.account_id not in (claim.account_id, None)
    if claim.state not in REVOCABLE or is_linked_otherwise:
        raise UserError(sentences.decided(seat, context.reader))
    return seat


class ConfirmNotThisPerson(Confirmation):
    """The account of a claim is somebody else's, after *Confirm*: unlinked, and what it did is void."""

    kind = "claim_refused"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Unlink, undo, and inform the seat."""
        services = context.services
        claim = await claim_of(context, cast(int, draft.payload["claim"]))
        seat = await _refusable(context, claim)
        undone = await _choices_undone(context, seat)
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.claims.decide(tx, claim, "refused", old=[claim.state]):
                raise UserError(sentences.MEANWHILE)
            people = await refuse(context, tx, seat)
        seats_changed(context)
        who = await who_is_informed(services, context.guild_id, people, context.reader)
        lines = [sentences.refused(seat, context.reader), *undone, *_to_look_at(claim)]
        await context.replace("\n".join([*map(context.say, lines), *([who] if who else [])]))


async def _choices_undone(context: Context, seat: ClaimedSeat) -> list[Text]:
    """Say what counts again of what the person had chosen before; nothing where the account has chosen nothing."""
    claim = seat.claim
    if claim.account_id is None:
        return []
    choices = await context.services.choices.now_and_before(claim.guild_id, claim.person_id, claim.account_id)
    return [choices_undone(choices[1], context.reader)] if choices is not None else []


def _to_look_at(claim: Claim) -> list[Text]:
    """Return what the secretariat should look at itself: nothing was possible before the claim was confirmed."""
    return [sentences.LOOK_AT] if claim.state == "confirmed" else []


async def refuse(context: Context, tx: Transaction, seat: ClaimedSeat) -> list[int]:
    """Unlink the account, make void what it did, and owe the seat's other people a line; return their ids."""
    services, claim = context.services, seat.claim
    if claim.account_id is not None:
        # A stranger may have chosen that the person is written to no more. Also where it was unlinked before.
        await services.choices.undo(tx, claim.guild_id, claim.person_id, claim.account_id)
    if seat.person.account_id == claim.account_id:
        await services.members.link_account(tx, claim.guild_id, claim.person_id, None)
    reason = network_reader(services, context.network).say(sentences.WHY_DECLINED)
    voided = await services.voiding.void(tx, claim, reason)
    for (_, subject), numbers in voided.items():
        for number in numbers:
            await services.outbox.edit(tx, claim.guild_id, subject, number)
    payload = {"voided": {table: len(numbers) for (table, _), numbers in voided.items()}}
    people = await colleagues(services, claim.guild_id, seat.delegation, seat.person)
    for person in people:
        await services.outbox.notify(tx, claim.guild_id, person.id, ABOUT_CLAIM, claim.id, "refused", payload=payload)
    return [person.id for person in people]
