"""Asks, before *Confirm*, about a title that names a country."""

from bot.names import name, states_named
from bot.texts import Markdown, Reader, escaped, t


def country_named(title: str, reader: Reader) -> list[str]:
    """Return the line that asks whether a title that names states is about the situation in one; none: it names none.

    The network's activities are never about that, and a title may name a country for other reasons: it is asked, and
    never refused.
    """
    named = [str(escaped(name(code, reader.language))) for code in states_named(title)]
    if not named:
        return []
    said = t(
        "Named in the title: {countries}. The network does not discuss the situation in any country: confirm only if"
        " that is not what this is about.",
        countries=Markdown(reader.listing(named)),
    )
    return [reader.say(said)]
