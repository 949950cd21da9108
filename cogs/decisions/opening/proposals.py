"""A proposal is shown before it is under silence procedure; once it is, nothing of it can be corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.commands import Command
from bot.documents.upload import ids_written, received
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.proposal import Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.outbox import MEMBERS
from bot.previews.country_named import country_named
from bot.previews.destination import destination
from bot.previews.preview import quoted
from bot.previews.recipients import emails_leave_last
from bot.reach import reach_of
from bot.texts import Listing, Markdown, Text, t
from bot.ui import Choice, Context, Correction, Values
from bot.ui.embed_limits import listed
from cogs.decisions import rules, sentences
from cogs.decisions.cards import decision_card
from cogs.decisions.ending import place_of
from cogs.decisions.opening.fields import DOCUMENTS, read_values
from cogs.decisions.queries import delegations_of
from cogs.decisions.rules import SENT_WITHIN, SUBJECT, Kind
from storage.database import Transaction
from storage.decisions.models import Decision, DecisionAudience, DecisionSeat, unsaved
from storage.documents.models import Document
from storage.members.models import Person, Seat

OF_ONE_LANGUAGE: Final = ""
"""The language of a file that has no others beside it."""


async def propose_decision(
    context: Context, audience: DecisionAudience, region: str | None, typed: Values, correction: Correction
) -> None:
    """Show the real message, where it goes, who decides, who is told and who cannot be, with *Confirm*."""
    services, now = context.services, context.services.clock.now()
    place = await place_of(services, context.guild_id)
    documents = await received(context, ids_written(typed.get(DOCUMENTS, "")))
    values: dict[str, object] = {
        **read_values(typed, place, context.reader, now, now + SENT_WITHIN),
        "audience": audience,
        "region": region if audience == "region" else None,
    }
    decision = unsaved(context.guild_id, values, now)
    seats = await _seats(context)
    electorate = rules.electorate_of(seats, decision.audience, decision.region)
    public = network_reader(services, context.network)
    parts = [
        context.say(_where(context)),
        context.say(t("Once it is open, it can no longer be corrected, only extended or cancelled.")),
        *country_named(decision.title, context.reader),
        *await _about(context, electorate, seats),
        quoted(public.say(sentences.opened(decision, public))),
    ]
    card = decision_card(decision, electorate, public, documents=documents)
    proposed = proposed_of(Decision, decision, Kind.OPENED, values, **{DOCUMENTS: typed.get(DOCUMENTS, "")})
    await propose(context, [Choice(ConfirmOpening.kind)], proposed, parts, card, [correction], typed)


def _where(context: Context) -> Text:
    if context.network.members_channel_id is None:
        raise UserError(
            t(
                "Decisions are for members, and this server has no members' channel yet: name it with {command}.",
                command=Command("setup channels", "members"),
            )
        )
    found = destination(context.interaction.guild, context.network, MEMBERS, None)
    if found.channel_id is None:
        raise UserError(found.said())
    return found.goes_to()


async def _seats(context: Context) -> list[Seat]:
    return await context.services.members.seats(context.guild_id, context.services.today(context.network))


async def _about(context: Context, electorate: Sequence[DecisionSeat], seats: Sequence[Seat]) -> list[str]:
    services, reader = context.services, context.reader
    counting = {seat.delegation_id for seat in rules.counted(electorate)}
    reach = await reach_of(
        services,
        context.guild_id,
        (holder.person for seat in seats if seat.delegation.id in counting for holder in seat.holders),
        has_email_text=True,
    )
    lines: list[Text] = [
        sentences.deciding(len(counting)),
        t("In two minutes those who decide are informed: {counted}.", counted=Listing(reach.counted())),
        *emails_leave_last(reach),
    ]
    delegations = await delegations_of(services, context.guild_id)
    reading, mailed = _acting(seats, (*reach.direct, *reach.noticed)), _acting(seats, reach.emailed)
    for said, ids in (
        (t("Vacant, and not counted: {names}."), {seat.delegation_id for seat in electorate if seat.is_vacant}),
        (
            t(
                "By e-mail only, which does not have the text: {names}. They count as reached once somebody of theirs"
                " has pressed *I have seen it*, or you have sent them the text; otherwise nothing is adopted."
            ),
            (counting & mailed) - reading,
        ),
        (
            t(
                "The bot cannot reach anybody in these delegations: {names}. Send them the text yourself; otherwise"
                " nothing is adopted."
            ),
            counting - reading - mailed,
        ),
    ):
        if names := sentences.names_of((delegations[one] for one in ids if one in delegations), reader):
            lines.append(replace(said, values={"names": Markdown(listed(names, reader))}))
    return [reader.say(line) for line in lines]


def _acting(seats: Sequence[Seat], people: Iterable[Person]) -> set[int]:
    """Return the delegations of which one of the ``people`` acts for them."""
    reached = {person.id for person in people}
    return {
        delegation_id
        for seat in seats
        for delegation_id in rules.acting_for(h.appointment for h in seat.holders if h.person.id in reached)
    }


class ConfirmOpening(Proposal[Decision]):
    """A proposal that was shown, and is under silence procedure from now on."""

    kind = "decision_open"
    subject = SUBJECT
    record = Decision
    channel = MEMBERS

    async def before(self, context: Context, proposed: Proposed) -> Decision:
        """Return the decision as it will be, whose end must still be late enough."""
        now = context.services.clock.now()
        decision = unsaved(context.guild_id, self.fields(proposed), now)
        place = await place_of(context.services, context.guild_id)
        # A preview may be confirmed a day later.
        if decision.expires_at < rules.earliest_expiry(now + SENT_WITHIN, place):
            raise UserError(
                t(
                    "The end that you chose is now too early: the delegations need three full working days. Propose"
                    " the decision again with a later end."
                )
            )
        await self._documents(context, proposed)
        return decision

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Decision) -> Decision:
        """Fix the electorate, open the procedure, keep its file and owe its messages."""
        services = context.services
        electorate = rules.electorate_of(await _seats(context), before.audience, before.region)
        decision_id = await services.decisions.open(tx, before, electorate)
        about = (context.guild_id, SUBJECT, decision_id)
        if ids := ids_written(_written(proposed.said)):
            await services.documents.attach(tx, *about, ids, OF_ONE_LANGUAGE)
        await services.outbox.plan_now(tx, *about, Kind.OPENED, MEMBERS)
        await services.outbox.plan(tx, *about, rules.owed(before))
        return replace(before, id=decision_id)

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Decision) -> int:  # noqa: ARG002 - all are told the same
        """Owe a message to all who hold a seat that decides."""
        return await owe_to_people(context, tx, SUBJECT, done, Kind.ASKED)

    def done(self, done: Decision) -> Text:
        """Say that it is open."""
        return t("“{title}” is under silence procedure now.", title=done.title)

    async def _documents(self, context: Context, proposed: Proposed) -> Sequence[Document]:
        return await received(context, ids_written(_written(proposed.said)))


def _written(said: Mapping[str, object]) -> str:
    return str(said.get(DOCUMENTS, ""))
