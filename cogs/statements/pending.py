"""What statements ask of a delegation."""

from collections.abc import Sequence

from bot.audience import seats_today
from bot.names.delegation_names import called
from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Listing, Reader, t
from cogs.statements import rules
from cogs.statements.joining.buttons import JoinButton
from cogs.statements.sentences import JOIN
from storage.statements.models import Statement


class PendingStatements:
    """The open statements that a delegation can join and has not: shown to its own people alone, who owe nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each statement that a delegation of the person can still join."""
        statements, now = self._services.statements, self._services.clock.now()
        guild_id, found = delegate.guild_id, list[Awaited]()
        may = rules.joinable(delegate.posts)
        for statement in await statements.statements(guild_id, ("open",)):
            if statement.closes_at <= now:
                continue
            joined = {one.delegation_id for one in await statements.joinings(guild_id, statement.id)}
            seats = rules.invited(statement, await seats_today(self._services, guild_id))
            ids = (may & {seat.delegation.id for seat in seats}) - joined
            names = [called(one, reader.language) for one in in_order(delegate.delegations, reader) if one.id in ids]
            if names:
                found.append(_line(statement, names, reader))
        return found


def _line(statement: Statement, names: Sequence[str], reader: Reader) -> Awaited:
    said = t("{delegations} can join the statement “{title}”.", delegations=Listing(names), title=statement.title)
    custom_id = JoinButton.write(statement.guild_id, statement.id, statement.version)
    return Awaited(reader.say(said), custom_id, JOIN, statement.closes_at, statement.timezone, is_optional=True)
