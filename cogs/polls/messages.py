from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from discord import ui

from bot.audience import entitled, seats_today
from bot.occasions.leads import mark_named
from bot.outbox import EmailText, LoadedRow, Message, Plan, RecordGoneError, Standing, Subject
from bot.services import Services
from bot.texts import Markdown, Reader, Text, nt, t
from cogs.polls import emails
from cogs.polls.cards import poll_card
from cogs.polls.closing.buttons import ways_out
from cogs.polls.ending import close_when_due
from cogs.polls.opening.proposals import plan_in
from cogs.polls.queries import reach_of_voters
from cogs.polls.results.result import Charts, result_of
from cogs.polls.rules import (
    CALL,
    FEWEST_FOR_RESULT,
    KEY_LOST,
    SUBJECT,
    TEST,
    TOO_FEW,
    electorate_of,
    has_too_few_ballots,
    owed,
    unsaved,
)
from cogs.polls.sentences import key_lost, not_voted, turnout
from cogs.polls.voting.buttons import VoteButton
from storage.database import Transaction
from storage.members.models import Holder
from storage.outbox.models import OutboxRow
from storage.polls.models import Poll
from storage.unlisted_messages import COLLEAGUE_VOTED

_TITLES: Final = {
    "opened": t("the poll “{question}”"),
    "invited": t("the poll “{question}”, to those who can vote"),
    "reminder": t("the reminder {lead} before “{question}” closes"),
    "results": t("the results of “{question}”"),
    "moved": t("the new closing time of “{question}”"),
    "cancelled": t("the end of “{question}”, which is cancelled"),
    "test": t("a test of the poll “{question}”"),
    KEY_LOST: t("the end of “{question}”, which must be run again"),
    TOO_FEW: t("the warning {lead} before “{question}” closes that too few have voted"),
    "voted": t("to a colleague: a ballot in “{question}”"),
}


class PollMessages(Subject[Poll]):
    """What polls say: that they are open, moved, cancelled or closed; reminders; that a colleague has voted."""

    name = SUBJECT
    to_people = (*emails.KINDS, COLLEAGUE_VOTED)
    never_by_email: ClassVar[Mapping[str, str]] = {
        COLLEAGUE_VOTED: "that a ballot was cast, and the hour of an e-mail would be that of the ballot"
    }

    def __init__(self, services: Services, charts: Charts) -> None:
        self._services = services
        self._charts = charts

    async def load(self, row: OutboxRow) -> Poll:
        """Return the row's poll; of a test, the poll as it would be opened. Raises RecordGoneError."""
        if row.kind == TEST:
            plan = plan_in(row.payload)
            seats = await seats_today(self._services, row.guild_id)
            return unsaved(plan, len(electorate_of(plan, seats)), self._services.clock.now(), row.guild_id)
        poll = await self._services.polls.poll(row.guild_id, row.subject_id)
        if poll is None:
            raise RecordGoneError(f"{self.name} {row.subject_id}")
        return poll

    async def prepare(self, row: OutboxRow) -> None:
        """Count the poll before its results are sent, and draw the chart, while nobody waits for the writer."""
        if row.kind != "results":
            return
        await close_when_due(self._services, row.guild_id, row.subject_id)
        poll = await self.load(row)
        if poll.state == "closed" and poll.turnout:
            await self._charts.public(self._services, poll)

    async def standing(self, row: LoadedRow[Poll]) -> Standing | None:
        """What is said of an open poll makes sense until it closes; its end is told in any case."""
        poll = row.record
        match row.kind:
            case "results":
                return Standing() if poll.state == "closed" else None
            case "cancelled" | "key_lost" | "voted" | "test":
                return Standing()
            case kind if kind.startswith(TOO_FEW) and not has_too_few_ballots(poll.plan, poll.turnout):
                return None
            case _:
                return Standing(until=poll.plan.closes_at) if poll.state == "open" else None

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the reminders and the results of every open poll."""
        polls = await self._services.polls.polls(guild_id, ("open",), tx)
        return [Plan(poll.id, owed(poll.plan)) for poll in polls]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a poll by its question."""
        poll = await self._services.polls.poll(guild_id, subject_id)
        return replace(_TITLES["opened"], values={"question": poll.plan.question if poll is not None else "?"})

    async def people(self, row: LoadedRow[Poll]) -> Sequence[int]:
        """Return the appointees of those who have not voted yet."""
        return [holder.person.id for holder in await self._not_voted(row)]

    async def left_out(self, row: LoadedRow[Poll]) -> Sequence[Text]:
        """Say how many have voted already and are not reminded."""
        poll = row.record
        return [nt("{count} has voted already", "{count} have voted already", poll.turnout)] if poll.turnout else []

    async def why(self, row: LoadedRow[Poll]) -> Text | None:
        """Say why a person was reminded."""
        if row.kind == "invited":
            return t("You were sent this because you can vote in this poll.")
        if row.kind.startswith("reminder"):
            return t("You were sent this because you can vote in this poll and no ballot had been cast yet.")
        if row.kind == "voted":
            return t("You were sent this because you speak for the same delegation.")
        return None

    async def email_text(self, row: LoadedRow[Poll], reader: Reader) -> EmailText:
        """Ask for the ballot."""
        return emails.text_of(row.record, reader)

    async def message(self, row: LoadedRow[Poll], reader: Reader) -> Message:
        """Render what the row says of its poll, as it is now."""
        poll = row.record
        if row.kind == "results" and poll.state == "closed":
            result = await result_of(self._services, self._charts, poll, reader)
            return Message(result.sentence, result.card, files=result.files)
        if row.kind == "voted":
            return Message(reader.say(_colleague_voted(poll, changed=bool(row.payload.get("changed")))))
        if row.kind.startswith(TOO_FEW):
            ways = ways_out(poll, reader) if poll.state == "open" else []
            missing = not_voted(await reach_of_voters(self._services, poll))
            return Message(reader.say(_too_few(poll, missing, reader)), poll_card(poll, reader), ways)
        buttons: list[ui.Item[Any]] = []
        if poll.state == "open" and row.kind != TEST:
            buttons = [VoteButton.of(poll, reader)] if row.target.isalpha() else await self._way_to(poll, reader)
        network = await self._services.settings.network(row.guild_id)
        calls = poll.state == "open" and row.kind != TEST and bool(row.payload.get(CALL))
        sentence = reader.say(_sentence(row.kind, poll, reader))
        return Message(sentence, poll_card(poll, reader), buttons, network.member_role_id if calls else None)

    async def title(self, row: LoadedRow[Poll]) -> Text:
        """Name the row for the secretariat."""
        kind, _, lead = row.kind.partition(":")
        question = row.record.plan.question
        return replace(_TITLES[kind], values={"question": question, "lead": mark_named(lead) if lead else ""})

    async def _not_voted(self, row: LoadedRow[Poll]) -> list[Holder]:
        seats = await seats_today(self._services, row.guild_id)
        electors = await self._services.polls.electors(row.guild_id, row.subject_id)
        return [holder for elector in electors if not elector.voted for holder in entitled(elector, seats)]

    async def _way_to(self, poll: Poll, reader: Reader) -> list[ui.Item[Any]]:
        rows = await self._services.outbox.of(poll.guild_id, SUBJECT, poll.id, "opened")
        sent = next((row for row in rows if row.message_id and row.channel_id), None)
        if sent is None:
            return []
        url = f"https://discord.com/channels/{poll.guild_id}/{sent.channel_id}/{sent.message_id}"
        return [ui.Button(label=reader.label(t("Go to the poll")), url=url)]


def _sentence(kind: str, poll: Poll, reader: Reader) -> Text:
    when = Markdown(reader.stamp(poll.plan.closes_at, poll.plan.timezone))
    values: dict[str, object] = {"question": poll.plan.question, "when": when}
    if poll.state != "open":
        return _ended(poll)
    match kind:
        case "moved":
            return t("The poll “{question}” has a new closing time: {when}.", **values)
        case "opened" | "test" | "invited":
            return t("A poll is open until {when}: “{question}”", **values)
        case _ if poll.plan.voters == "delegations":
            return t("Your delegation has not voted yet in “{question}”, which closes {when}.", **values)
        case _:
            return t("You have not voted yet in “{question}”, which closes {when}.", **values)


def _too_few(poll: Poll, missing: Text, reader: Reader) -> Text:
    return t(
        "Only {turnout} voted in “{question}”, which closes {when}. With fewer than {fewest} ballots only the turnout"
        " is published, without a result: extend it, or ask again in an open vote. {missing}.",
        missing=missing,
        turnout=turnout(poll),
        question=poll.plan.question,
        when=Markdown(reader.stamp(poll.plan.closes_at, poll.plan.timezone)),
        fewest=FEWEST_FOR_RESULT,
    )


def _ended(poll: Poll) -> Text:
    if poll.key_lost:
        return key_lost(poll)
    if poll.state == "cancelled":
        return t("The poll “{question}” is cancelled: nothing is counted.", question=poll.plan.question)
    return t("The poll “{question}” has closed.", question=poll.plan.question)


def _colleague_voted(poll: Poll, *, changed: bool) -> Text:
    question = poll.plan.question
    if changed:
        return t(
            "A colleague changed your delegation's ballot in “{question}”. You can replace it until the poll closes.",
            question=question,
        )
    return t(
        "A colleague cast your delegation's ballot in “{question}”. You can replace it until the poll closes.",
        question=question,
    )
