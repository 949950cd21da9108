"""What people received and the secretariat was told, held against the books."""

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simcord.results import InteractionResult

from bot.retention import FORMER_APPOINTEES
from storage.outbox.models import OutboxRow
from tests.life.books import Received, Shown, Verdict, judge, judge_channels
from tests.life.forgetting import remembered_names
from tests.life.network import DELEGATIONS, Member
from tests.life.stage import Stage, actor_of, sent_in
from tests.polls.booth import ids_of
from tests.world import embed_text, said

_AT_TOP: Final = "For your attention"
_COUNTS: Final = re.compile(
    r"(\d+) attending, (\d+) not attending, (\d+) ha(?:s|ve) not answered(?:: (\d+) reached, (\d+) not)?"
)
_UNREACHED: Final = re.compile(r"(\d+) (?:person was|people were) not reached")
_CHANNELS: Final = ("announcements", "members", "secretariat")
_NIGHTS: Final = timedelta(days=2)
"""In which somebody is forgotten whose time is over: a night for it, and one for the zones."""


class Witness:
    """Keeps what people were shown and what the secretariat was told, and compares it with the books."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._shown: defaultdict[int, list[Shown]] = defaultdict(list)
        self._counted = 0
        self.counts = 0
        """Lines of counts that the secretariat was told."""
        self.answered: dict[int, set[str]] = {}
        """Who has answered whether they come, by meeting."""

    async def keep(self, one: Member, answer: InteractionResult) -> None:
        """Keep what was shown at the top of an answer, and what the books say of it: they do not say when."""
        messages = [m for m in (answer.response, *answer.followups) if m is not None]
        cards = [card for message in messages for card in message.embeds if card.title == _AT_TOP]
        # A line each in the card above the answer; some, such as a welcome, are whole below it, with their sentence.
        in_full = [m for m in answer.followups if m.content and any(card.title != _AT_TOP for card in m.embeds)]
        lines = sum((card.description or "").count("• ") for card in cards) + len(in_full)
        person_id = await self.person_of(one)
        assert person_id is not None, one
        before = self._shown[actor_of(one).id]
        seen = {row_id for shown in before for row_id in shown.rows}
        rows = self._stage.rows("o.target = ? AND o.sent_by = 'reply'", f"person:{person_id}")
        before.append(Shown(self._stage.now, lines, frozenset(row.id for row in rows) - seen))

    async def person_of(self, one: Member) -> int | None:
        """Return the person's id in the directory; None: nobody with that account is there."""
        services = self._stage.world.bot.services
        person = await services.members.person_of_account(self._stage.world.server.id, actor_of(one).id)
        return person.id if person is not None else None

    def forget_since(self, since: datetime) -> None:
        """Forget what was shown since then: the books are those of a copy, which does not know of it."""
        for account, shown in self._shown.items():
            self._shown[account] = [one for one in shown if one.at <= since]

    async def note_answers(self) -> None:
        """Read who has answered to which meeting."""
        services, guild_id = self._stage.world.bot.services, self._stage.world.server.id
        for meeting in await services.meetings.all(guild_id):
            registrations = await services.registrations.of_meeting(guild_id, meeting.id)
            self.answered[meeting.id] = {registration.code for registration in registrations}

    async def check_counts(self) -> None:
        """Hold each new line of counts against who has answered."""
        new = list(self._stage.posted("secretariat", self._counted))
        for message in new:
            self._counted = message.id
            found = _COUNTS.search(message.content)
            if found is not None:
                self.counts += 1
                await self._check_line(message.content, *(int(number or 0) for number in found.groups()))

    async def _check_line(
        self, line: str, come: int, declined: int, missing: int, reached: int, not_reached: int
    ) -> None:
        services, guild_id = self._stage.world.bot.services, self._stage.world.server.id
        kind = "regional" if "regional" in line else "annual"
        meetings = [one for one in await services.meetings.all(guild_id) if one.kind == kind and not one.is_recorded]
        meeting = max(meetings, key=lambda one: one.id)
        answered = len(self.answered.get(meeting.id, ()))
        invited = DELEGATIONS if kind == "annual" else len(meeting.invited or ())
        if (come + declined, missing) != (answered, invited - answered):
            self._stage.wrong.append(f"counted wrongly: {line}, {answered} of {invited} have answered")
        if reached + not_reached not in {0, missing}:
            self._stage.wrong.append(f"does not add up: {line}")

    # At the end, or of a year

    async def verdict(self) -> Verdict:
        """Compare all that the books say with what was received, in channels and by people, up to now."""
        stage, world = self._stage, self._stage.world
        rows = stage.rows()
        people: dict[int, Received] = {}
        for one in stage.members:
            if one.actor is not None and (person_id := await self._judged(one)) is not None:
                people[person_id] = await self._received(one)
        verdict = judge(rows, people, stage.now, lost=stage.lost, away=stage.away)
        verdict.wrong += judge_channels(rows, await self._in_channels(), stage.lost, await self._told())
        verdict.wrong += await self._not_owed_but_unanswered(rows)
        verdict.wrong += remembered_names(world.settings, stage.members, stage.now)
        await self._check_overview([row for row in rows if row.state == "not_reached"])
        if not self.counts:
            stage.wrong.append("the secretariat was told no counts")
        verdict.wrong += stage.wrong
        return verdict

    async def _judged(self, one: Member) -> int | None:
        person_id = await self.person_of(one)
        gone_for = self._stage.now.date() - one.left_on if one.left_on is not None else timedelta()
        is_forgotten = one.is_erased or gone_for > FORMER_APPOINTEES + _NIGHTS
        if (person_id is None) != is_forgotten and not one.is_erased and gone_for < FORMER_APPOINTEES - _NIGHTS:
            self._stage.wrong.append(f"not in the directory any more: {one}")
        if person_id is not None and is_forgotten:
            self._stage.wrong.append(f"in the directory still: {one}")
        return person_id

    async def _received(self, one: Member) -> Received:
        channel = actor_of(one).user.dm_channel
        bot_id = self._stage.world.bot.user.id
        direct = [message for message in sent_in(self._stage.world, channel) if message.author.id == bot_id]
        return Received(direct, self._shown.get(actor_of(one).id, []))

    async def check_before_erasure(self, one: Member) -> None:
        """Hold what somebody received against the books, as long as these have it."""
        person_id = await self.person_of(one)
        assert person_id is not None, one
        rows = self._stage.rows("o.target = ?", f"person:{person_id}")
        found = judge(rows, {person_id: await self._received(one)}, self._stage.now, self._stage.lost, self._stage.away)
        self._stage.wrong += [f"before it was erased: {line}" for line in found.wrong]

    async def _in_channels(self) -> dict[int, list[Any]]:
        bot_id = self._stage.world.bot.user.id
        return {
            self._stage.world.server.channels[name].id: [
                message
                for message in self._stage.posted(name)
                if message.author.id == bot_id and any(one.startswith("owed:") for one in ids_of(message))
            ]
            for name in _CHANNELS
        }

    async def _told(self) -> str:
        """Return all that the secretariat was told in its channel, with what is in files: links are in it."""
        told: list[str] = []
        for message in self._stage.posted("secretariat"):
            told += [message.content, *map(embed_text, message.embeds)]
            told += [(await file.read()).decode() for file in message.attachments if file.filename.endswith(".txt")]
        return "\n".join(told)

    async def _check_overview(self, unreached: list[OutboxRow]) -> None:
        """Hold the number of people not reached against the books.

        What is over meanwhile is not counted: the number is at most that of all whom something did not reach, and at
        least that of those here whom the message to all did not, which is never over.
        """
        told = _UNREACHED.search(said(await self._stage.secretariat("member overview")))
        number = int(told.group(1)) if told is not None else 0
        fewest = {row.person_id for row in unreached if row.subject == "message" and await self._codes_of(row)}
        most = {row.person_id for row in unreached}
        if not len(fewest) <= number <= len(most):
            self._stage.wrong.append(
                f"the overview says {number} were not reached: {len(fewest)} to {len(most)} were not"
            )

    async def _codes_of(self, row: OutboxRow) -> set[str]:
        """Return the delegations that a row's person speaks for today."""
        posts = await self._stage.world.bot.services.posts.of_person(row.guild_id, row.person_id or 0)
        return {code for code, post in posts if post.is_current(self._stage.now.astimezone(UTC).date())}

    async def _not_owed_but_unanswered(self, rows: list[OutboxRow]) -> list[str]:
        """Return whose last request to answer the last annual meeting is booked as no longer owed, though it was.

        One that is soon followed by another gives way to it: only the last one counts.
        """
        services = self._stage.world.bot.services
        meetings = [one.id for one in await services.meetings.all(self._stage.world.server.id) if one.kind == "annual"]
        last_meeting = max(meetings, default=0)
        about = [row for row in rows if (row.subject, row.subject_id) == ("meeting", last_meeting)]
        asked = sorted((row for row in about if "deadline" in row.kind), key=lambda row: row.due_at)
        last = {row.person_id: row for row in asked if row.person_id is not None}
        wrong: list[str] = []
        for row in last.values():
            codes = await self._codes_of(row)
            if row.state == "not_owed" and codes - self.answered.get(last_meeting, set()):
                wrong.append(f"not owed, and {', '.join(codes)} never answered: {row.kind} to {row.target}")
        return wrong
