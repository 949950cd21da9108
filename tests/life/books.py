"""What the books say at the end, compared with what people really received."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import discord

from storage.outbox.models import OutboxRow
from tests.polls.booth import ids_of

_TRUE: Final = frozenset({"sent", "not_reached", "not_owed", "cancelled", "withdrawn", "pending", "notice"})
"""What a message to a person may be: anything else was never settled, or is neither sent nor not reached."""


_UNLISTED: Final = re.compile(r"The statement “On prevention, week \d+” closes")
"""What people are sent who have not joined a statement. The books forget it with the statement's end: who received it
would say which delegations did not join."""
_NONCE: Final = re.compile(r"owed:\d+:\d+:([A-Z2-7]{25})")


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant to another: what a copy does not know, or when no bot ran."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant is in it."""
        return self.since <= at <= self.until


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: when, how many messages it had at its top, and which rows the books then said to be shown."""

    at: datetime
    lines: int
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Received:
    """What one person received: messages sent directly, by id, and answers with messages at their top."""

    direct: Sequence[discord.Message]
    shown: Sequence[Shown]


@dataclass
class Verdict:
    """The messages owed to people, by state and by what brought them, and what is wrong with any of them."""

    owed: int = 0
    states: Counter[str] = field(default_factory=Counter[str])
    ways: Counter[str] = field(default_factory=Counter[str])
    reasons: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        """The figures in a few lines."""
        lines = [f"{self.owed} messages owed to people"]
        lines += [f"  {count} {state}" for state, count in self.states.most_common()]
        lines += [f"  sent by {way}: {count}" for way, count in self.ways.most_common()]
        lines += [f"  not reached, {reason}: {count}" for reason, count in self.reasons.most_common()]
        return "\n".join([*lines, f"wrong: {len(self.wrong)}", *self.wrong[:20]])


def judge(
    rows: Iterable[OutboxRow],
    people: Mapping[int, Received],
    now: datetime,
    lost: Sequence[Span] = (),
    away: Sequence[Span] = (),
) -> Verdict:
    """Compare the rows to persons with what these, by their ids, received up to ``now``.

    What was received in a ``lost`` span may be in no book: the books are a copy's. What was due while the bot was
    ``away`` may have come too late.
    """
    verdict = Verdict()
    by_person: defaultdict[int, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        if row.person_id is not None:
            by_person[row.person_id].append(row)
            verdict.owed += 1
            verdict.states[row.state] += 1
            if row.sent_by is not None:
                verdict.ways[row.sent_by] += 1
            if row.state == "not_reached":
                verdict.reasons[row.reason] += 1
            verdict.wrong += _untrue(row, now, away)
    for person_id, received in people.items():
        verdict.wrong += _compared(by_person[person_id], received, lost)
    for person_id in by_person.keys() - people.keys():
        # Nobody whom the bot could write to: without an account all the time.
        verdict.wrong += [f"sent to nobody: {_named(row)}" for row in by_person[person_id] if row.state == "sent"]
    return verdict


def judge_channels(
    rows: Iterable[OutboxRow],
    channels: Mapping[int, Sequence[discord.Message]],
    lost: Sequence[Span],
    told: str,
) -> list[str]:
    """Compare the rows to channels with the outbox's messages there, by the channels' ids.

    ``told`` is all that the secretariat was told: what a copy does not know is named in it.
    """
    there = {message.id: message for messages in channels.values() for message in messages}
    booked = {row.message_id: row for row in rows if not row.is_direct and row.message_id is not None}
    sent = {number: row for number, row in booked.items() if row.state == "sent"}
    wrong = [f"lost: {_named(sent[number])}" for number in sent.keys() - there.keys()]
    for number in there.keys() - booked.keys():
        what = f"{there[number].created_at}: {there[number].content[:80]}"
        if not any(span.holds(there[number].created_at) for span in lost):
            wrong.append(f"in no book, of {what}")
        elif str(number) not in told:
            wrong.append(f"lost with a copy and not named, of {what}")
    return wrong + _twice(there.values())


def _twice(messages: Iterable[discord.Message]) -> list[str]:
    """Return the messages that bear the mark of another one: the same, sent again."""
    seen: dict[str, discord.Message] = {}
    return [
        f"sent twice, at {first.created_at} and {message.created_at}: {message.content[:80]}"
        for message in messages
        for nonce in _NONCE.findall(" ".join(ids_of(message)))
        if (first := seen.setdefault(nonce, message)) is not message
    ]


def _untrue(row: OutboxRow, now: datetime, away: Sequence[Span]) -> list[str]:
    if row.state == "missed" and any(span.holds(row.due_at) for span in away):
        return []
    if row.state not in _TRUE:
        return [f"{row.state}: {_named(row)}"]
    if row.state == "pending" and (row.wake_at is None or row.wake_at <= now):
        return [f"overdue since {row.wake_at}: {_named(row)}"]
    if (row.state == "sent") != (row.sent_by is not None):
        return [f"{row.state} by {row.sent_by}: {_named(row)}"]
    return []


def _compared(rows: Sequence[OutboxRow], received: Received, lost: Sequence[Span]) -> list[str]:
    direct = [row for row in rows if row.sent_by == "direct_message"]
    booked = {row.message_id: row for row in direct if row.message_id is not None}
    there = {message.id: message for message in received.direct}
    wrong = [f"lost: {_named(booked[number])}" for number in booked.keys() - there.keys()]
    # Of what says that somebody voted, the books do not keep which message it was: they are counted.
    unnamed = [there[number] for number in there.keys() - booked.keys() if not _UNLISTED.match(there[number].content)]
    surely = [one.content[:80] for one in unnamed if not any(span.holds(one.created_at) for span in lost)]
    if not len(surely) <= len(direct) - len(booked) <= len(unnamed):
        wrong.append(f"{len(direct) - len(booked)} booked without a name, and received: {surely}")
    wrong += _twice(received.direct)
    seen = [number for shown in received.shown for number in shown.rows]
    wrong += [f"lost: {_named(row)}" for row in rows if row.sent_by == "reply" and row.id not in seen]
    # Two that say the same are shown as one line.
    return wrong + [
        f"{shown.lines} lines shown and {len(shown.rows)} booked at {shown.at}"
        for shown in received.shown
        if not min(1, len(shown.rows)) <= shown.lines <= len(shown.rows)
    ]


def _named(row: OutboxRow) -> str:
    return f"{row.subject} {row.subject_id} {row.kind} to {row.target} ({row.reason or 'no reason'})"
