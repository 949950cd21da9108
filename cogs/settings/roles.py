"""What ``/setup roles`` does. No role of its own: the command's work.

Another members' role takes the former one from those to whom the bot gave it: that is asked first.
"""

from collections.abc import Mapping
from typing import Final, cast

import discord

from bot.errors import UserError
from bot.texts import Markdown, nt, t
from bot.ui import Confirmation, Context
from cogs.settings.setup_check import role_problem, same_role
from cogs.settings.setup_shown import setup_of
from storage.models import Draft, Network

_ROLES: Final = "roles"
"""In a draft's payload: the ids of the roles named, by the network's field."""


def check_roles(guild: discord.Guild, network: Network, given: Mapping[str, discord.Role]) -> None:
    """Raise UserError where one of the roles cannot serve."""
    for role in given.values():
        problem = role_problem(guild, role)
        if problem is not None:
            raise UserError(problem)
    if same_role(network, given):
        raise UserError(t("Every member would be part of the secretariat: choose two different roles, one for each."))


async def holders_of_former(context: Context, member: discord.Role | None) -> int:
    """Return how many hold, from the bot, the role in whose place another one is named; 0 where none is."""
    former = context.network.member_role_id
    if member is None or former is None or member.id == former:
        return 0
    granted = await context.services.role_grants.granted(context.guild_id)
    return sum(grant.role_id == former for grant in granted)


async def ask_to_replace(context: Context, given: Mapping[str, discord.Role], holders: int) -> None:
    """Say who loses the former role and ask *Confirm*."""
    question = nt(
        "{count} person holds {former} from the bot: it is taken back, with whatever it opens on this server, and"
        " {role} is given to every current appointee.",
        "{count} people hold {former} from the bot: it is taken back, with whatever it opens on this server, and"
        " {role} is given to every current appointee.",
        holders,
        former=Markdown(f"<@&{context.network.member_role_id}>"),
        role=Markdown(given["member_role_id"].mention),
    )
    payload = {_ROLES: {field: role.id for field, role in given.items()}}
    await context.preview(ConfirmMemberRole.kind, payload, question, destroys=True)


class ConfirmMemberRole(Confirmation):
    """Another members' role, for those who hold the former one."""

    kind = "member_role_changes"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Name the roles; the bot gives and takes them when it compares."""
        services, guild = context.services, context.guild
        # The bot's first version kept the roles, and nothing else, as the payload itself.
        kept = cast(Mapping[str, int], draft.payload.get(_ROLES, draft.payload))
        chosen = {field: guild.get_role(role_id) for field, role_id in kept.items()}
        given = {field: role for field, role in chosen.items() if role is not None}
        if len(given) < len(chosen):
            raise UserError(t("That role was removed from the server in the meantime: choose another one."))
        check_roles(guild, context.network, given)
        async with context.write() as tx:
            await context.take(tx, draft)
            await services.settings.change_network(
                tx, context.guild_id, **{field: role.id for field, role in given.items()}
            )
        context.dispatch("seats_changed", context.guild_id)
        network = await services.settings.network(context.guild_id)
        await context.replace(embed=await setup_of(context, network))
