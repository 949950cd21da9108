"""A country, as somebody types it where it is written down."""

from discord.app_commands import Choice

from bot import names
from bot.errors import UserError
from bot.languages import Language
from bot.search.choosing import offered
from bot.texts import t


def country_typed(typed: str) -> str:
    """Return the code (ISO 3166-1 alpha-2) of a country named whole or by its code. Raises UserError for another."""
    code = names.resolve(typed, exactly=True)
    if code is None or names.kind_of(code) != "state":
        raise UserError(
            t(
                "“{typed}” is not a country that the bot knows: type its whole name or its two-letter code.",
                typed=typed[:100],
            )
        )
    return code


def countries_offered(typed: str, language: Language) -> list[Choice[str]]:
    """Return the countries whose name in the ``language`` has what was typed so far, as choices of their codes."""
    named = {code: names.name(code, language) for code in names.delegations() if names.kind_of(code) == "state"}
    in_order = sorted(named, key=lambda code: names.collation_key(named[code], language))
    return offered(in_order, typed, lambda code: code, named.__getitem__)
