import asyncio
import logging
import secrets
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.delivery.channel_history import messages_after
from bot.delivery.channels import answered_in_time
from bot.delivery.outcome import TRANSPORT
from bot.identify import network_reader
from bot.services import Services
from bot.takeover.claims import Claim, claim_in, claiming, sentence
from bot.takeover.lost_messages import LostMessages
from storage.takeover.generation import Generation, GenerationRepository

_log: Final = logging.getLogger("bot.takeover")

EARLIER: Final = timedelta(minutes=10)
"""How long before the last certain check claims are looked for at the start: clocks of two machines differ."""
NEVER_CHECKED: Final = timedelta(days=30)
"""How far back claims are looked for by a file that has not noted any check yet: none of its bots got as far."""
SHOWN_ANEW: Final = timedelta(days=30)
"""The messages in channels, of these last days before the copy was made, that a copy shows anew."""
SHOWN_ANEW_DIRECTLY: Final = timedelta(days=1)
"""The same of messages to single people."""
_HOLDER_BYTES: Final = 8


class SupersededError(Exception):
    """Another copy of the database has taken over, as generation ``number``: this bot must not go on."""

    def __init__(self, number: int) -> None:
        super().__init__(f"generation {number}")
        self.number = number


class ConsentNeededError(Exception):
    """A copy is to take over, and no channel can keep any other bot of this database from going on."""


class Fence:
    """Knows whether this process is the one that may send and answer.

    Discord has no compare-and-swap: between two checks, two processes may both send. Equal rows have equal nonces
    then, which Discord stores once.
    """

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services
        self._file = GenerationRepository(services.database)
        self._present: Generation | None = None
        self._read_to: dict[int, int] = {}
        self._one_at_a_time = asyncio.Lock()
        self.checked_at: datetime | None = None
        """When it was last certain that no other copy had taken over."""
        self.superseded_by: int | None = None
        """The generation that has taken over from this process; None: none."""

    async def begin(self, *, forced: bool = False) -> None:
        """Take over where the file is a copy, and make sure that no other copy has; before anything else is sent.

        With ``forced``, a copy takes over although no channel can hold its claim. Raises SupersededError,
        ConsentNeededError, and what Discord raises when it cannot be reached.
        """
        self._present = await self._file.read()
        if self._present.is_owed:
            await self._take_over(self._present, await self._highest(), forced=forced)
        await self._check()

    async def holds(self, within: timedelta = timedelta()) -> bool:
        """Tell whether this process may go on, as checked ``within`` that time before now or else at present.

        Where Discord cannot be asked, it may: what cannot be read cannot be written either.
        """
        now = self._services.clock.now()
        if self.superseded_by is None and (self.checked_at is None or now - self.checked_at > within):
            try:
                await self._check()
            except SupersededError as error:
                self.superseded_by = error.number
            except TRANSPORT as error:
                _log.warning("whether another copy of the database has taken over cannot be read: %r", error)
        return self.superseded_by is None

    async def _check(self) -> None:
        async with self._one_at_a_time:
            present = self._file_state()
            highest = await self._highest()
            if highest is not None and _supersedes(highest, present):
                raise SupersededError(highest.number)
            await self._keep_claims(present)
            self.checked_at = self._services.clock.now()

    def _file_state(self) -> Generation:
        if self._present is None:
            raise LookupError("the generation is read at the start")
        return self._present

    # Reading

    async def _highest(self) -> Claim | None:
        """Return the claim that comes first of those that were posted since this process last looked."""
        present = self._file_state()
        channels = {channel for channel in (await self._file.channels()).values() if channel is not None}
        found: list[Claim] = []
        read_to: dict[int, int] = {}
        for channel_id in sorted(channels | set(present.claims)):
            try:
                claims, read_to[channel_id] = await self._claims_in(channel_id, present)
                found += claims
            except (discord.Forbidden, discord.NotFound) as error:
                _log.warning("the secretariat's channel %d cannot be read: %s", channel_id, error)
        # Only now: where one channel cannot be asked, what another holds is read again with it.
        self._read_to |= read_to
        return max(found, key=lambda claim: claim.rank, default=None)

    async def _claims_in(self, channel_id: int, present: Generation) -> tuple[list[Claim], int]:
        """Return the claims that a channel holds since it was last read, and the id of its newest message."""
        ours = self._client.user.id if self._client.user is not None else 0
        after = self._read_to.get(channel_id) or self._start_of(present)
        found: list[Claim] = []
        async with answered_in_time():
            async for message_id, payload in messages_after(self._client, channel_id, after):
                after = max(after, message_id)
                if (claim := claim_in(payload, ours)) is not None:
                    found.append(claim)
        return found, after

    def _start_of(self, present: Generation) -> int:
        """Return an id older than any claim that this file may not know of."""
        # When the copy was made says nothing of a claim before: the file that it is of may never have looked.
        known = present.checked_at or self._services.clock.now() - NEVER_CHECKED
        if present.is_owed and present.copied_at is not None:
            known = min(known, present.copied_at)
        return discord.utils.time_snowflake(known - EARLIER)

    # Taking over

    async def _take_over(self, present: Generation, highest: Claim | None, *, forced: bool) -> None:
        number = max(present.number, highest.number if highest is not None else 0) + 1
        holder = secrets.token_hex(_HOLDER_BYTES)
        channels = await self._file.channels()
        claims: dict[int, int] = {}
        for guild_id, channel_id in channels.items():
            if channel_id is not None:
                message_id = await self._post(guild_id, channel_id, number, holder)
                if message_id is not None:
                    claims[channel_id] = message_id
        if channels and not claims and not forced:
            raise ConsentNeededError
        now = self._services.clock.now()
        copied_at = present.copied_at or now
        async with self._services.transaction() as tx:
            await self._file.taken_over(tx, number, holder, claims)
            await self._file.render_anew(tx, copied_at - SHOWN_ANEW, copied_at - SHOWN_ANEW_DIRECTLY)
            for guild_id in channels:
                await LostMessages.owe(self._services, tx, guild_id, present.copied_at, now)
        self._present = await self._file.read()
        _log.warning("this database is a copy: it has taken over as generation %d", number)

    async def _post(self, guild_id: int, channel_id: int, number: int, holder: str) -> int | None:
        """Say in a channel that this generation has taken over; return the message's id, None where it may not."""
        network = await self._services.settings.network(guild_id)
        reader = network_reader(self._services, network)
        place = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        said = sentence(self._file_state().copied_at, self._services.clock.now(), reader)
        try:
            async with answered_in_time():
                message = await place.send(said, view=claiming(number, holder, reader))
        except (discord.Forbidden, discord.NotFound) as error:
            _log.warning("the take-over cannot be posted in the secretariat's channel %d: %s", channel_id, error)
            return None
        return message.id

    async def _keep_claims(self, present: Generation) -> None:
        """Post again what somebody has deleted: without it, an older copy that starts would go on."""
        gone: list[int] = []
        for channel_id, message_id in present.claims.items():
            try:
                async with answered_in_time():
                    await self._client.http.get_message(channel_id, message_id)
            except discord.NotFound:
                gone.append(channel_id)
            except discord.Forbidden:
                pass
        if not gone:
            return
        guilds = {channel: guild for guild, channel in (await self._file.channels()).items()}
        claims = {channel: message for channel, message in present.claims.items() if channel not in gone}
        for channel_id in set(gone) & set(guilds):
            posted = await self._post(guilds[channel_id] or 0, channel_id, present.number, present.holder)
            if posted is not None:
                claims[channel_id] = posted
        async with self._services.transaction() as tx:
            await self._file.claim_moved(tx, claims)
        self._present = await self._file.read()


def _supersedes(claim: Claim, present: Generation) -> bool:
    if claim.holder == present.holder:
        return False
    ours = [Claim(present.number, present.holder, message_id) for message_id in present.claims.values()]
    # A file that no message speaks for yields to any claim of its generation.
    first = max((own.rank for own in ours), default=(present.number, -(1 << 63)))
    return claim.rank > first
