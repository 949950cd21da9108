"""What stands in every preview: where a message goes, how it begins, and *Send test to me*."""

from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.outbox.types import PEOPLE, Request, account
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, StoredButton, answer, host_of
from storage.models import Draft, Network


class Shown(Confirmation):
    """A confirmation after which a message goes out: whoever is about to confirm can have it as a test before."""

    def message(self, draft: Draft) -> Request:
        """Return the message that goes out; its test reads as the public one will, unless it goes to people."""
        raise NotImplementedError(type(self).__name__)


class TestButton(StoredButton, template=r"outbox-test:(?P<draft_id>\d+)"):
    """*Send test to me*: the real message, directly to whoever is about to send it."""

    __test__ = False  # pytest takes it for a test otherwise
    level = Level.SECRETARIAT

    def __init__(self, draft_id: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"outbox-test:{draft_id}", label=label))
        self.draft_id = draft_id

    @classmethod
    def of(cls, draft_id: int, asker: Asker) -> Self:
        """Make the button of the preview that the draft keeps."""
        return cls(draft_id, asker.reader.label(t("Send test to me")))

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["draft_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Owe the asker the message at once; the preview stays as it is."""
        services = host_of(interaction).services
        draft = await services.settings.draft(asker.guild_id, asker.account_id, self.draft_id, services.clock.now())
        shown = Confirmation.of(draft.kind) if draft is not None else None
        if draft is None or not isinstance(shown, Shown):
            raise NotFoundError(
                t("This was done already, or it lay unconfirmed for more than a day: please start again.")
            )
        asker.require(shown.level)
        request = shown.message(draft)
        payload = {**(request.payload or {}), "public": request.target != PEOPLE}
        async with services.transaction(asker.account_id) as tx:
            row_id = await services.outbox.plan_now(
                tx,
                asker.guild_id,
                request.subject,
                request.subject_id,
                request.kind,
                account(asker.account_id),
                payload=payload,
            )
            await tx.audit(asker.guild_id, "test", "outbox", row_id)
        await answer(interaction, asker.reader.say(t("A test is on its way to your direct messages.")))


def announced_where(network: Network) -> Text:
    """Say where an announcement goes and whom it calls."""
    if network.announcements_channel_id is None:
        return t(
            "Nothing will be announced, because no channel is set for announcements: whoever manages the server names"
            " one with {command}. This is what it would say:",
            command=Markdown("`/setup channels`"),
        )
    channel = Markdown(f"<#{network.announcements_channel_id}>")
    if network.member_role_id is None:
        return t("One message goes to {channel} and calls nobody:", channel=channel)
    role = Markdown(f"<@&{network.member_role_id}>")
    return t("One message goes to {channel} and calls {role}:", channel=channel, role=role)


def quoted(sentence: str) -> str:
    """Set a sentence apart as the beginning of the message that is shown before it is sent."""
    return "\n".join(f"> {line}" for line in sentence.splitlines())
