"""What the secretariat and the delegations do in a life: meetings, webinars, polls, texts, decisions, hand-overs."""

import re
from datetime import timedelta
from typing import Any, Final

from storage.statements.models import Statement
from tests.life.network import REGIONS, Member, join
from tests.life.stage import Stage, actor_of
from tests.life.witness import Witness
from tests.polls.booth import Booth, ids_of
from tests.world import said

_NAMES: Final = ("Ama", "Bogdan", "Carmen", "Dilnoza", "Efua", "Fatou", "Giorgos", "Hanae")
_PARTS: Final = tuple(
    re.compile(rf"(\d+) {what}")
    for what in ("by direct message", "at the top of the bot's next reply", "cannot be reached")
)
STEERING: Final = 6


class Acts:
    """Each act is something that one or some of the people do, now."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage = stage
        self._witness = witness

    # Meetings and webinars

    async def plan_meeting(self, ahead: timedelta, closes: timedelta) -> None:
        """Plan the annual meeting so far ahead; its registration closes so far ahead."""
        await self._plan(ahead, closes, "Brussels", "Belgium", {"hosts": "European Union", "theme": "Prevention"})

    async def plan_regional(self, ahead: timedelta, closes: timedelta) -> None:
        """Plan a meeting of one region."""
        region, city, country = self._stage.chance.choice(REGIONS)
        more = {"hosts": country, "theme": "Neighbours", "kind": "regional", "region": region}
        await self._plan(ahead, closes, city, country, more)

    async def _plan(self, ahead: timedelta, closes: timedelta, city: str, country: str, more: dict[str, str]) -> None:
        first = self._stage.day(ahead)
        days = {"starts_on": str(first), "ends_on": str(first + timedelta(days=1))}
        days["register_by"] = str(self._stage.day(closes))
        shown = await self._stage.secretariat("meeting plan", city=city, country=country, **days, **more)
        await self._stage.confirm(shown)
        self._stage.done[f"{more.get('kind', 'annual')} meetings"] += 1
        await self._witness.note_answers()

    async def register(self) -> None:
        """Let some delegations answer to the meetings that ask them, as long as answers are taken."""
        stage, services = self._stage, self._stage.world.bot.services
        for meeting in await services.meetings.all(stage.world.server.id):
            if meeting.is_recorded or meeting.register_by is None or meeting.register_by <= stage.now:
                continue
            for one in stage.present(0.04):
                is_asked = meeting.kind == "annual" or one.code in (meeting.invited or ())
                if not is_asked or one.code in self._witness.answered.get(meeting.id, ()):
                    continue
                options = {"attendance": stage.chance.choice(("in_person", "online", "not_attending"))}
                if options["attendance"] == "in_person":
                    options["representative"] = "capital"
                general = stage.world.server.channels["general"]
                answer = await actor_of(one).slash(general, "meeting register", meeting=f"#{meeting.id}", **options)
                await self._witness.keep(one, answer)
                await self._witness.note_answers()

    async def schedule_webinar(self, zone: str = "Europe/Brussels", share: float = 0.2) -> None:
        """Announce a webinar at three o'clock in a ``zone``, ten days ahead; a ``share`` of people say they come."""
        stage = self._stage
        starts = stage.now + timedelta(days=10)
        title = f"Prevention in practice {starts:%d %B %Y}"
        options = {
            "title": title,
            "starts": f"{starts:%Y-%m-%d} 15:00",
            "duration": "1h",
            "timezone": zone,
            "link": "https://meet.example.org/r2p-room",
        }
        before = max((message.id for message in stage.posted("announcements")), default=0)
        await stage.confirm(await stage.secretariat("webinar schedule", **options))
        await stage.world.env.settle()
        stage.done["webinars"] += 1
        announced = next(m for m in stage.posted("announcements", before) if title in m.content)
        for one in stage.present(share) if share else ():
            await self._witness.keep(one, await actor_of(one).click(announced, label="Attending"))

    # Polls, statements, decisions

    async def open_poll(self, **options: Any) -> None:
        """Open a poll for nine days, in which a third of those there vote."""
        stage = self._stage
        booth = Booth(stage.world)
        given = {"question": "Where shall the network meet?", "options": "Accra; Bern; Lima", "closes": "in 9 days"}
        await stage.confirm(await booth.create(**{**given, **options}))
        stage.done["polls"] += 1
        poll = await booth.latest()
        asked = next(m for m in [*stage.posted("members")][::-1] if f"poll:vote:{poll.id}" in ids_of(m))
        voted: set[str] = set()
        for one in stage.present(0.3):
            if one.code not in voted and one.role != "adviser":
                voted.add(one.code)
                shown = await actor_of(one).click(asked, label="Vote")
                await self._witness.keep(one, shown)
                marked = await booth.mark(actor_of(one), shown, stage.chance.randint(1, 3))
                await self._witness.keep(one, marked)
                await self._witness.keep(one, await actor_of(one).click(shown.response, label="Cast ballot"))

    async def open_statement(self, closes: timedelta) -> None:
        """Draft a statement, make it final, and let a fifth of those there join it."""
        stage = self._stage
        document = ("statement.pdf", f"%PDF-1.7 week {stage.week}".encode())
        day = f"{stage.now + closes:%Y-%m-%d} 15:00"
        title = f"On prevention, week {stage.week:03}"
        shown = await stage.secretariat("statement open", title=title, closes=day, document_en=document)
        await stage.confirm(shown)
        statements = await self._statements()
        newest = max(statements, key=lambda one: one.id)
        shown = await stage.secretariat("statement show", statement=f"#{newest.id}")
        await stage.confirm(await stage.confirm(shown, "Final"))
        await stage.world.travel(timedelta(minutes=5))
        stage.done["statements"] += 1
        asked = next(m for m in [*stage.posted("members")][::-1] if title in m.content + str(m.embeds[0].to_dict()))
        joined: set[str] = set()
        for one in stage.present(0.2):
            if one.code not in joined and one.role != "adviser":
                joined.add(one.code)
                shown = await actor_of(one).click(asked, label="Join")
                await self._witness.keep(one, shown)
                await self._witness.keep(one, await actor_of(one).click(shown.response, label="Confirm"))

    async def _statements(self) -> list[Statement]:
        return await self._stage.world.bot.services.statements.statements(self._stage.world.server.id)

    async def deliver_statements(self) -> None:
        """Deliver each statement that is closed."""
        for one in await self._statements():
            if one.state == "closed":
                shown = await self._stage.secretariat("statement show", statement=f"#{one.id}")
                await self._stage.confirm(await self._stage.confirm(shown, "Delivered"))
                self._stage.done["statements delivered"] += 1

    async def name_steering_group(self) -> None:
        """Put six delegations into the steering group."""
        there = sorted({one.code for one in self._stage.members if one.habit == "direct" and one.actor is not None})
        for code in self._stage.chance.sample(there, STEERING):
            await self._stage.secretariat("member steering", delegation=code, starts_on=str(self._stage.now.date()))

    async def open_decision(self, *, objects: bool) -> None:
        """Propose a decision to the steering group, one of which ``objects`` or not."""
        stage = self._stage
        options = {
            "title": f"The plan of week {stage.week:03}",
            "url": "https://example.org/plan",
            "audience": "steering",
        }
        await stage.confirm(await stage.secretariat("decision open", **options))
        await stage.world.travel(timedelta(minutes=5))
        stage.done["decisions"] += 1
        services, guild_id = stage.world.bot.services, stage.world.server.id
        decision = max(await services.decisions.decisions(guild_id), key=lambda one: one.id)
        asked = next(
            m for m in [*stage.posted("members")][::-1] if f"decision:object:{guild_id}:{decision.id}" in ids_of(m)
        )
        group = {term.delegation_id for term in await services.members.steering_terms(guild_id)}
        codes = {one.code for one in await services.members.delegations(guild_id) if one.id in group}
        able = [one for one in stage.present(1.0) if one.code in codes and one.role != "adviser"]
        if not objects or not able:
            return
        one = stage.chance.choice(able)
        form = await actor_of(one).click(asked, label="Object")
        shown = await actor_of(one).submit_modal(form, {"reason": "Too early", "amendment": "", "named": ["no"]})
        await self._witness.keep(one, shown)
        await self._witness.keep(one, await actor_of(one).click(shown.response, label="Confirm"))
        stage.done["objections"] += 1

    # People

    async def write_to_all(self) -> None:
        """Write to all, and hold what the preview says of whom it reaches against who there is."""
        stage = self._stage
        text = "The papers of the meeting are on the shelf."
        shown = await stage.secretariat("message send", audience="all", text=text)
        there = [one for one in stage.members if one.left_on is None]
        expected = (
            sum(one.actor is not None and one.habit != "silent" for one in there),
            sum(one.actor is not None and one.habit == "silent" for one in there),
            sum(one.actor is None for one in there),
        )
        found = tuple(int(match.group(1)) if (match := part.search(said(shown))) else 0 for part in _PARTS)
        if found != expected:
            stage.wrong.append(f"the preview says {found} directly, above an answer and not reached: {expected} are")
        await stage.confirm(shown)
        stage.done["messages to all"] += 1

    async def write_to_steering_group(self) -> None:
        """Write something that nobody else hears of."""
        shown = await self._stage.secretariat("message send", audience="steering", text="Please see the draft.")
        await self._stage.confirm(shown)

    async def hand_over(self) -> None:
        """Let somebody follow a focal point, half of them with an account."""
        stage = self._stage
        terms = [one for one in stage.members if one.role == "focal_point" and one.left_on is None]
        leaving = stage.chance.choice([one for one in terms if one.since_week < stage.week - 4])
        successor, options = await self._successor(leaving)
        await stage.confirm(await stage.secretariat("member handover", **options))
        leaving.left_on = stage.now.date()
        stage.members.append(successor)
        stage.done["rotations"] += 1

    async def _successor(self, leaving: Member) -> tuple[Member, dict[str, Any]]:
        stage = self._stage
        name = f"{stage.chance.choice(_NAMES)} {leaving.code} of week {stage.week:03}"
        successor = Member(leaving.code, name, "focal_point", since_week=stage.week)
        options: dict[str, Any] = {"delegation": leaving.code, "name": successor.name}
        if stage.chance.random() < 0.5:
            await join(stage.world, successor, stage.chance)
            options["user"] = successor.actor
        return successor, options

    async def link(self) -> None:
        """Let somebody without an account get one."""
        stage = self._stage
        without = [one for one in stage.members if one.actor is None and one.left_on is None]
        if not without:
            return
        one = stage.chance.choice(without)
        await join(stage.world, one, stage.chance)
        linked = await stage.secretariat("member link", delegation=one.code, person=one.name, user=one.actor)
        if any(linked.response.components if linked.response is not None else ()):
            await stage.confirm(linked)

    async def erase(self) -> None:
        """Let somebody have their data erased, which ends their term; who speaks for the state then is appointed."""
        stage = self._stage
        (one,) = stage.present(0)
        general = stage.world.server.channels["general"]
        shown = await actor_of(one).slash(general, "privacy erase")
        await self._witness.keep(one, shown)
        await self._witness.check_before_erasure(one)
        done = await actor_of(one).click(shown.response, label="Confirm")
        assert "gone here" in said(done), said(done)
        one.left_on, one.is_erased = stage.now.date(), True
        stage.done["erasures"] += 1
        if one.role == "focal_point":
            successor, options = await self._successor(one)
            await stage.secretariat("member appoint", role="focal_point", **options)
            stage.members.append(successor)

    async def read(self) -> None:
        """Let some people run a command, whose answer has at its top what waits."""
        for one in self._stage.present(0.04):
            general = self._stage.world.server.channels["general"]
            await self._witness.keep(one, await actor_of(one).slash(general, "about"))
