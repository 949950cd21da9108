"""``/member name``: the secretariat's own name for a delegation."""

from typing import Final

import discord

from bot import names
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.languages import OWN_NAMES, Language
from bot.services import Services
from bot.texts import t
from bot.ui import answer, asker_of

LANGUAGES_BY_NAME: Final = [(code, name) for code, name in OWN_NAMES.items()]


async def name_delegation(
    interaction: discord.Interaction, services: Services, typed: str, language: Language, name: str
) -> None:
    """Override what a delegation is called in one language; the shipped name takes the override away."""
    asker = asker_of(interaction)
    delegation = await delegation_typed(services, asker, typed)
    name = " ".join(name.split())
    if not name:
        raise UserError(t("A name needs letters: type the name as it should stand on cards."))
    shipped = names.name(delegation.code, language)
    async with services.transaction(asker.account_id) as tx:
        await services.members.name_delegation(
            tx, asker.guild_id, delegation.id, language, None if name == shipped else name
        )
    said = t(
        "{code} is now called {name} in {language}.",
        code=f"{names.flag(delegation.code)} {delegation.code}".strip(),
        name=name,
        language=asker.reader.language_name(language),
    )
    await answer(interaction, asker.reader.say(said))
