"""What a person is told above and below a private answer: notices that wait, and the one question about messages."""

import logging
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.outbox.types import person
from bot.services import Services
from bot.texts import Markdown, Reader, Text, t
from bot.ui import StoredButton, host_of, replace, stored_view
from storage.database import Transaction
from storage.models import DirectMessages, OutboxRow, OutboxState

_log: Final = logging.getLogger("bot.outbox")
_AT_ONCE: Final = 5
"""Notices that are shown above one answer; the others wait for the next."""


class WaitingNotices:
    """Shows each notice once, above its person's next private answer, and asks once about direct messages."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._asked: set[tuple[int, int]] = set()

    async def waiting(self, asker: Asker) -> tuple[discord.Embed | None, list[OutboxRow]]:
        """Return the card of what waits for the asker (None: nothing), and its rows for :meth:`mark_shown`."""
        outbox = self._services.outbox
        if asker.person is None or (asker.guild_id, person(asker.person.id)) not in outbox.noticed:
            return None, []
        rows = (await outbox.rows.notices(asker.guild_id, person(asker.person.id)))[:_AT_ONCE]
        lines = [line for row in rows if (line := await self._line(row, asker.reader)) is not None]
        if not lines:
            return None, rows
        card = discord.Embed(
            title=asker.reader.label(t("For your attention")),
            description="\n".join(f"• {line}" for line in lines)[:2000],
            colour=discord.Colour.blue(),
        )
        return card, rows

    async def mark_shown(self, asker: Asker, rows: list[OutboxRow]) -> None:
        """Write down that the notices were shown: no answer shows them again."""
        if asker.person is None or not rows:
            return
        target = person(asker.person.id)
        async with self._services.transaction() as tx:
            for row in rows:
                state: OutboxState = "sent" if await self._makes_sense(row) else "not_owed"
                await self._services.outbox.rows.noticed(tx, row, state)
            if not await self._services.outbox.rows.notices_left(tx, asker.guild_id, target):
                self._services.outbox.noticed.discard((asker.guild_id, target))

    async def ask_consent(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Ask a linked person, once, whether the bot may write to them directly."""
        key = (asker.guild_id, asker.account_id)
        if asker.person is None or asker.settings.direct_messages != "not_asked" or key in self._asked:
            return
        if interaction.guild_id is None:
            return  # The buttons would not know their network; the next answer in the server asks.
        self._asked.add(key)
        claimed = False

        async def claim(tx: Transaction) -> None:
            nonlocal claimed
            claimed = await self._services.settings.claim_question(tx, *key)

        await self._services.together.write(asker.account_id, claim)
        if not claimed:
            return
        reader = asker.reader
        text = t(
            "May the bot write to you directly? It would do so on working days between 08:00 and 20:00 your time;"
            " otherwise what you should know stands above your next answer here. {command} changes it at any time.",
            command=Markdown("`/settings reminders`"),
        )
        buttons = [
            ConsentButton("yes", label=reader.label(t("Yes, write to me")), style=discord.ButtonStyle.primary),
            ConsentButton("no", label=reader.label(t("No, never"))),
        ]
        await interaction.followup.send(
            reader.say(text),
            view=stored_view(buttons),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def _line(self, row: OutboxRow, reader: Reader) -> str | None:
        subject = self._services.outbox.subject(row.subject)
        if subject is None or not await self._makes_sense(row):
            return None
        try:
            return (await subject.message(row, reader)).sentence
        except Exception:  # noqa: BLE001 - a subject's fault must not cost the answer
            _log.exception("a notice could not be shown: row %d", row.id)
            return None

    async def _makes_sense(self, row: OutboxRow) -> bool:
        subject = self._services.outbox.subject(row.subject)
        standing = await subject.standing(row) if subject is not None else None
        if standing is None:
            return False
        now = self._services.clock.now()
        return all(end is None or now <= end for end in (standing.until, row.deadline))


class ConsentButton(StoredButton, template=r"consent:(?P<choice>yes|no)"):
    """The answer to whether the bot may write to the person directly."""

    level = Level.EVERYBODY

    def __init__(
        self, choice: str, *, label: str = "", style: discord.ButtonStyle = discord.ButtonStyle.secondary
    ) -> None:
        super().__init__(ui.Button[Any](custom_id=f"consent:{choice}", label=label, style=style))
        self.choice: DirectMessages = "yes" if choice == "yes" else "no"

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["choice"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Keep the choice and say what follows from it."""
        services = host_of(interaction).services
        async with services.transaction(asker.account_id) as tx:
            await services.settings.change_account(tx, asker.guild_id, asker.account_id, direct_messages=self.choice)
        await replace(interaction, asker.reader.say(what_follows(self.choice, asker.reader)))


def what_follows(choice: DirectMessages, reader: Reader) -> Text:
    """Say what follows from somebody's answer to whether the bot may write to them directly."""
    if choice == "yes":
        return t(
            "The bot may now write to you directly, on working days between 08:00 and 20:00, {place} time; {command}"
            " changes the place.",
            place=reader.place(reader.zone),
            command=Markdown("`/settings timezone`"),
        )
    return t("The bot will not write to you directly: what you should know stands above your next answer here.")
