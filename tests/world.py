"""The network of 2011 on SimCord: what the tests that drive the real bot stand on."""

import json
import re
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle
from simcord.results import InteractionResult

from bot import Settings, create_bot
from bot.app import Focalbot
from bot.demo.apscheduler_clock import apscheduler_follows_discord
from bot.errors import UserError
from tests.empty_database import put_empty
from tests.patience import PatientEnv, travel, travel_to
from tests.people import Person, joined
from tests.untidy import LEAVING, ORGANISATION, PAIR, UNREACHED, VACANT, Untidy, seed_untidy

LOCALES = {"en": "en-GB", "fr": "fr", "es": "es-ES"}
TERM_STARTS = date(2011, 5, 17)

Interaction = dict[str, Any]
"""What Discord sends of an interaction."""
Holder = RoleHandle | UserHandle | MemberActor | discord.Role | discord.Member | discord.User | discord.ClientUser
Overwrites = dict[Holder, discord.PermissionOverwrite]


def first_meeting() -> dict[str, Any]:
    facts = json.loads((files("bot") / "data" / "meetings.json").read_text("utf-8"))
    return facts["meetings"][0]


@dataclass
class Server:
    """One Discord server: its channels, roles, and who is on it."""

    guild: GuildHandle
    channels: dict[str, ChannelHandle]
    secretariat_role: RoleHandle
    member_role: RoleHandle
    manager: Person
    secretariat: Person
    guest: Person
    members: dict[str, Person] = field(default_factory=dict)
    """Who speaks for a delegation, by its code: each for that one alone."""
    untidy: Untidy = field(init=False)
    """Those who are unlike the others; only in the first network."""

    @property
    def delegations(self) -> int:
        """How many delegations the first network has."""
        return len(self.members) + len({VACANT, UNREACHED})

    @property
    def held(self) -> int:
        """How many of them somebody speaks for, with an account or without."""
        return self.delegations - len({VACANT})

    @property
    def accounts(self) -> list[Person]:
        """Everybody who holds a seat and has an account."""
        return [*self.members.values(), self.untidy.refusing, self.untidy.two_posts]

    @property
    def people(self) -> int:
        """How many people hold a seat today, with an account or without."""
        return len(self.accounts) + len({self.untidy.without_account})

    @property
    def terms(self) -> int:
        """How many terms they have, with the second of who has two and the one that is to come."""
        return self.people + len({self.untidy.two_posts, self.untidy.successor})

    @property
    def id(self) -> int:
        return self.guild.id

    def join(self, user: UserHandle, *roles: RoleHandle) -> Person:
        """Let an account join the server."""
        return joined(self.guild, user, *roles)


class World:
    """SimCord, the bot on a real SQLite file, the network of 2011, and another network beside it."""

    def __init__(self, env: PatientEnv, bot: Focalbot, settings: Settings) -> None:
        self.env = env
        self.bot = bot
        self.settings = settings
        self.forgiven = 0
        self.server = build_server(env, "Global Network of R2P Focal Points")
        self.other = build_server(env, "Another network")

    async def restart(self) -> None:
        """Close the bot and start a new one on the same database, in the same Discord."""
        await self.bot.close()
        self.bot = new_bot(self.settings)
        await self.env.restart_bot(self.bot)

    async def travel(self, span: timedelta | float) -> None:
        """Let a span of the bot's time pass (a number is seconds); all that falls due on the way happens."""
        await travel(self.env, span)

    async def travel_to(self, moment: datetime) -> None:
        """Let time pass until the instant; nothing where it has passed."""
        await travel_to(self.env, moment)

    def as_bot(self) -> AbstractContextManager[None]:
        """Let what the test does itself count as the bot's doing: timers set within follow SimCord's clock."""
        return self.env._bot_scope()

    def forgive_faults(self) -> None:
        """Let the faults that the test has caused so far pass."""
        self.forgiven = self.env.error_cursor

    async def seed(self) -> None:
        """Set both networks up; fill the first with the 31 delegations of 2011 and what makes it untidy."""
        meeting = first_meeting()
        roles = dict.fromkeys(meeting["from_capital"], "focal_point") | dict.fromkeys(
            meeting["from_mission"], "mission"
        )
        await self._seed(self.server, roles)
        await self._seed(self.other, {"NE": "focal_point"})
        await self._seed_untidy(self.server)

    async def _seed(self, server: Server, roles: dict[str, str]) -> None:
        services = self.bot.services
        async with services.transaction() as tx:
            await services.settings.change_network(
                tx,
                server.id,
                secretariat_role_id=server.secretariat_role.id,
                member_role_id=server.member_role.id,
                announcements_channel_id=server.channels["announcements"].id,
                members_channel_id=server.channels["members"].id,
                secretariat_channel_id=server.channels["secretariat"].id,
                language="en",
                timezone="America/New_York",
                privacy_contact="privacy@example.org",
            )
            for code, role in sorted(roles.items()):
                actor = self.add_member(server, code.lower())
                server.members[code] = actor
                seat = await services.members.add_delegation(tx, server.id, code, "state", TERM_STARTS)
                person = await services.members.add_person(tx, server.id, "", account_id=actor.id)
                await services.members.appoint(tx, server.id, seat, person, cast(Any, role), TERM_STARTS)

    async def _seed_untidy(self, server: Server) -> None:
        joined = {code: self.add_member(server, code.lower()) for code in (ORGANISATION, PAIR, LEAVING)}
        refusing, two_posts = (self.add_member(server, name) for name in ("refusing", "two posts"))
        services = self.bot.services
        async with services.transaction() as tx:
            server.untidy = await seed_untidy(services, tx, server.id, joined, refusing, two_posts)
        server.members |= joined
        closed = f"/channels/{refusing.user.dm_channel.id}/messages"
        self.env.inject_error("POST", closed, status=403, code=50007, times=None)

    def add_member(self, server: Server, name: str, *roles: RoleHandle) -> Person:
        """Let a new account join the server."""
        return server.join(self.env.create_user(name), *roles)

    @asynccontextmanager
    async def speaking(self, language: str) -> AsyncGenerator[None]:
        """Let every interaction come from a Discord client in that language or locale (SimCord's are always en-US)."""
        with self.delivering(lambda payload: [{**payload, "locale": LOCALES.get(language, language)}]):
            yield

    @contextmanager
    def delivering(self, change: Callable[[Interaction], list[Interaction]]) -> Generator[None]:
        """Let Discord deliver what ``change`` makes of each interaction, in that order."""
        backend = cast(Any, self.env.backend)
        emit = backend.emit

        def emit_changed(event: str, payload: Interaction, *args: Any, **kwargs: Any) -> Any:
            if event != "INTERACTION_CREATE":
                return emit(event, payload, *args, **kwargs)
            return [emit(event, changed, *args, **kwargs) for changed in change(payload)][-1]

        backend.emit = emit_changed
        try:
            yield
        finally:
            backend.emit = emit


def twice(payload: Interaction) -> list[Interaction]:
    """Let an interaction be delivered twice, as Discord may do (see ``World.delivering``)."""
    return [payload, payload]


def new_bot(settings: Settings) -> Focalbot:
    bot = create_bot(settings)
    # Each sweep costs a step of SimCord's clock: rarer ones make long journeys short.
    bot.outbox.sweep = timedelta(hours=1)
    bot.heartbeat = None
    return bot


def build_server(env: PatientEnv, name: str) -> Server:
    guild = env.create_guild(name)
    secretariat_role = guild.create_role("Secretariat")
    member_role = guild.create_role("Focal Point", mentionable=True)
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    ours = {"Secretariat", "Focal Point", "Managers", "@everyone"}
    bot_role = next(role for role in guild.roles.values() if role.name not in ours)
    hidden = discord.PermissionOverwrite(view_channel=False)
    shown = discord.PermissionOverwrite(view_channel=True, send_messages=True)
    private: Overwrites = {guild.default_role: hidden, secretariat_role: shown, bot_role: shown}
    channels = {
        "general": guild.create_text_channel("general"),
        "announcements": guild.create_text_channel("announcements"),
        "members": guild.create_text_channel("members", overwrites={**private, member_role: shown}),
        "secretariat": guild.create_text_channel("secretariat", overwrites=private),
    }

    def person(account: str, *roles: RoleHandle) -> Person:
        return joined(guild, env.create_user(f"{account} of {name}"), *roles)

    return Server(
        guild=guild,
        channels=channels,
        secretariat_role=secretariat_role,
        member_role=member_role,
        manager=person("manager", managers),
        secretariat=person("secretariat", secretariat_role),
        guest=person("guest"),
    )


@asynccontextmanager
async def running_world(path: Path, *, seeded: bool = True, **options: Any) -> AsyncGenerator[World]:
    """Start the bot on the database at ``path`` with both networks set up, where ``seeded``; close it at the end.

    ``options`` are further settings.
    """
    settings = Settings(_env_file=None, database_path=path, **options)  # pyright: ignore[reportCallIssue]
    await put_empty(path)
    with apscheduler_follows_discord():
        bot = new_bot(settings)
        env = PatientEnv(bot)
        world = World(env, bot, settings)
        try:
            await env.start()
            if seeded:
                with env.time_context():
                    await world.seed()
            yield world
        finally:
            # discord.py forgets the code of what it unloads: the next test would read all rooms again, half a second.
            world.bot.unload_extension = _stay_loaded  # type: ignore[method-assign]
            await world.bot.close()
            await env.shutdown()
    faults = [error for error in env.errors_since(world.forgiven) if not _is_refusal(error)]
    if faults:
        raise BaseExceptionGroup("the bot raised errors that are faults of ours", faults)


async def _stay_loaded(name: str, *, package: str | None = None) -> None:
    """Leave the code of an extension where it is; its bot is closed for good."""


def _is_refusal(error: BaseException) -> bool:
    """Tell an answer to bad input, which commands raise, from a fault."""
    return isinstance(getattr(error, "original", error), UserError)


def card(result: InteractionResult) -> discord.Embed:
    """Return the one card of an answer."""
    response = result.response
    assert response is not None, "there was no answer"
    assert result.ephemeral, "the answer was not private"
    (embed,) = response.embeds
    return embed


def said(result: InteractionResult) -> str:
    """Return the text of a private answer, with what its cards say."""
    messages = [m for m in (result.response, *result.followups) if m is not None]
    assert messages, "there was no answer"
    assert all(m.ephemeral for m in messages), "the answer was not private"
    return as_shown("\n".join(text for m in messages for text in (m.content, *map(embed_text, m.embeds))))


def as_shown(text: str) -> str:
    """Return a text with the commands that can be clicked in it as a reader sees them: by their names."""
    return re.sub(r"</([\w ]+):\d+>", r"`/\1`", text)


def labels(message: discord.Message) -> list[str | None]:
    """Return what the buttons under a message are called."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [part.label for row in rows for part in row.children if isinstance(part, discord.Button)]


def embed_text(embed: discord.Embed) -> str:
    """Return every word that a card shows."""
    parts = [embed.author.name, embed.title, embed.description, embed.footer.text]
    parts += [text for f in embed.fields for text in (f.name, f.value)]
    return "\n".join(part for part in parts if part)
