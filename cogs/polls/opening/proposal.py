"""A poll is shown first, and opened after *Confirm*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from pydantic import TypeAdapter

from bot.audience import eligible
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.leads import lead_named
from bot.outbox import GRACE, MEMBERS, PEOPLE, Request
from bot.previews.destination import destination
from bot.previews.preview import PreviewedConfirmation, ask, soon
from bot.reach import Reach, reach_of
from bot.texts import Markdown, Text, nt, t
from bot.ui import Choice, Context, Correction, Values
from cogs.polls import rules
from cogs.polls.cards import listed, poll_card
from cogs.polls.opening.fields import YES
from cogs.polls.queries import seats_now
from cogs.polls.rules import CALL, SUBJECT, TEST, electorate_of, preview_of
from cogs.polls.sentences import unable_to_vote
from storage.members.models import Seat
from storage.models import Draft
from storage.polls.models import PollPlan

_PLAN: Final = TypeAdapter(PollPlan)


async def ask_to_open(context: Context, plan: PollPlan, correction: Correction, typed: Values) -> None:
    """Show the real message, where it goes, whom it calls, who is told and who cannot vote, with *Confirm*.

    ``correction`` goes on from what was ``typed``, which also says whether the members are called.
    """
    services = context.services
    seats = await seats_now(services, context.asker)
    electors = electorate_of(plan, seats)
    openly = plan.secret and len(electors) < rules.SMALLEST_SECRET
    if openly:
        plan = replace(plan, secret=False, publish="ballots")
    poll = preview_of(plan, len(electors), services.clock.now(), context.guild_id)
    call = typed.get(CALL) == YES
    people = [holder.person for elector in electors for holder in eligible(elector, seats)]
    reach = await reach_of(services, context.guild_id, people)
    lines = [_where(context, call=call), *_about(context, plan, seats, reach)]
    if openly:
        lines.insert(0, _open_instead(len(electors)))
    await ask(
        context,
        [Choice(ConfirmOpening.kind)],
        {"plan": _PLAN.dump_python(plan, mode="json"), CALL: call},
        "\n".join(context.say(line) for line in lines),
        [poll_card(poll, network_reader(services, context.network))],
        [correction],
        typed,
    )


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


def _about(context: Context, plan: PollPlan, seats: Sequence[Seat], reach: Reach) -> list[Text]:
    reader = context.reader
    electors = electorate_of(plan, seats)
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
    ahead = [due for due in rules.reminders(plan) if due.at > context.services.clock.now()]
    if ahead:
        leads = Markdown(reader.listing([reader.say(lead_named(due.lead)) for due in ahead]))
        lines.append(t("Reminders ({leads} ahead) go to those who have not voted, one by one.", leads=leads))
    unable = unable_to_vote(electors, seats, reader)
    if unable:
        text = nt(
            "{count} cannot vote yet, for want of a linked account: {names}.",
            "{count} cannot vote yet, for want of a linked account: {names}.",
            len(unable),
            names=Markdown(listed(unable, reader)),
        )
        lines.append(text)
    return lines


class ConfirmOpening(PreviewedConfirmation):
    """A poll that was shown, and opens."""

    kind = "poll_open"

    def message(self, draft: Draft) -> Request:
        """Return the message that opens the poll."""
        return Request(SUBJECT, 0, TEST, MEMBERS, {"plan": _PLAN.dump_python(read_back(draft.payload), mode="json")})

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Fix the electorate, open the poll and owe its messages."""
        services = context.services
        plan = read_back(draft.payload)
        electors = electorate_of(plan, await seats_now(services, context.asker))
        if plan.secret and len(electors) < rules.SMALLEST_SECRET:
            raise UserError(t("The electorate has become too small for a secret ballot: create the poll again."))
        if services.clock.now() >= plan.closes_at:
            raise UserError(t("Its closing time has passed meanwhile: create the poll again with a later one."))
        if plan.quorum > len(electors):
            raise UserError(t("The electorate has become smaller than the quorum: create the poll again."))
        async with context.write() as tx:
            await context.take(tx, draft)
            poll_id = await services.polls.open(tx, context.guild_id, plan, electors)
            payload = {CALL: bool(draft.payload.get(CALL))}
            outbox, about = services.outbox, (context.guild_id, SUBJECT, poll_id)
            await outbox.plan_now(tx, *about, "opened", MEMBERS, payload=payload)
            told = await outbox.plan_now(tx, *about, "invited", PEOPLE, delay=GRACE)
            await outbox.plan(tx, *about, rules.owed(plan))
        said = nt(
            "“{question}” is open: {count} has a ballot.",
            "“{question}” is open: {count} have a ballot.",
            len(electors),
            question=plan.question,
        )
        stop, view = await soon(context, told)
        await context.replace(f"{context.say(said)} {stop}".strip(), view=view)


def read_back(payload: Mapping[str, Any]) -> PollPlan:
    """Return the plan that a draft, or a test message's row, keeps."""
    kept: Mapping[str, Any] = payload.get("plan", payload)
    options = [_option(number, option) for number, option in enumerate(kept["options"], 1)]
    return _PLAN.validate_python({**kept, "options": options})


def _option(number: int, kept: Any) -> Any:  # noqa: ANN401 - JSON of any version, which the adapter checks
    if isinstance(kept, Mapping):
        return cast(object, kept)
    # The bot's first version kept each option as a list.
    text, at, topic_id = kept
    return {"number": number, "text": text, "at": at, "topic_id": topic_id}
