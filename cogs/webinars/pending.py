"""What webinars ask of a person."""

from collections.abc import Sequence

from bot.pending import Awaited, Delegate
from bot.services import Services
from bot.texts import Reader, t
from cogs.webinars.buttons import ShowButton


class PendingWebinars:
    """Whether the person attends each webinar that has not begun."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each webinar that the person has not answered."""
        services, account_id, now = self._services, delegate.person.account_id, self._services.clock.now()
        found: list[Awaited] = []
        for webinar in await services.webinars.ahead(delegate.guild_id, now):
            if webinar.starts_at <= now:
                continue
            own = (
                await services.webinars.answer_of(delegate.guild_id, webinar.id, account_id)
                if account_id is not None
                else None
            )
            if own is None or own.reply is None:
                asked = t("Say whether you attend the webinar “{title}”.", title=webinar.title)
                custom_id = ShowButton.write(webinar.id)
                found.append(Awaited(reader.say(asked), custom_id, t("Webinar"), webinar.starts_at, webinar.timezone))
        return found
