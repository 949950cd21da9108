"""Runs the bot of the current folder, to which a language was added, and writes what it did to standard output."""

import asyncio
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

from babel.messages.pofile import read_po, write_po

from bot import catalogues, names
from bot.languages import OWN_NAMES, Language, language_of_locale
from bot.shelf import words
from bot.texts import Reader, t
from bot.timeparse import parse_day, parse_duration, parse_instant, parse_leads, parse_zone
from cogs.chat import learning
from tests.given_commands import definitions
from tests.world import World, running_world, said

CODE: Final = cast(Language, "pt")
LOCALE: Final = "pt-BR"
NOW: Final = datetime(2027, 3, 3, 12, tzinfo=UTC)
READER: Final = Reader(CODE, "Europe/Brussels")
_ACCENTED: Final = str.maketrans("aeioucnAEIOUCN", "áéíóúçñÁÉÍÓÚÇÑ")


def accented(text: str) -> str:
    """Return the English text as no English reader would take it for English; values keep their names."""
    pieces = text.replace("{", "\0{").replace("}", "}\0").split("\0")
    return f"[{''.join(piece if piece.startswith('{') else piece.translate(_ACCENTED) for piece in pieces)}]"


def translate_all() -> None:
    """Translate every message of every catalogue."""
    for domain in catalogues.domains():
        path = catalogues.catalogue_path(CODE, domain)
        if not path.exists():
            continue
        catalogue = catalogues.read(path, CODE)
        for message in catalogues.messages(catalogue):
            single = isinstance(message.id, str)
            strings = tuple(accented(one) for one in ((message.id,) if isinstance(message.id, str) else message.id))
            message.string = strings[0] if single else strings
        with path.open("wb") as file:
            write_po(file, catalogue)


def forget_one() -> None:
    """Take one translation back."""
    path = catalogues.catalogue_path(CODE, "core")
    with path.open("rb") as file:
        catalogue = read_po(file, locale=CODE)
    next(message for message in catalogues.messages(catalogue) if isinstance(message.id, str)).string = ""
    with path.open("wb") as file:
        write_po(file, catalogue)


def translating() -> dict[str, object]:
    """Bring the catalogues in step: untranslated, translated, with one message missing, and whole again."""
    untranslated = catalogues.update().total()
    translate_all()
    translated = catalogues.update().total()
    forget_one()
    one_missing = catalogues.update().total()
    translate_all()
    return {"untranslated": untranslated, "translated": translated, "one_missing": one_missing}


def writing() -> dict[str, object]:
    """Write what a reader reads."""
    return {
        "text": READER.say(t("Enter code")),
        "day": READER.day(date(2027, 5, 12), weekday=True),
        "first": READER.day(date(2027, 5, 1)),
        "ordinal": READER.ordinal(9),
        "list": READER.listing("abc"),
        "place": READER.place("Europe/Brussels"),
        "own_name": OWN_NAMES[CODE],
        "locale": language_of_locale(LOCALE),
        "alphabet": sorted(("D", "Cz", "Ça"), key=lambda word: names.collation_key(word, CODE)),
        "country": names.name("DE", CODE),
        "states": sorted(("AT", "DE"), key=lambda code: names.order_key(code, names.name(code, CODE), CODE)),
    }


def reading() -> dict[str, object]:
    """Read what a person types."""
    zone = "Europe/Brussels"

    def instant(typed: str) -> str:
        return parse_instant(typed, zone, now=NOW, language=CODE).astimezone(UTC).isoformat()

    return {
        "instants": [instant(typed) for typed in ("amanhã às 15 horas", "12 de março de 2027 às 9h30", "daqui a 2 h")],
        "spoken": instant("amanhã às três e meia da tarde"),
        "noon": instant("amanhã meio-dia"),
        "day": parse_day("1º de maio de 2027", now=NOW, zone=zone, language=CODE).isoformat(),
        "length": parse_duration("1 hora e meia") // timedelta(minutes=1),
        "leads": [str(lead) for lead in parse_leads("2 semanas, sete dias e 1 hora")],
        "zones": [parse_zone(typed, CODE) for typed in ("Bruxelas", "Bombaim")],
        "stem": words.stems("documentos", (CODE,)) == words.stems("documento", (CODE,)),
        "nth": words.ordinal("nona"),
        "newest": words.asks_for_the_newest("o último relatório"),
        "conversation": learning.LANGUAGES,
        "names": len(learning.names()["seat"]),
    }


async def using(world: World) -> dict[str, object]:
    """Use the bot with a Discord in that language, and look at what Discord is given of its commands."""
    member, channel = world.server.members["DK"], world.server.channels["general"]
    async with world.speaking(LOCALE):
        by_locale = said(await member.slash(channel, "settings timezone", zone="Bruxelas"))
    await member.slash(channel, "settings language", language=CODE)
    by_choice = said(await member.slash(channel, "settings timezone", zone="Bruxelas"))
    return {"by_locale": by_locale, "by_choice": by_choice, **described(await definitions(world.bot.tree))}


def described(commands: list[dict[str, Any]]) -> dict[str, object]:
    """Return which parts of commands lack a description in the language, and the languages one may choose."""
    parts: list[dict[str, Any]] = [*commands]
    for part in parts:
        parts += part.get("options") or []
    told = [(part["name"], part["description_localizations"]) for part in parts if part.get("description")]
    chosen = [
        choice["name"]
        for part in parts
        if part["name"] == "language"
        for choice in part.get("choices") or []
        if choice["value"] == CODE
    ]
    return {
        "described": len(told),
        "undescribed": [name for name, texts in told if not texts.get(LOCALE, "").startswith("[")],
        "choices": chosen,
    }


async def main(folder: Path) -> None:
    """Do all of it, the catalogues first: a text is read from them once."""
    did = {"translating": translating(), "writing": writing(), "reading": reading()}
    async with running_world(folder / "focalbot.sqlite3") as world:
        did["using"] = await using(world)
    sys.stdout.write(f"\n{json.dumps(did)}\n")


if __name__ == "__main__":
    asyncio.run(main(Path.cwd()))
