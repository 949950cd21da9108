"""What the secretariat should look at about seats: what waits for its decision, terms that end, vacant seats."""

from collections.abc import Sequence
from typing import Final

from bot.attention import Attention, Urgency
from bot.audience import seats_today
from bot.names.delegation_names import called, in_order
from bot.services import Services
from bot.texts import Markdown, Reader, Text, nt, t
from bot.ui.embed_limits import listed
from cogs.members.claims.buttons import WaitingClaimsButton
from cogs.members.nominations.buttons import WaitingNominationsButton
from cogs.members.overview.rules import ENDS_WITHIN, Concern, concerns

_OVERVIEW: Final = "do:member overview"
"""The button that does what ``/member overview`` does."""
_NAMES: Final = 200
"""Characters of names in a line."""


class MembersAttention:
    """A line for each of these that there is."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, guild_id: int, reader: Reader) -> Sequence[Attention]:
        """Return the lines."""
        services = self._services
        claims = nt(
            "{count} account waits for you to confirm whose it is.",
            "{count} accounts wait for you to confirm whose they are.",
            len(await services.claims.waiting(guild_id)),
        )
        nominations = nt(
            "{count} nomination waits for you.",
            "{count} nominations wait for you.",
            len(await services.nominations.waiting(guild_id)),
        )
        today = services.today(await services.settings.network(guild_id))
        found = concerns(in_order(await seats_today(services, guild_id), reader.language), {}, today)
        ending, vacant = _ending(found, reader), _vacant(found, reader)
        lines: list[tuple[Urgency, Text, str, Text]] = [
            (Urgency.DECIDE, claims, WaitingClaimsButton.write(), t("Accounts")),
            (Urgency.DECIDE, nominations, WaitingNominationsButton.write(), t("Nominations")),
            (Urgency.SEATS, ending, _OVERVIEW, t("Seats")),
            (Urgency.SEATS, vacant, _OVERVIEW, t("Seats")),
        ]
        return [
            Attention(urgency, reader.say(text), custom_id, label)
            for urgency, text, custom_id, label in lines
            if text.count
        ]


def _ending(found: Sequence[Concern], reader: Reader) -> Text:
    ending = [concern for concern in found if concern.finding == "ending"]
    named = [
        f"{called(concern.delegation, reader.language)} ({reader.day(concern.since)})"
        for concern in sorted(ending, key=lambda one: str(one.since))
        if concern.since is not None
    ]
    return nt(
        "{count} term ends within {days} days: {names}.",
        "{count} terms end within {days} days: {names}.",
        len(ending),
        days=ENDS_WITHIN.days,
        names=Markdown(listed(named, reader, _NAMES)),
    )


def _vacant(found: Sequence[Concern], reader: Reader) -> Text:
    vacant = [called(concern.delegation, reader.language) for concern in found if concern.finding == "vacant"]
    return nt(
        "{count} seat is vacant: {names}.",
        "{count} seats are vacant: {names}.",
        len(vacant),
        names=Markdown(listed(vacant, reader, _NAMES)),
    )
