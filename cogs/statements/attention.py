"""What the secretariat should look at in statements: those that have closed. Never who has not joined."""

from collections.abc import Sequence

from bot.attention import Attention, Source, Urgency
from bot.services import Services
from bot.texts import Reader, nt, t
from cogs.statements.buttons import ShowButton


def statements_to_look_at(services: Services) -> Source:
    """Return what names the statements that have closed and wait to be delivered, with how many have joined."""

    async def lines(guild_id: int, reader: Reader) -> Sequence[Attention]:
        found: list[Attention] = []
        for statement in await services.statements.statements(guild_id, ("closed",)):
            said = nt(
                "“{title}” is closed and not yet delivered: {count} delegation has joined.",
                "“{title}” is closed and not yet delivered: {count} delegations have joined.",
                statement.joined,
                title=statement.title,
            )
            button = ShowButton.write(guild_id, statement.id)
            found.append(Attention(Urgency.DECIDE, reader.say(said), button, t("Statement")))
        return found

    return lines
