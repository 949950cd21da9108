"""What the secretariat should look at in silence procedures."""

from collections.abc import Sequence

from bot.attention import Attention, Source, Urgency
from bot.services import Services
from bot.texts import Reader, nt, t
from cogs.decisions.buttons import ShowDecisionButton
from cogs.decisions.rules import unreached


def decisions_to_look_at(services: Services) -> Source:
    """Return what says whom open procedures have not reached, and which wait for an extension."""

    async def lines(guild_id: int, reader: Reader) -> Sequence[Attention]:
        found: list[Attention] = []
        for decision in await services.decisions.decisions(guild_id, ("open", "unreached")):
            missing = unreached(await services.decisions.seats(guild_id, decision.id), decision.expires_at)
            if missing:
                said = nt(
                    "“{title}”: the proposal has not reached {count} delegation.",
                    "“{title}”: the proposal has not reached {count} delegations.",
                    len(missing),
                    title=decision.title,
                )
                urgency = Urgency.DECIDE if decision.state == "unreached" else Urgency.CHASE
                button = ShowDecisionButton.write(decision.id)
                found.append(Attention(urgency, reader.say(said), button, t("Show")))
        return found

    return lines
