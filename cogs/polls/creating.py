"""From what was typed to an open poll: read, shown first, opened after *Confirm*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, cast

import discord

from bot import ui
from bot.access import Asker, Level
from bot.errors import UserError
from bot.identify import network_reader
from bot.naming import in_order, with_flag
from bot.outbox import MEMBERS, Request
from bot.outbox.preview import PreviewedConfirmation, SendTestButton
from bot.services import Services
from bot.texts import Markdown, Reader, Text, nt, t
from bot.timeparse import parse_deadline, parse_instant, parse_leads, require_future, written_leads
from bot.ui import (
    DraftButton,
    Form,
    Values,
    answer,
    correction_button,
    host_of,
    stored_view,
    take,
)
from cogs.polls import rules
from cogs.polls.cards import listed, poll_card
from cogs.polls.ending import SUBJECT
from storage.models import Draft, Seat
from storage.poll_models import Elector, Poll, PollOption, PollPlan

DEFAULT_REMINDERS: Final = "48h 6h"
TEST: Final = "test"


async def seats_now(services: Services, asker: Asker) -> list[Seat]:
    """Return the network's seats with who holds them today."""
    return await services.members.seats(asker.guild_id, services.today(asker.network))


def electorate_of(plan: PollPlan, seats: Sequence[Seat]) -> list[Elector]:
    """Return who would have a ballot if the poll opened now. Raises UserError where nobody would."""
    found = rules.electors(seats, plan.voters, plan.audience, plan.region)
    rules.require_electorate(found, plan.audience, plan.region)
    return found


def read_closing(asker: Asker, typed: str, zone: str, now: datetime) -> datetime:
    """Return when a poll closes. Raises UserError for what is no time, past, or more than a year ahead."""
    language = asker.reader.language
    if not typed.strip():
        raise UserError(t("Say when the poll closes, such as {example}.", example="2027-03-12 18:00"))
    closes_at = parse_deadline(typed, zone, now=now, language=language).instant
    require_future(closes_at, now, zone=zone, language=language)
    rules.require_within_a_year(closes_at, now)
    return closes_at


def read_options(asker: Asker, method: str, typed: str, zone: str, now: datetime) -> tuple[PollOption, ...]:
    """Return the options typed; of a date poll, as instants in ``zone``, in their order. Raises UserError."""
    if method != "date":
        return tuple(PollOption(number, text) for number, text in enumerate(rules.options_of(typed), 1))
    language = asker.reader.language
    instants: set[datetime] = set()
    # A comma stands inside dates: they are told apart by lines, semicolons and bars only.
    for text in rules.options_of(typed if any(mark in typed for mark in "\n;|") else typed.replace(",", ";")):
        instant = parse_instant(text, zone, now=now, language=language)
        require_future(instant, now, zone=zone, language=language)
        if instant in instants:
            raise UserError(t("“{option}” is there twice: leave one out.", option=text))
        instants.add(instant)
    return tuple(
        PollOption(number, at.strftime("%Y-%m-%dT%H:%MZ"), at) for number, at in enumerate(sorted(instants), 1)
    )


def read_rest(plan: PollPlan, values: Mapping[str, str], seats: list[Seat]) -> PollPlan:
    """Return ``plan`` with the quorum and the reminders typed. Raises UserError."""
    electorate = electorate_of(plan, seats)
    return replace(
        plan,
        quorum=rules.quorum_of(values.get("quorum", ""), len(electorate)),
        reminders=written_leads(parse_leads(values.get("reminders", "").strip() or DEFAULT_REMINDERS)),
    )


async def ask_to_open(
    interaction: discord.Interaction, asker: Asker, plan: PollPlan, form: Form, values: Values
) -> None:
    """Show the real message, where it goes, whom it calls and who cannot vote, with *Confirm*.

    *Correct* opens ``form`` with its ``values`` again.
    """
    services = host_of(interaction).services
    seats = await seats_now(services, asker)
    poll = preview_of(plan, len(electorate_of(plan, seats)), services.clock.now(), asker.guild_id)
    lines = [asker.reader.say(text) for text in _about(asker, plan, seats)]
    card = poll_card(poll, network_reader(services, asker.network))
    async with services.transaction(asker.account_id) as tx:
        draft_id = await services.settings.keep_draft(tx, asker.guild_id, asker.account_id, Opening.kind, written(plan))
    reader = asker.reader
    buttons = [
        DraftButton("confirm", str(draft_id), label=reader.label(t("Confirm")), style=discord.ButtonStyle.success),
        await correction_button(interaction, asker, form, values),
        SendTestButton.of(draft_id, asker),
        DraftButton("cancel", str(draft_id), label=reader.label(t("Cancel"))),
    ]
    await answer(interaction, "\n".join(lines), embed=card, view=stored_view(buttons))


def preview_of(plan: PollPlan, electorate: int, now: datetime, guild_id: int) -> Poll:
    """Return the poll that would open now."""
    return Poll(0, guild_id, plan, electorate, 0, now)


def _about(asker: Asker, plan: PollPlan, seats: Sequence[Seat]) -> list[Text]:
    network = asker.network
    channel = network.members_channel_id or network.announcements_channel_id
    if channel is None:
        raise UserError(
            t(
                "There is no channel for polls yet: whoever manages the server names one with {command}.",
                command="/setup channels",
            )
        )
    found = electorate_of(plan, seats)
    reader = asker.reader
    lines = [
        t(
            "This goes to {channel} and calls nobody. It closes {when}. Nothing but the closing time can change later.",
            channel=Markdown(f"<#{channel}>"),
            when=reader.stamp(plan.closes_at, plan.timezone),
        ),
        nt("{count} has a ballot.", "{count} have a ballot.", len(found)),
    ]
    if plan.reminders != "none":
        text = t("Reminders ({leads} ahead) go to those who have not voted, one by one.", leads=plan.reminders)
        lines.append(text)
    unable = unable_to_vote(found, seats, reader)
    if unable:
        text = nt(
            "{count} cannot vote yet, for want of a linked account: {names}.",
            "{count} cannot vote yet, for want of a linked account: {names}.",
            len(unable),
            names=Markdown(listed(unable, reader)),
        )
        lines.append(text)
    return lines


def unable_to_vote(electors: Sequence[Elector], seats: Sequence[Seat], reader: Reader) -> list[str]:
    """Return the names of the delegations whose ballot nobody with a linked account can cast now."""
    without = {elector.delegation_id for elector in electors if not rules.reach(elector, seats)}
    listed = in_order(seats, reader.language)
    return [with_flag(s.delegation, reader.language) for s in listed if s.delegation.id in without]


class Opening(PreviewedConfirmation):
    """A poll that was shown, and opens."""

    kind = "poll_open"
    level = Level.SECRETARIAT

    def message(self, draft: Draft) -> Request:
        """Return the message that opens the poll."""
        return Request(SUBJECT, 0, TEST, MEMBERS, {"plan": draft.payload})

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Fix the electorate, open the poll and owe its messages."""
        services = host_of(interaction).services
        plan = read_back(cast(Mapping[str, Any], draft.payload))
        electors = electorate_of(plan, await seats_now(services, asker))
        if services.clock.now() >= plan.closes_at:
            raise UserError(t("Its closing time has passed meanwhile: create the poll again with a later one."))
        if plan.quorum > len(electors):
            raise UserError(t("The electorate has become smaller than the quorum: create the poll again."))
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            poll_id = await services.polls.open(tx, asker.guild_id, plan, electors)
            await services.outbox.plan_now(tx, asker.guild_id, SUBJECT, poll_id, "opened", MEMBERS)
            await services.outbox.plan(tx, asker.guild_id, SUBJECT, poll_id, rules.owed(plan))
        said = nt(
            "“{question}” is open: {count} has a ballot.",
            "“{question}” is open: {count} have a ballot.",
            len(electors),
            question=plan.question,
        )
        await ui.replace(interaction, asker.reader.say(said))


def written(plan: PollPlan) -> dict[str, object]:
    """Return a plan as JSON's own types."""
    options = [[o.text, int(o.at.timestamp()) if o.at is not None else None, o.topic_id] for o in plan.options]
    names = ("question", "method", "timezone", "voters", "audience", "region", "secret", "publish", "seats", "quorum")
    kept: dict[str, object] = {name: getattr(plan, name) for name in (*names, "reminders")}
    return {**kept, "options": options, "closes_at": int(plan.closes_at.timestamp())}


def read_back(payload: Mapping[str, Any]) -> PollPlan:
    """Return the plan that :func:`written` wrote."""
    options = tuple(
        PollOption(number, text, datetime.fromtimestamp(at, UTC) if at is not None else None, topic_id)
        for number, (text, at, topic_id) in enumerate(payload["options"], 1)
    )
    rest = {key: value for key, value in payload.items() if key not in ("options", "closes_at")}
    return PollPlan(**rest, options=options, closes_at=datetime.fromtimestamp(payload["closes_at"], UTC))
