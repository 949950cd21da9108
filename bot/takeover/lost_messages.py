"""What a copy of the database does not know: the span of time that is lost, and our messages of that time."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, cast

import discord

from bot.delivery.channels import EARLIER
from bot.delivery.own_messages import own_messages
from bot.outbox import SECRETARIAT, Message, RecordlessSubject, Standing
from bot.outbox.reference import nonce_of
from bot.services import Services
from bot.texts import Reader, Text, nt, t
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState
from storage.takeover.generation import GenerationRepository

LISTED_AFTER: Final = timedelta(minutes=4)
"""After a take-over: by then, what the copy owes itself has been looked for and is in its books."""
_SETTLED_LATER: Final = timedelta(days=1)
"""Some rows keep the day on which they were settled, and no hour."""
_KIND: Final = "lost"
_SHOWN: Final = 20
_CALLED_NOT_SENT: Final = frozenset(
    {OutboxState.NOT_OWED, OutboxState.MISSED, OutboxState.FAILED, OutboxState.CANCELLED}
)
"""What the books call not sent is named too, if it is there: the lost file has sent it."""


class LostMessages(RecordlessSubject):
    """Names the messages of the bot in the network's channels that its database, a copy, does not know."""

    name: ClassVar[str] = "copy"

    def __init__(self, services: Services, client: discord.Client) -> None:
        self._services = services
        self._client = client
        self._file = GenerationRepository(services.database)

    @classmethod
    async def owe(
        cls, services: Services, tx: Transaction, guild_id: int, lost_from: datetime | None, until: datetime
    ) -> None:
        """Owe a network the list, in a few minutes. ``lost_from`` None: how old the copy is is not known."""
        span = {"from": int(lost_from.timestamp()) if lost_from else None, "until": int(until.timestamp())}
        await services.outbox.plan_now(tx, guild_id, cls.name, 0, _KIND, SECRETARIAT, delay=LISTED_AFTER, payload=span)

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - it is owed until it is sent
        """It is owed until it is sent."""
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the message in lists, with the span of time that is lost."""
        lost_from, until = _span(row)
        if lost_from is None:
            return t("To the secretariat: the bot runs on a copy of its database")
        return t("To the secretariat: what was entered from {start} to {end} is lost", start=lost_from, end=until)

    async def prepare(self, row: OutboxRow) -> None:
        """Look through the network's channels for messages of ours that the database does not know."""
        lost_from, _ = _span(row)
        if "unknown" in row.payload or lost_from is None:
            return
        # What was settled earlier was sent earlier still. A network of ten years has thousands of such rows.
        rows = await self._file.settled_since(row.guild_id, lost_from - EARLIER - _SETTLED_LATER)
        known = {nonce_of(one, self._services.outbox.salt) for one in rows if one.state not in _CALLED_NOT_SENT}
        booked = {one.message_id for one in rows}
        unknown = [
            (one.channel_id, one.message_id)
            async for one in own_messages(self._client, row.guild_id, lost_from - EARLIER)
            if one.reference not in known and one.message_id not in booked
        ]
        async with self._services.transaction() as tx:
            await self._file.annotate(tx, row, {**row.payload, "unknown": unknown})

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say what is lost, and list the messages with links."""
        lost_from, until = _span(row)
        unknown = cast(Sequence[tuple[int, int]], row.payload.get("unknown", ()))
        if lost_from is None:
            return Message(
                reader.say(t("The bot runs on a copy of its database. How old the copy is cannot be determined."))
            )
        span: dict[str, object] = {"start": reader.stamp(lost_from), "end": reader.stamp(until)}
        alone = t(
            "What the bot said to single people in that time cannot be listed: people who answered, registered or"
            " voted then should check it."
        )
        if not unknown:
            said = t("The bot has found no message of its own from the time that was lost ({start} to {end}).", **span)
            return Message(f"{reader.say(said)} {reader.say(alone)}")
        said = nt(
            "{count} message of the bot is from the time that was lost ({start} to {end}). Its buttons no longer work:"
            " please delete it, and enter again what it announced.",
            "{count} messages of the bot are from the time that was lost ({start} to {end}). Their buttons no longer"
            " work: please delete them, and enter again what they announced.",
            len(unknown),
            **span,
        )
        links = [f"https://discord.com/channels/{row.guild_id}/{channel}/{message}" for channel, message in unknown]
        lines = [f"• {link}" for link in links[:_SHOWN]]
        files: list[discord.File] = []
        if (more := len(unknown) - _SHOWN) > 0:
            lines.append(reader.say(nt("… and {count} more in the file", "… and {count} more in the file", more)))
            files.append(discord.File(io.BytesIO("\n".join(links).encode()), "messages.txt"))
        card = discord.Embed(description="\n".join(lines), colour=discord.Colour.orange())
        return Message(f"{reader.say(said)} {reader.say(alone)}", card, files=files)


def _span(row: OutboxRow) -> tuple[datetime | None, datetime]:
    lost_from = cast(int | None, row.payload["from"])
    until = datetime.fromtimestamp(cast(int, row.payload["until"]), UTC)
    return (datetime.fromtimestamp(lost_from, UTC) if lost_from is not None else None, until)
