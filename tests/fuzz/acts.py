"""What people do, chosen by lot from what there is: the command tree, the messages that are there, the access table."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import discord
from discord import app_commands
from simcord.backend.errors import BackendError, SetupError
from simcord.enums import ComponentType
from simcord.results import InteractionResult

from bot.access import COMMANDS, FORMS
from tests.e2e.forging import BEYOND, LARGEST, Forger, custom_ids
from tests.e2e.test_access import ALLOWED, leaves
from tests.e2e.test_forged import kinds
from tests.fuzz.oracle import Answer
from tests.fuzz.typist import HOSTILE, Typist
from tests.people import Person
from tests.world import Server, World

DEEPEST: Final = 5
"""Buttons pressed one after the other in what one command has shown."""
AT_ONCE: Final = 12
"""Interactions that arrive in one instant."""
_SENTENCES: Final = Path(__file__).parent.parent / "chat" / "seen"
_MAKES_HAPPEN: Final = re.compile(r":(confirm|cast|pick|rank|yes|claim|vote|join|object|more_time)\b")
_OF_A_DELEGATION: Final = re.compile(r"^(poll:vote|statement:join|statement:more_time|decision:object)\b")
"""What a delegation does to a poll, a statement, a decision: not the secretariat, and also long after its message."""
_BY_HAND: Final = (SetupError, BackendError)
"""What SimCord raises where a person could not have done it: a list without options, a button that is grey."""


class Acts:
    """One network's people, who act by the lots of ``chance``. Each act returns what was answered."""

    def __init__(self, world: World, server: Server, chance: random.Random, mark: str) -> None:
        self.world = world
        self.server = server
        self._chance = chance
        self.commands: Counter[str] = Counter()
        self.pressed: Counter[str] = Counter()
        self._typist = Typist(chance, mark, sorted(server.members))
        self._sentences = [
            line.rpartition("|")[2].strip()
            for path in sorted(_SENTENCES.glob("*.txt"))
            for line in path.read_text("utf-8").splitlines()
            if "|" in line
        ]

    def somebody(self) -> Person:
        """Return the secretariat often, else anybody of the network."""
        server = self.server
        if self._chance.random() < 0.4:
            return server.secretariat
        return self._chance.choice([*server.members.values(), server.guest, server.manager])

    # Commands, and what they show

    async def command(self) -> list[Answer]:
        """Run any command, mostly one that the person may run, and go on with what it shows."""
        by = self.somebody()
        self._typist.hostility = self._chance.choice((0.0, 0.0, 0.1, 0.5))
        found = list(leaves(self.world))
        if self._chance.random() < 0.8:
            role = self._role_of(by)
            found = [one for one in found if role in ALLOWED[COMMANDS[one.qualified_name]]] or found
        # Of three, the one that was run least: so that all are run.
        command = min(self._chance.choices(found, k=3), key=lambda one: self.commands[one.qualified_name])
        self.commands[command.qualified_name] += 1
        channel = self._chance.choice(list(self.server.channels.values()))
        try:
            options = await self._options(by, channel, command)
            result = await by.slash(channel, command.qualified_name, **options)
        except _BY_HAND:
            return []
        what = f"/{command.qualified_name} {options}"
        return [Answer(by, self.server, what, result), *await self._go_on(by, result, what)]

    def _role_of(self, by: Person) -> str:
        server = self.server
        known = {server.guest.id: "guest", server.manager.id: "manager", server.secretariat.id: "secretariat"}
        return known.get(by.id, "member")

    async def _options(self, by: Person, channel: Any, command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in command.parameters:
            if one.required or self._chance.random() < 0.35:
                found[one.name] = await self._option(by, channel, command, one)
        return found

    async def _option(
        self, by: Person, channel: Any, command: app_commands.Command[Any, ..., Any], one: app_commands.Parameter
    ) -> Any:
        if one.choices:
            return self._chance.choice(one.choices).value
        if one.autocomplete and self._chance.random() < 0.7:
            offered = await by.autocomplete(channel, command.qualified_name, one.name, "")
            if offered:
                return self._chance.choice(offered)["value"]
        if one.type is discord.AppCommandOptionType.string:
            longest = int(one.max_value or 6000)
            return self._typist.text(one.name, self.world.env.now(), int(one.min_value or 0), longest)
        return self._no_text(one)

    def _no_text(self, one: app_commands.Parameter) -> Any:
        """Choose for an option that is no text."""
        least, most = int(one.min_value or -(2**53) + 1), int(one.max_value or 2**53 - 1)
        kind = discord.AppCommandOptionType
        chosen: dict[discord.AppCommandOptionType, list[Any]] = {
            kind.integer: [least, most, min(max(1, least), most)],
            kind.number: [float(one.min_value or 1)],
            kind.boolean: [True, False],
            kind.user: [self.somebody()],
            kind.role: [self.server.member_role, self.server.secretariat_role],
            kind.channel: list(self.server.channels.values()),
            kind.attachment: [self._file()],
        }
        return self._chance.choice(chosen[one.type])

    def _file(self) -> tuple[str, bytes]:
        rows = [",".join(self._chance.choices(HOSTILE, k=4)) for _ in range(3)]
        content = self._chance.choice([b"", b"\xff\xfe\x00", "\n".join(rows).encode(), b"name,email\nx,y\n" * 50])
        return self._chance.choice(["x.csv", "../x.csv", "x.pdf", "é\u202egpj.exe"]), content

    async def _go_on(self, by: Person, result: InteractionResult, what: str) -> list[Answer]:
        """Fill in the form that is shown, or use what stands below the answer, again and again."""
        answers: list[Answer] = []
        for _ in range(self._chance.randint(1, DEEPEST)):
            try:
                if result.modal is not None:
                    what = f"{what} > form"
                    pressed, result = 0, await by.submit_modal(result, self._typed(result.modal))
                else:
                    shown = self._chance.choice([m for m in (result.response, *result.followups) if m] or [None])
                    if shown is None:
                        break
                    pressed = shown.id
                    used, result = await self._use(by, shown)
                    what = f"{what} > {used}"
            except _BY_HAND:
                break
            answers.append(Answer(by, self.server, what, result, pressed))
        return answers

    def _typed(self, modal: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for control in _controls(modal["components"]):
            key = control["custom_id"]
            if "options" in control:
                values[key] = [self._chance.choice(control["options"])["value"]]
            elif control.get("value") and self._chance.random() < 0.5:
                values[key] = control["value"]
            elif control["type"] == ComponentType.TEXT_INPUT and (
                control.get("required") or self._chance.random() < 0.6
            ):
                shortest, longest = control.get("min_length") or 0, control.get("max_length") or 4000
                values[key] = self._typist.text(key, self.world.env.now(), shortest, longest) or "x"
        return values

    async def _use(self, by: Any, shown: Any) -> tuple[str, InteractionResult]:
        """Press a button or choose from a list below a message. Raises SetupError where there is nothing to use."""
        found = [part for part in _parts(shown) if part.get("custom_id") and not part.get("disabled")]
        if not found:
            raise SetupError("nothing to use")
        # What makes things happen, more often than what turns a page.
        happens = [one for one in found if _MAKES_HAPPEN.search(one["custom_id"])]
        part = self._chance.choice([*found, *happens * 6])
        custom_id = part["custom_id"]
        if part["type"] == ComponentType.BUTTON:
            return custom_id, await by.click(shown, custom_id=custom_id)
        least, most = part.get("min_values", 1), part.get("max_values", 1)
        options = [one["value"] for one in part.get("options", ())]
        number = min(len(options), self._chance.randint(least, max(least, most)))
        return custom_id, await by.select(shown, self._chance.sample(options, number), custom_id=custom_id)

    # What is there already

    async def press(self) -> list[Answer]:
        """Use what stands below a message in a channel, or in somebody's direct messages."""
        by = self.somebody()
        is_direct = self._chance.random() < 0.3
        places = [by.user.dm_channel] if is_direct else list(self.server.channels.values())
        there = [message for place in places for message in _read(place, None if is_direct else by) if _parts(message)]
        if not there:
            return []
        return await self._press(by, self._seldom(there), is_direct=is_direct)

    async def take_part(self) -> list[Answer]:
        """Vote, join, ask for more time or object: let a delegation go through with what it is asked to do."""
        by = self._chance.choice(list(self.server.members.values()))
        there = [one for one in self.server.channels["general"].history() if _is_of_a_delegation(one)]
        if not there:
            return []
        return await self._press(by, self._seldom(there), is_direct=False)

    def _seldom(self, there: Sequence[Any]) -> Any:
        """Choose of five messages one whose buttons were used least: so that all kinds are."""
        return min(self._chance.choices(there, k=5), key=lambda one: self.pressed[_kind_of(one)])

    async def _press(self, by: Person, shown: Any, *, is_direct: bool) -> list[Answer]:
        """Use what stands below a message, and go on with what that shows."""
        self.pressed[_kind_of(shown)] += 1
        try:
            used, result = await self._use(by.user if is_direct else by, shown)
        except _BY_HAND:
            return []
        answers = [Answer(by, self.server, used, result, shown.id, is_direct)]
        return answers if is_direct else [*answers, *await self._go_on(by, result, used)]

    async def write(self) -> list[Answer]:
        """Write to the bot, directly or in a channel, something that it may understand."""
        by = self.somebody()
        sentence = self._chance.choice(self._sentences)
        if self._chance.random() < 0.4:
            sentence = f"{sentence} {self._chance.choice(HOSTILE)}"
        text = (sentence if self._chance.random() < 0.9 else self._chance.choice(HOSTILE))[:1900]
        try:
            if self._chance.random() < 0.7:
                await by.user.send_dm(text)
            else:
                await by.send(self.server.channels["general"], f"<@{self.world.bot.user.id}> {text}")
        except _BY_HAND:
            pass
        return []

    # What no client offers

    async def forge(self) -> list[Answer]:
        """Send buttons, lists and forms that the bot never showed, with any number in them, many in one instant."""
        forger, place = self._forger()
        results: list[tuple[Person, str, InteractionResult]] = []
        for _ in range(AT_ONCE):
            by = self.somebody()
            number = self._chance.choice([*BEYOND, LARGEST, *map(str, range(1, 9))])
            if self._chance.random() < 0.25:
                custom_id = ":".join(
                    ("form", self._chance.choice(sorted(FORMS)), *[number] * self._chance.randint(0, 3))
                )
                results.append(
                    (by, custom_id, forger.send_form(by, custom_id, {"title": self._chance.choice(HOSTILE)}))
                )
                continue
            pattern, is_list = self._chance.choice(list(kinds(self.world).items()))
            guild = str(self._chance.choice([self.server.id, self.server.id, self.world.other.id]))
            custom_id = self._chance.choice(list(custom_ids(pattern, number, {"guild": guild, "guild_id": guild})))
            if len(custom_id) <= 100:
                send = forger.choose(by, custom_id, number) if is_list else forger.press(by, custom_id)
                results.append((by, custom_id, send))
        await self.world.env.settle()
        return [Answer(by, self.server, custom_id, result, place.id) for by, custom_id, result in results]

    async def crowd(self) -> list[Answer]:
        """Let many press the same buttons in one instant, some of them twice."""
        forger, place = self._forger()
        found = [
            part
            for channel in self.server.channels.values()
            for message in channel.history()[-6:]
            for part in _parts(message)
            if part.get("custom_id") and part["type"] == ComponentType.BUTTON
        ]
        if not found:
            return []
        chosen = self._chance.choices(found, k=3)
        results: list[tuple[Person, str, InteractionResult]] = []
        for _ in range(AT_ONCE):
            by, part = self.somebody(), self._chance.choice(chosen)
            results += [
                (by, part["custom_id"], forger.press(by, part["custom_id"])) for _ in range(self._chance.randint(1, 2))
            ]
        await self.world.env.settle()
        return [Answer(by, self.server, custom_id, result, place.id) for by, custom_id, result in results]

    def _forger(self) -> tuple[Forger, discord.Message]:
        """Return who sends what no message asks for, as if it stood below the first one in #general."""
        place = self.server.channels["general"].history()[0]
        return Forger(self.world, place), place


def _read(place: Any, viewer: Person | None) -> list[Any]:
    """Return the last messages of a channel; none to somebody who may not read it."""
    try:
        return place.history(viewer=viewer)[-12:]
    except SetupError:
        return []


def _is_of_a_delegation(message: Any) -> bool:
    return any(_OF_A_DELEGATION.match(part.get("custom_id") or "") for part in _parts(message))


def _kind_of(message: Any) -> str:
    """Return what stands below a message, whatever records it is about."""
    return re.sub(r"\d+|[A-Z2-7]{25}", "", " ".join(part.get("custom_id") or "" for part in _parts(message)))


def _parts(message: Any) -> list[dict[str, Any]]:
    """Return what stands below a message, public (discord.py's) or private (SimCord's record)."""
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [part for row in rows for part in row.get("components", ())]


def _controls(components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the fields of a form."""
    found: list[dict[str, Any]] = []
    for one in components:
        found += _controls(one.get("components", ())) + _controls([one["component"]] if "component" in one else [])
        if "custom_id" in one:
            found.append(one)
    return found
