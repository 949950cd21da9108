"""The demo while it runs: the clock that follows the machine's, journeys in time, and what people see."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

from discord.ext import commands
from simcord.actors import MemberActor
from simcord.backend.access import channel_accessible
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env

from bot.demo.apscheduler_clock import machine_now
from bot.demo.mailbox import KeptMail, Mailbox
from bot.demo.previews import LivePreview, Previews, ViewerSettings
from bot.demo.saved import Saved, save, state_of
from bot.demo.tour import Step, StepsOf
from bot.demo.world import Account, World
from bot.languages import DEFINITIONS

LOGGER: Final = logging.getLogger(__name__)
LOCALES: Final = {code: defined.discord_locale for code, defined in DEFINITIONS.items()}
PERSONAL: Final = "direct"
MAIL: Final = "mail"
CARD: Final = "Focal point card"
"""The command in the menu on a person."""
_SETTLE_SECONDS: Final = 5.0
_JOURNEY_SECONDS: Final = 60.0
_PULSE_SECONDS: Final = 1.0
_WAKE_UPS: Final = 20
"""How many times the bot may wake and say nothing before a journey to its next reminder ends."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that the bot sent on a journey; ``user_id`` is the person it is for, None: it is in a channel."""

    place: str
    message_id: int
    said: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mails:
    """The e-mails that have arrived, and at which address each person of the demo reads them ("": at none)."""

    box: Mailbox
    address_of: Callable[[Account], Awaitable[str]]

    async def of(self, account: Account) -> list[KeptMail] | None:
        """Return what has arrived for a person, the newest first; None where the bot writes them no e-mails."""
        address = await self.address_of(account)
        return self.box.of(address) if address else None


class RunningDemo:
    """The world in motion. Whatever moves it holds ``lock``, so that no click is lost."""

    def __init__(
        self,
        env: Env,
        saved: Saved,
        path: Path,
        port: int,
        next_reminder: Callable[[], datetime | None],
        steps_of: StepsOf,
        mails: Mails,
    ) -> None:
        self.env = env
        self.world: World = saved.world
        self.lock = asyncio.Lock()
        self.ahead = saved.ahead
        self.locales = saved.locales
        self.arrived = saved.arrived
        self.previews = Previews(env)
        self.next_reminder = next_reminder
        self._steps_of = steps_of
        self.mails = mails
        self._path = path
        self._port = port
        self._news = asyncio.Event()
        self._give_locales()

    @property
    def bot(self) -> commands.Bot:
        """The bot that the demo runs."""
        return cast(commands.Bot, self.env.bot)

    def now(self) -> datetime:
        """Return the bot's present, which may be ahead of the machine's."""
        return self.env.now()

    async def open(self) -> None:
        """Open the channels of the server."""
        guild = GuildHandle(self.env, self.env.backend.guilds[self.world.guild_id])
        members = tuple(self._member(account.user_id) for account in self.world.accounts)
        for name, channel_id in self.world.channels.items():
            channel = ChannelHandle(self.env, guild, self.env.backend.channels[channel_id])
            await self._open(name, channel, members)

    async def preview(self, place: str, user_id: int) -> LivePreview:
        """Return the preview of a place: a channel's name, or ``direct`` for the person's direct messages.

        Raises KeyError for a place or a person that the demo does not have.
        """
        self.world.account(user_id)
        if place != PERSONAL:
            return self.previews.open[place]
        key = f"{PERSONAL}.{user_id}"
        async with self.lock:
            if key not in self.previews.open:
                user = UserHandle(self.env, self.env.backend.users[user_id])
                await self._open(key, user.dm_channel, (user,))
        return self.previews.open[key]

    async def _open(self, key: str, channel: ChannelHandle, viewers: tuple[Any, ...]) -> None:
        preview = LivePreview(
            self.env, channel, viewers, port=self._port, lock=self.lock, eyes=self._settings_of, acted=self._news.set
        )
        await self.previews.add(key, preview)

    def _settings_of(self, user_id: int) -> ViewerSettings:
        return ViewerSettings(self.world.account(user_id).zone, self.locale(user_id))

    def locale(self, user_id: int) -> str:
        """Return the language that a person's Discord is set to, as Discord writes it."""
        return self.locales.get(user_id, LOCALES["en"])

    async def newest(self, user_id: int) -> dict[str, int | None]:
        """Return, for each place, the id of the newest message that the person sees there.

        0 where the place is empty, None where the person may not look.
        """
        backend = self.env.backend
        mails = await self.mails.of(self.world.account(user_id))
        places: dict[str, int | None] = {MAIL: None if mails is None else max((m.number for m in mails), default=0)}
        channels = {**self.world.channels, PERSONAL: backend.dm_channels.get(user_id, 0)}
        for place, channel_id in channels.items():
            if place != PERSONAL and not channel_accessible(backend, channel_id, user_id, history=True):
                places[place] = None
                continue
            messages = backend.messages.get(channel_id, {}).values()
            places[place] = max((m.id for m in messages if m.visible_to(user_id)), default=0)
        return places

    def steps(self, user_id: int) -> list[Step]:
        """Return the steps of the tour for a person, and which of them are done."""
        account, has_arrived = self.world.account(user_id), user_id in self.arrived
        return self._steps_of(self.env.backend, self.world, account, has_arrived=has_arrived)

    async def travel(self, distance: timedelta) -> None:
        """Move the bot's clock ahead by ``distance``; all that falls due on the way happens."""
        async with self.lock:
            await self._advance(distance)
            self.ahead = self.now() - machine_now()
            await self._show()

    async def travel_to_reminder(self) -> list[Arrival]:
        """Move the bot's clock on until the bot has sent something that it owed, and return what; empty: nothing yet.

        It may wake for something else, or find that a reminder is not needed any more: then on to its next one.
        """
        known, newest_mail = self._sent().keys(), self.mails.box.newest
        arrived: list[Arrival] = []
        for _ in range(_WAKE_UPS):
            reminder = self.next_reminder()
            if reminder is None:
                break
            await self.travel(reminder - self.now() + timedelta(seconds=1))
            arrived = [sent for message_id, sent in self._sent().items() if message_id not in known]
            arrived += await self._mailed(newest_mail)
            if arrived:
                break
        self.arrived |= {account.user_id for account in self.world.accounts if self._is_for(arrived, account.user_id)}
        return arrived

    async def show_card(self, user_id: int, person_id: int, place: str) -> None:
        """Let a person use *Focal point card* on another one, in a channel. KeyError where the demo has no such."""
        asker, shown = self._member(user_id), self._member(person_id)
        channel = ChannelHandle(self.env, asker.guild, self.env.backend.channels[self.world.channels[place]])
        async with self.lock:
            await asker.context_menu(channel, CARD, shown)
            # An answer to what the page itself did not send is published by nobody else.
            await self.previews.refresh()
            await self._show()

    def _member(self, user_id: int) -> MemberActor:
        self.world.account(user_id)
        guild = GuildHandle(self.env, self.env.backend.guilds[self.world.guild_id])
        return MemberActor(self.env, guild, UserHandle(self.env, self.env.backend.users[user_id]))

    def _sent(self) -> dict[int, Arrival]:
        """Return the messages that the bot has sent to channels and people, by their ids."""
        backend = self.env.backend
        places = {channel_id: (place, None) for place, channel_id in self.world.channels.items()}
        places |= {channel_id: (PERSONAL, user_id) for user_id, channel_id in backend.dm_channels.items()}
        return {
            message.id: Arrival(place, message.id, message.content, user_id)
            for channel_id, (place, user_id) in places.items()
            for message in backend.messages.get(channel_id, {}).values()
            if message.author_id == backend.bot_user.id and not message.is_ephemeral
        }

    async def _mailed(self, since: int) -> list[Arrival]:
        """Return the e-mails that have arrived since the one with that number, as arrivals."""
        mails = self.mails.box.since(since)
        if not mails:
            return []
        whose = {await self.mails.address_of(account): account.user_id for account in self.world.accounts}
        return [
            Arrival(MAIL, mail.number, str(mail.message["Subject"]), whose[mail.address])
            for mail in mails
            if mail.address in whose
        ]

    def _is_for(self, arrived: list[Arrival], user_id: int) -> bool:
        backend, channels = self.env.backend, self.world.channels
        return any(
            sent.user_id == user_id
            if sent.place in (PERSONAL, MAIL)
            else channel_accessible(backend, channels[sent.place], user_id, history=True)
            for sent in arrived
        )

    async def run(self) -> None:
        """Keep the bot's clock beside the machine's, and show what the bot does, until cancelled."""
        while True:
            async with self.lock:
                # On a busy machine the bot may take longer: what was not shown is shown next time.
                with suppress(TimeoutError):
                    await self._advance(machine_now() + self.ahead - self.now())
                    await self._show()
            # Not asyncio.wait_for: Python 3.11's can swallow a cancellation.
            alarm = asyncio.get_running_loop().call_later(_PULSE_SECONDS, self._news.set)
            await self._news.wait()
            alarm.cancel()
            self._news.clear()

    def save(self) -> None:
        """Write the world to disk."""
        state = state_of(self.env.backend)
        mails = self.mails.box.kept
        save(self._path, Saved(self.world, state, self.ahead, self.locales, self.arrived, mails))

    async def _advance(self, distance: timedelta) -> None:
        seconds = distance.total_seconds()
        if seconds <= 0:
            return
        self.env.settle_timeout = _JOURNEY_SECONDS if seconds > _JOURNEY_SECONDS else _SETTLE_SECONDS
        try:
            await self.env.advance_time(seconds)
        except TimeoutError:
            LOGGER.warning("The bot was still busy after %s s at %s.", self.env.settle_timeout, self.now())
            raise
        finally:
            self.env.settle_timeout = _SETTLE_SECONDS

    async def _show(self) -> None:
        transcript = self.env.backend.transcript
        if not transcript:
            return
        shown = len(transcript)
        if any(_is_visible(kind, name) for kind, name, _ in transcript):
            await self.previews.refresh()
        del transcript[:shown]
        self.env.backend.http_requests.clear()
        self.save()

    def _give_locales(self) -> None:
        emit = self.env.backend.emit

        def emit_in_language(event: str, payload: Mapping[str, Any]) -> None:
            if event == "INTERACTION_CREATE":
                user = payload.get("user") or payload["member"]["user"]
                payload = {**payload, "locale": self.locale(int(user["id"]))}
            emit(event, payload)

        self.env.backend.emit = emit_in_language


def _is_visible(kind: str, name: str) -> bool:
    if kind == "GATEWAY":
        return name != "INTERACTION_CREATE"
    return not name.startswith("GET ") and not name.endswith("/callback")
