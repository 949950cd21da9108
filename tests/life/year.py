"""A network's year, or some weeks of one, lived through by the real bot on SimCord.

``python -m tests.life --weeks 52 --seed 1 --faults 0.1`` exits with 1 unless at the end every message to a person is in
a state that is true, and the sums said to the secretariat add up. The same seed makes the same year.
"""

import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from simcord.results import InteractionResult

from storage.outbox.models import OutboxRow
from storage.outbox.outbox import COLUMNS, row_of
from tests.life.books import Received, Shown, Verdict, judge
from tests.life.network import DELEGATIONS, Member, found, join
from tests.polls.booth import Booth, ids_of
from tests.world import World, said

WEEK: Final = timedelta(days=7)
_ANSWERED_IN: Final = 8
"""The last weeks of a year, in which delegations answer whether they come."""
SHORTEST: Final = 5
"""Weeks in which a meeting can be planned, answered and held."""
HANDOVERS: Final = 21
"""In a year; in a shorter time as many fewer."""
_NAMES: Final = ("Ama", "Bogdan", "Carmen", "Dilnoza", "Efua", "Fatou", "Giorgos", "Hanae")
_YEAR: Final = 52
_AT_TOP: Final = "For your attention"
_COUNTS: Final = re.compile(r"(\d+) come, (\d+) do not, (\d+) have not answered(?:: (\d+) reached, (\d+) not)?")
_PARTS: Final = tuple(
    re.compile(rf"(\d+) {what}") for what in ("by direct message", "above their next answer", "cannot be reached")
)
_UNREACHED: Final = re.compile(r"(\d+) (?:person was|people were) not reached")


@dataclass
class Life:
    """Plays the weeks; what people were shown, and what the secretariat was told, is kept for the end."""

    world: World
    seed: int
    weeks: int
    faults: float = 0.0
    members: list[Member] = field(default_factory=list[Member])
    shown: dict[int, list[Shown]] = field(default_factory=dict[int, list[Shown]])
    answered: set[str] = field(default_factory=set[str])
    wrong: list[str] = field(default_factory=list[str])
    restarts: int = 0
    lost_answers: int = 0
    _counted: set[int] = field(default_factory=set[int])

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - lots, not secrets

    async def play(self) -> Verdict:
        """Live through all weeks and compare."""
        await self.world.travel(timedelta(days=4, hours=15))  # Monday 5 January, 15:00: the secretariat's morning
        self.members = await found(self.world, self.chance)
        for week in range(self.weeks):
            for act in self._acts(week):
                await act()
            await self._read_along(days=3)
            await self._read_along(days=4)
        return await self._verdict()

    # What happens

    def _acts(self, week: int) -> list[Callable[[], Awaitable[None]]]:
        """Return what the secretariat and the delegations do at the beginning of a week."""
        in_year, length = week % _YEAR, min(_YEAR, self.weeks - week // _YEAR * _YEAR)
        acts: list[Callable[[], Awaitable[None]]] = []
        if in_year == 0 and length >= SHORTEST:
            acts.append(lambda: self._plan_meeting(length))
        if in_year % 4 == 1:
            acts.append(self._schedule_webinar)
        if in_year == max(1, length // 3):
            acts += [self._open_poll, self._write_to_all]
        handed_over = HANDOVERS * (in_year + 1) // _YEAR - HANDOVERS * in_year // _YEAR
        acts += [lambda: self._hand_over(week)] * handed_over
        if week and in_year >= length - _ANSWERED_IN:
            acts.append(self._register)
        if week % 8 == 1:
            acts.append(self._link)
        if self.chance.random() < self.faults:
            acts.append(self._restart)
        if self.chance.random() < self.faults:
            acts.append(self._lose_an_answer)
        return acts

    async def _plan_meeting(self, weeks: int) -> None:
        """Plan the meeting that ends these weeks; registration closes half way, at least 17 days ahead of it."""
        first = self._day(WEEK * weeks - timedelta(days=10))
        closes = self._day(WEEK * (weeks - 3))
        self.answered = set()
        options = {
            "starts_on": str(first),
            "ends_on": str(first + timedelta(days=1)),
            "city": "Brussels",
            "country": "Belgium",
            "hosts": "European Union",
            "theme": "Prevention",
            "register_by": str(closes),
        }
        await self._confirm(await self._secretariat("meeting plan", **options))

    async def _schedule_webinar(self) -> None:
        starts = self.world.env.now() + timedelta(days=10)
        options = {
            "title": f"Prevention in practice {starts:%B}",
            "starts": f"{starts:%Y-%m-%d} 15:00",
            "duration": "1h",
            "timezone": "Europe/Brussels",
            "link": "https://meet.example.org/r2p-room",
        }
        await self._confirm(await self._secretariat("webinar schedule", **options))
        await self.world.env.settle()
        announced = next(
            m for m in self.world.server.channels["announcements"].history()[::-1] if options["title"] in m.content
        )
        for one in self._present(0.2):
            await self._keep(one, await _actor(one).click(announced, label="Attending"))

    async def _open_poll(self) -> None:
        booth = Booth(self.world)
        question = "Where shall the network meet?"
        await self._confirm(await booth.create(question=question, options="Accra; Bern; Lima", closes="in 9 days"))
        poll = await booth.latest()
        asked = next(m for m in self.world.server.channels["members"].history() if f"poll:vote:{poll.id}" in ids_of(m))
        voted: set[str] = set()
        for one in self._present(0.3):
            if one.code not in voted and one.role != "adviser":
                voted.add(one.code)
                shown = await _actor(one).click(asked, label="Vote")
                await self._keep(one, shown)
                await self._keep(one, await booth.mark(_actor(one), shown, self.chance.randint(1, 3)))
                await self._keep(one, await _actor(one).click(shown.response, label="Cast ballot"))

    async def _write_to_all(self) -> None:
        text = "The papers of the meeting are on the shelf."
        shown = await self._secretariat("message send", audience="all", text=text)
        there = [one for one in self.members if not one.has_left]
        expected = (
            sum(one.actor is not None and one.habit != "silent" for one in there),
            sum(one.actor is not None and one.habit == "silent" for one in there),
            sum(one.actor is None for one in there),
        )
        found = tuple(int(match.group(1)) if (match := part.search(said(shown))) else 0 for part in _PARTS)
        if found != expected:
            self.wrong.append(f"the preview says {found} directly, above an answer and not reached: {expected} are")
        await self._confirm(shown)

    async def _hand_over(self, week: int) -> None:
        terms = [one for one in self.members if one.role == "focal_point" and not one.has_left]
        leaving = self.chance.choice([one for one in terms if one.since_week < week - 4])
        name = f"{self.chance.choice(_NAMES)} {leaving.code} of week {week}"
        successor = Member(leaving.code, name, "focal_point", since_week=week)
        options: dict[str, Any] = {"delegation": leaving.code, "name": successor.name}
        if self.chance.random() < 0.5:
            await join(self.world, successor, self.chance)
            options["user"] = successor.actor
        await self._confirm(await self._secretariat("member handover", **options))
        leaving.has_left = True
        self.members.append(successor)

    async def _register(self) -> None:
        """Let some delegations answer, as long as answers are taken."""
        for one in self._present(0.04):
            if one.code not in self.answered:
                attendance = self.chance.choice(("in_person", "online", "not_attending"))
                options = {"attendance": attendance}
                if attendance == "in_person":
                    options["representative"] = "capital"
                answer = await _actor(one).slash(self.world.server.channels["general"], "meeting register", **options)
                await self._keep(one, answer)
                await self._note_answers()

    async def _link(self) -> None:
        """Let somebody without an account get one."""
        without = [one for one in self.members if one.actor is None and not one.has_left]
        if not without:
            return
        one = self.chance.choice(without)
        await join(self.world, one, self.chance)
        linked = await self._secretariat("member link", delegation=one.code, person=one.name, user=one.actor)
        if any(linked.response.components if linked.response is not None else ()):
            await self._confirm(linked)

    async def _restart(self) -> None:
        await self.world.restart()
        self.restarts += 1

    async def _lose_an_answer(self) -> None:
        """Let Discord store the next direct message, and its answer get lost."""
        bot = self.world.bot
        request = bot.http.request

        async def losing(route: Any, **options: Any) -> Any:
            answer = await request(route, **options)
            if route.method == "POST" and route.path.endswith("/messages"):
                bot.http.request = request
                self.lost_answers += 1
                raise ConnectionResetError
            return answer

        bot.http.request = losing

    async def _read_along(self, days: int) -> None:
        """Let days pass, on each of which some people run a command, whose answer has at its top what waits."""
        for _ in range(days):
            await self.world.travel(timedelta(days=1))
            for one in self._present(0.04):
                await self._keep(one, await _actor(one).slash(self.world.server.channels["general"], "about"))
            await self._check_counts()

    # What is seen

    async def _keep(self, one: Member, answer: InteractionResult) -> None:
        """Keep what was shown at the top of an answer, and what the books say of it: they do not say when."""
        messages = [m for m in (answer.response, *answer.followups) if m is not None]
        cards = [card for message in messages for card in message.embeds if card.title == _AT_TOP]
        # A line each in the card above the answer; some, such as a welcome, are whole below it, with their sentence.
        in_full = [m for m in answer.followups if m.content and any(card.title != _AT_TOP for card in m.embeds)]
        lines = sum((card.description or "").count("• ") for card in cards) + len(in_full)
        account = _actor(one).id
        services = self.world.bot.services
        person = await services.members.person_of_account(self.world.server.id, account)
        assert person is not None, one
        before = self.shown.setdefault(account, [])
        seen = {row_id for shown in before for row_id in shown.rows}
        replied = {
            row.id
            for row in await _rows_to_people(self.world)
            if row.person_id == person.id and row.sent_by == "reply" and row.id not in seen
        }
        before.append(Shown(self.world.env.now(), lines, frozenset(replied)))

    async def _note_answers(self) -> None:
        services = self.world.bot.services
        meeting = max(await services.meetings.all(self.world.server.id), key=lambda meeting: meeting.id)
        registrations = await services.registrations.of_meeting(self.world.server.id, meeting.id)
        self.answered = {registration.code for registration in registrations}

    async def _check_counts(self) -> None:
        """Hold each new line of counts against who has answered."""
        for message in self.world.server.channels["secretariat"].history():
            found = _COUNTS.search(message.content)
            if found is None or message.id in self._counted:
                continue
            self._counted.add(message.id)
            come, declined, missing, reached, not_reached = (int(number or 0) for number in found.groups())
            if (come + declined, missing) != (len(self.answered), DELEGATIONS - len(self.answered)):
                self.wrong.append(f"counted wrongly: {found.group()}, {len(self.answered)} have answered")
            if found.group(4) is not None and reached + not_reached != missing:
                self.wrong.append(f"does not add up: {found.group()}")

    async def _verdict(self) -> Verdict:
        world, guild_id = self.world, self.world.server.id
        services = world.bot.services
        rows = await _rows_to_people(world)
        people: dict[int, Received] = {}
        for one in self.members:
            if one.actor is not None:
                person = await services.members.person_of_account(guild_id, one.actor.id)
                assert person is not None, one
                people[person.id] = Received(
                    [m for m in one.actor.user.dm_channel.history() if m.author.id == world.bot.user.id],
                    self.shown.get(one.actor.id, []),
                )
        verdict = judge(rows, people, world.env.now())
        verdict.wrong += await self._not_owed_but_unanswered(rows)
        await self._check_overview([row for row in rows if row.state == "not_reached"])
        if not self._counted:
            self.wrong.append("the secretariat was told no counts")
        verdict.wrong += self.wrong
        return verdict

    async def _check_overview(self, unreached: list[OutboxRow]) -> None:
        """Hold the number of people not reached against the books.

        What is over meanwhile is not counted: the number is at most that of all whom something did not reach, and at
        least that of those here whom the message to all did not, which is never over.
        """
        told = _UNREACHED.search(said(await self._secretariat("member overview")))
        number = int(told.group(1)) if told is not None else 0
        fewest = {row.person_id for row in unreached if row.subject == "message" and await self._codes_of(row)}
        most = {row.person_id for row in unreached}
        if not len(fewest) <= number <= len(most):
            self.wrong.append(f"the overview says {number} were not reached: {len(fewest)} to {len(most)} were not")

    async def _codes_of(self, row: OutboxRow) -> set[str]:
        """Return the delegations that a row's person speaks for today."""
        posts = await self.world.bot.services.posts.of_person(row.guild_id, row.person_id or 0)
        return {code for code, post in posts if post.is_current(self.world.env.now().date())}

    async def _not_owed_but_unanswered(self, rows: list[OutboxRow]) -> list[str]:
        """Return whose last request to answer the last meeting is booked as no longer owed, though it was.

        One that is soon followed by another gives way to it: only the last one counts.
        """
        meeting = max((row.subject_id for row in rows if row.subject == "meeting"), default=0)
        about = [row for row in rows if (row.subject, row.subject_id) == ("meeting", meeting)]
        asked = sorted((row for row in about if "deadline" in row.kind), key=lambda row: row.due_at)
        last = {row.person_id: row for row in asked}
        wrong: list[str] = []
        for row in last.values():
            codes = await self._codes_of(row)
            if row.state == "not_owed" and codes - self.answered:
                wrong.append(f"not owed, and {', '.join(codes)} never answered: {row.kind} to {row.target}")
        return wrong

    # Helpers

    def _present(self, share: float) -> list[Member]:
        """Return some of those with an account and a post."""
        there = [one for one in self.members if one.actor is not None and not one.has_left]
        return self.chance.sample(there, max(1, int(len(there) * share)))

    def _day(self, ahead: timedelta) -> date:
        return (self.world.env.now() + ahead).date()

    async def _secretariat(self, command: str, **options: Any) -> InteractionResult:
        server = self.world.server
        return await server.secretariat.slash(server.channels["secretariat"], command, **options)

    async def _confirm(self, shown: InteractionResult) -> None:
        assert shown.response is not None, "there was no answer"
        assert any(shown.response.components), said(shown)
        await self.world.server.secretariat.click(shown.response, label="Confirm")


def _actor(one: Member) -> Any:
    assert one.actor is not None
    return one.actor


async def _rows_to_people(world: World) -> list[OutboxRow]:
    rows = await world.bot.services.database.fetch(
        f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.target LIKE 'person:%' ORDER BY o.id",
        (world.server.id,),
    )
    return [row_of(row) for row in rows]
