"""A poll is shown first, and opened after *Confirm*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from pydantic import TypeAdapter

from bot.audience import eligible
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.leads import lead_named
from bot.occasions.proposal import PROPOSED, Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.outbox import MEMBERS
from bot.previews.destination import destination
from bot.previews.recipients import emails_leave_last
from bot.reach import Reach, reach_of
from bot.texts import Markdown, Text, nt, t
from bot.ui import Choice, Context, Correction, Values
from bot.ui.embed_limits import listed
from cogs.polls import emails, rules
from cogs.polls.cards import poll_card
from cogs.polls.opening.fields import YES
from cogs.polls.queries import seats_now
from cogs.polls.rules import CALL, SUBJECT, TEST, electorate_of, unsaved
from cogs.polls.sentences import unable_to_vote
from storage.database import Transaction
from storage.members.models import Seat
from storage.models import Draft
from storage.polls.models import Elector, Poll, PollPlan

INVITED: Final = "invited"
"""The message to those who can vote, when it opens."""
_PLAN: Final = TypeAdapter(PollPlan)


async def propose_poll(context: Context, plan: PollPlan, correction: Correction, typed: Values) -> None:
    """Show the real message, where it goes, whom it calls, who is told and who cannot vote, with *Confirm*.

    ``correction`` goes on from what was ``typed``, which also says whether the members are called.
    """
    services = context.services
    seats = await seats_now(context)
    electors = electorate_of(plan, seats)
    openly = plan.secret and len(electors) < rules.SMALLEST_SECRET
    if openly:
        plan = replace(plan, secret=False, publish="ballots")
    call = typed.get(CALL) == YES
    poll = unsaved(plan, len(electors), services.clock.now(), context.guild_id)
    people = [holder.person for elector in electors for holder in eligible(elector, seats)]
    reach = await reach_of(services, context.guild_id, people, has_email_text=INVITED in emails.KINDS)
    lines = [_where(context, call=call), *_about(context, plan, electors, seats, reach)]
    if openly:
        lines.insert(0, _open_instead(len(electors)))
    proposed = proposed_of(Poll, poll, TEST, {"plan": plan}, **{CALL: call})
    card = poll_card(poll, network_reader(services, context.network))
    choices, parts = [Choice(ConfirmOpening.kind)], [context.say(line) for line in lines]
    await propose(context, choices, proposed, parts, card, [correction], typed)


def _open_instead(electorate: int) -> Text:
    return nt(
        "Only {count} has a ballot, and so few cannot vote secretly. Open it as a roll-call vote instead?",
        "Only {count} have a ballot, and so few cannot vote secretly. Open it as a roll-call vote instead?",
        electorate,
    )


def _where(context: Context, *, call: bool) -> Text:
    network = context.network
    found = destination(context.interaction.guild, network, MEMBERS, network.member_role_id if call else None)
    if found.channel_id is None:
        raise UserError(found.said())
    return found.goes_to()


def _about(
    context: Context, plan: PollPlan, electors: Sequence[Elector], seats: Sequence[Seat], reach: Reach
) -> list[Text]:
    reader = context.reader
    lines = [
        t(
            "It closes {when}. Nothing but the closing time can change later.",
            when=reader.stamp(plan.closes_at, plan.timezone),
        ),
        nt("{count} has a ballot.", "{count} have a ballot.", len(electors)),
    ]
    if reach.reached:
        counted = Markdown(", ".join(reader.say(part) for part in reach.counted()))
        lines.append(t("When it opens, those who can vote are informed: {counted}.", counted=counted))
    lines += emails_leave_last(reach)
    ahead = [due for due in rules.reminders(plan) if due.at > context.services.clock.now()]
    if ahead:
        leads = Markdown(reader.listing([reader.say(lead_named(due.lead)) for due in ahead]))
        lines.append(t("Reminders ({leads} ahead) go individually to those who have not voted.", leads=leads))
    unable = unable_to_vote(electors, seats, reader)
    if unable:
        text = nt(
            "{count} cannot vote yet because no account is linked: {names}.",
            "{count} cannot vote yet because no account is linked: {names}.",
            len(unable),
            names=Markdown(listed(unable, reader)),
        )
        lines.append(text)
    return lines


class ConfirmOpening(Proposal[Poll]):
    """A poll that was shown, and opens."""

    kind = "poll_open"
    subject = SUBJECT
    record = Poll
    channel = MEMBERS

    def proposed(self, draft: Draft) -> Proposed:
        """Return the poll that the draft keeps, also as earlier versions kept it."""
        fields = {"plan": _PLAN.dump_python(plan_in(draft.payload), mode="json")}
        said = cast(Mapping[str, object], draft.payload.get("said", draft.payload))
        return Proposed(record=0, kind=TEST, said={CALL: bool(said.get(CALL))}, fields=fields)

    async def before(self, context: Context, proposed: Proposed) -> Poll:
        """Return the poll, with the electorate that it would have now."""
        plan = self.fields(proposed)["plan"]
        electors = electorate_of(plan, await seats_now(context))
        now = context.services.clock.now()
        rules.require_possible(plan, len(electors), now)
        return unsaved(plan, len(electors), now, context.guild_id)

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Poll) -> Poll:
        """Fix the electorate, open the poll and owe its messages."""
        electors = electorate_of(before.plan, await seats_now(context))
        poll_id = await context.services.polls.open(tx, context.guild_id, before.plan, electors)
        outbox, about = context.services.outbox, (context.guild_id, SUBJECT, poll_id)
        await outbox.plan_now(tx, *about, "opened", MEMBERS, payload=proposed.said)
        await outbox.plan(tx, *about, rules.owed(before.plan))
        return replace(before, id=poll_id, electorate=len(electors))

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Poll) -> int:  # noqa: ARG002 - all are told the same
        """Owe a message to those who can vote."""
        return await owe_to_people(context, tx, SUBJECT, done, INVITED)

    def done(self, done: Poll) -> Text:
        """Say that it is open."""
        return nt(
            "“{question}” is open: {count} has a ballot.",
            "“{question}” is open: {count} have a ballot.",
            done.electorate,
            question=done.plan.question,
        )


def plan_in(payload: Mapping[str, Any]) -> PollPlan:
    """Return the plan that a draft, or a test message's row, keeps, also as earlier versions kept it."""
    fields: Mapping[str, Any] = payload.get("fields") or payload.get(PROPOSED) or payload
    kept: Mapping[str, Any] = fields.get("plan", fields)
    options = [_option(number, option) for number, option in enumerate(kept["options"], 1)]
    return _PLAN.validate_python({**kept, "options": options})


def _option(number: int, kept: Any) -> Any:  # noqa: ANN401 - JSON of any version, which the adapter checks
    if isinstance(kept, Mapping):
        return cast(object, kept)
    # The bot's first version kept each option as a list.
    text, at, topic_id = kept
    return {"number": number, "text": text, "at": at, "topic_id": topic_id}
