"""What people do: slash commands, autocomplete, buttons, selects, forms; and what the bot answers."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.loopback.world import Channel, Guild, Message, Payload, Role, User, World
from tests.patience import ELSEWHERE

if TYPE_CHECKING:
    from tests.loopback.server import LoopbackDiscord

COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5
SUBCOMMAND, SUBCOMMAND_GROUP, USER_OPTION, CHANNEL_OPTION, ROLE_OPTION, FILE_OPTION = 1, 2, 6, 7, 8, 11
CHAT_INPUT, USER_MENU = 1, 2
BUTTON = 2
TEXT = 10
"""What a form says above its fields."""


@dataclass
class Answer:
    """One interaction and all that the bot answered to it.

    ``kind`` is Discord's callback type (4 message, 5 deferred, 6 deferred edit, 7 edit, 8 choices, 9 form),
    None while there is no answer; ``message`` is the message as people see it now; ``seconds`` what the bot took.
    """

    id: int
    token: str
    user: User
    channel: Channel
    asked_at: float
    source: Message | None = None
    kind: int | None = None
    data: Payload = field(default_factory=dict[str, Any])
    message: Message | None = None
    followups: list[Message] = field(default_factory=list[Message])
    seconds: float = 0.0
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return self.message is not None and self.message.ephemeral

    @property
    def content(self) -> str:
        """The text of the answer."""
        assert self.message is not None, "the bot has shown no message"
        return self.message.content

    @property
    def choices(self) -> list[Payload]:
        """What autocomplete offers."""
        return list(self.data["choices"])


class Interactions:
    """Plays the people: emits INTERACTION_CREATE and waits for the bot's answer."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self.discord = discord
        self.world: World = discord.world
        self.answers: dict[str, Answer] = {}
        self.answered_within: float = ELSEWHERE
        """Real seconds after which an interaction is unknown. Discord's three would fail on a slow machine."""

    async def slash(
        self,
        user: User,
        channel: Channel,
        command: str,
        *,
        timeout: float = ELSEWHERE,  # noqa: ASYNC109 - how long this person waits
        deliveries: int = 1,
        **options: Any,
    ) -> Answer:
        """``user`` types ``/command`` in ``channel`` with ``options`` (User, Role, Channel, (name, bytes), text…).

        ``deliveries``: Discord may deliver an interaction twice. Returns once the answer is shown;
        TimeoutError if that takes more than ``timeout`` seconds.
        """
        answer = await self.start_slash(user, channel, command, deliveries=deliveries, **options)
        return await self.shown(answer, timeout)

    async def start_slash(
        self, user: User, channel: Channel, command: str, *, deliveries: int = 1, **options: Any
    ) -> Answer:
        """The same without waiting for the answer."""
        data = self._command_data(command, options)
        return await self._emit(COMMAND, user, channel, data, deliveries=deliveries)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        focused: str,
        typed: str,
        *,
        timeout: float = ELSEWHERE,  # noqa: ASYNC109 - how long this person waits
        **options: Any,
    ) -> list[Payload]:
        """The choices offered to ``user`` who has typed ``typed`` in the option ``focused``."""
        data = self._command_data(command, {**options, focused: typed}, focused)
        answer = await self.shown(await self._emit(AUTOCOMPLETE, user, channel, data), timeout)
        return answer.choices

    async def menu(self, user: User, channel: Channel, name: str, target: User) -> Answer:
        """``user`` chooses the user context menu ``name`` on ``target``."""
        command = next(c for c in self.world.commands if c["name"] == name and c["type"] == USER_MENU)
        resolved: Payload = {}
        self._resolve(resolved, target, channel.guild)
        data = {"id": command["id"], "name": name, "type": USER_MENU, "target_id": str(target.id)}
        return await self.shown(await self._emit(COMMAND, user, channel, {**data, "resolved": resolved}))

    async def click(self, user: User, message: Message, button: str) -> Answer:
        """``user`` clicks the button with the label or ``custom_id`` ``button`` under ``message``."""
        found = next(c for c in _parts(message.payload["components"]) if button in (c.get("label"), c.get("custom_id")))
        data = {"component_type": BUTTON, "custom_id": found["custom_id"]}
        return await self.shown(await self._emit(COMPONENT, user, message.channel, data, source=message))

    async def press(self, user: User, message: Message, custom_id: str) -> Answer:
        """``user`` clicks a button that is known by its ``custom_id`` alone, as if it stood under ``message``."""
        data = {"component_type": BUTTON, "custom_id": custom_id}
        return await self.shown(await self._emit(COMPONENT, user, message.channel, data, source=message))

    async def choose(self, user: User, message: Message, custom_id: str, *values: str) -> Answer:
        """``user`` picks ``values`` in the text select ``custom_id`` under ``message``."""
        data = {"component_type": 3, "custom_id": custom_id, "values": list(values)}
        return await self.shown(await self._emit(COMPONENT, user, message.channel, data, source=message))

    async def submit(self, form: Answer, **values: str) -> Answer:
        """The person who was shown ``form`` fills in ``values`` by ``custom_id`` and sends it."""
        components = []
        for row in form.data["components"]:
            if row["type"] == TEXT:
                continue
            inner = row.get("component") or row["components"][0]
            filled = {**inner, "value": values.get(inner["custom_id"], inner.get("value") or "")}
            components.append({**row, "component" if "component" in row else "components": filled})
            if "component" not in row:
                components[-1]["components"] = [filled]
        data = {"custom_id": form.data["custom_id"], "components": components}
        return await self.shown(await self._emit(FORM, form.user, form.channel, data, source=form.source))

    async def shown(self, answer: Answer, timeout: float = ELSEWHERE) -> Answer:  # noqa: ASYNC109
        """Wait until the person sees the answer; TimeoutError after ``timeout`` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await answer.finished.wait()
        except TimeoutError:
            said = "nothing" if answer.kind is None else f"only a callback of type {answer.kind}"
            raise TimeoutError(f"the bot answered {said} in {timeout} s") from None
        return answer

    def _command_data(self, path: str, options: dict[str, Any], focused: str | None = None) -> Payload:
        names = path.split()
        command = next((c for c in self.world.commands if c["name"] == names[0] and c["type"] == CHAT_INPUT), None)
        if command is None:
            known = ", ".join(str(c["name"]) for c in self.world.commands)
            raise LookupError(f"the bot has registered no /{names[0]}, only: {known}")
        node, chain = command, []
        for name in names[1:]:
            node = next(o for o in node.get("options", []) if o["name"] == name and o["type"] <= SUBCOMMAND_GROUP)
            chain.append(node)
        resolved: Payload = {}
        filled = [self._option(node, name, value, resolved) for name, value in options.items()]
        for option in filled:
            if option["name"] == focused:
                option["focused"] = True
        for level in reversed(chain):
            filled = [{"name": level["name"], "type": level["type"], "options": filled}]
        data = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": filled}
        return {**data, "resolved": resolved} if resolved else data

    def _option(self, node: Payload, name: str, value: Any, resolved: Payload) -> Payload:
        spec = next((o for o in node.get("options", []) if o["name"] == name), None)
        if spec is None:
            raise LookupError(f"/{node['name']} has no option {name!r}")
        if spec["type"] in (USER_OPTION, CHANNEL_OPTION, ROLE_OPTION, FILE_OPTION):
            value = self._resolve(resolved, value, None)
        return {"name": name, "type": spec["type"], "value": value}

    def _resolve(self, resolved: Payload, value: Any, guild: Guild | None) -> str:
        if isinstance(value, User):
            home = guild or next((g for g in self.world.guilds.values() if value.id in g.members), None)
            resolved.setdefault("users", {})[str(value.id)] = value.payload()
            if home is not None and value.id in home.members:
                member = self.world.member_payload(home, value, with_user=False)
                member["permissions"] = str(home.permissions(value))
                resolved.setdefault("members", {})[str(value.id)] = member
        elif isinstance(value, Role):
            resolved.setdefault("roles", {})[str(value.id)] = value.payload()
        elif isinstance(value, Channel):
            resolved.setdefault("channels", {})[str(value.id)] = {**value.payload(), "permissions": "0"}
        else:
            name, content = value
            file_id = self.world.snowflake()
            path = f"/attachments/{file_id}/{name}"
            self.world.files[path] = content
            url = f"{self.discord.address}{path}"
            attachment = {
                "id": str(file_id),
                "filename": name,
                "size": len(content),
                "url": url,
                "proxy_url": url,
            }
            resolved.setdefault("attachments", {})[str(file_id)] = attachment
            return str(file_id)
        return str(value.id)

    async def _emit(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Payload,
        *,
        source: Message | None = None,
        deliveries: int = 1,
    ) -> Answer:
        interaction_id = self.world.snowflake()
        answer = Answer(interaction_id, f"token{interaction_id}", user, channel, time.monotonic(), source)
        self.answers[answer.token] = answer
        payload: Payload = {
            "id": str(interaction_id),
            "application_id": str(self.world.bot.id),
            "type": kind,
            "token": answer.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": channel.payload(),
            "locale": user.locale,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1 if channel.guild is None else 0,
            "attachment_size_limit": 10_485_760,
            "app_permissions": "0",
        }
        if source is not None:
            payload["message"] = source.payload
        if channel.guild is None:
            payload["user"] = user.payload()
        else:
            guild = channel.guild
            member = self.world.member_payload(guild, user)
            member["permissions"] = str(guild.permissions_in(channel, user))
            payload |= {"guild_id": str(guild.id), "member": member, "guild_locale": "en-US"}
            payload["app_permissions"] = str(guild.permissions_in(channel, self.world.bot))
        for _ in range(deliveries):
            await self.discord.gateway.dispatch("INTERACTION_CREATE", payload)
        return answer


def _parts(components: list[Payload]) -> list[Payload]:
    found: list[Payload] = []
    for component in components:
        found.append(component)
        found.extend(_parts(component.get("components", [])))
        if "accessory" in component:
            found.extend(_parts([component["accessory"]]))
    return found
