"""What ``/member name`` does: the secretariat's own name for a delegation. No role of its own: the command's work."""

from typing import Final

from bot import names
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.languages import OWN_NAMES, Language
from bot.texts import t
from bot.ui import Context

LANGUAGES_BY_NAME: Final = [(code, name) for code, name in OWN_NAMES.items()]


async def name_delegation(context: Context, typed: str, language: Language, name: str) -> None:
    """Override what a delegation is called in one language; the shipped name takes the override away."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    name = " ".join(name.split())
    if not name:
        raise UserError(t("A name needs letters: type the name as cards should show it."))
    shipped = names.name(delegation.code, language)
    async with context.write() as tx:
        await context.services.members.name_delegation(
            tx, context.guild_id, delegation.id, language, None if name == shipped else name
        )
    said = t(
        "{code} is now called {name} in {language}.",
        code=f"{names.flag(delegation.code)} {delegation.code}".strip(),
        name=name,
        language=context.reader.language_name(language),
    )
    await context.answer(said)
