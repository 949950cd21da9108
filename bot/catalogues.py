"""Keeps ``bot/locales`` in step with the texts in the code: ``python -m bot.catalogues`` (``make texts``).

A developer's tool, never imported by the running bot. One catalogue for each room of the house: the core
(``bot``) and every package under ``cogs``.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.languages import DEFINITIONS, LANGUAGES, Language

ROOT: Final = Path(__file__).parent.parent
FORMS: Final = {"t": 1, "nt": 2, "locale_str": 1}
"""What marks a message, with how many forms of it are given: one, or singular and plural."""
TRANSLATED: Final[tuple[Language, ...]] = tuple(language for language in LANGUAGES if language != "en")


def domains(root: Path = ROOT) -> dict[str, Path]:
    """Return each catalogue's name with the folder whose texts it holds."""
    cogs = sorted(p for p in (root / "cogs").iterdir() if (p / "__init__.py").exists())
    return {"core": root / "bot", **{cog.name: cog for cog in cogs}}


def extract(folder: Path) -> Catalog:
    """Return the messages that the code under ``folder`` marks, each with the files it stands in."""
    catalogue = Catalog()
    for path in sorted(folder.rglob("*.py")):
        # Files without lines: a catalogue that changes with every edited line is read by nobody.
        where = path.relative_to(ROOT).as_posix()
        for message in marked(path.read_text("utf-8")):
            catalogue.add(message, locations=[(where, None)])  # pyright: ignore[reportArgumentType] - Babel's stub forgets that a location may have no line
    return catalogue


def marked(source: str) -> Iterator[str | tuple[str, str]]:
    """Yield the messages that Python ``source`` marks: a text, or its singular and plural.

    Read from the syntax tree: before Python 3.12 an f-string is one token, in which Babel sees no call.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [a.value for a in node.args[: FORMS.get(name, 0)] if isinstance(a, ast.Constant)]
        texts = [text for text in given if isinstance(text, str)]
        if len(texts) == FORMS.get(name):
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def catalogue_path(language: Language, domain: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of ``domain`` in ``language`` is kept."""
    return root / "bot" / "locales" / language / f"{domain}.po"


def read(path: Path, language: Language) -> Catalog:
    """Read a catalogue; an absent one is empty."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages of ``catalogue``, without its header."""
    return (message for message in catalogue if message.id)


def update() -> Counter[Path]:
    """Bring every catalogue in step with the code; return, by its file, how many messages still want a translation.

    A new message takes the translation that another room already has for it; nothing is guessed.
    """
    untranslated: Counter[Path] = Counter()
    for language in TRANSLATED:
        found = {domain: read(catalogue_path(language, domain), language) for domain in domains()}
        known = {m.id: m.string for c in found.values() for m in messages(c) if m.string and all(m.string)}
        for domain, folder in domains().items():
            path = catalogue_path(language, domain)
            fresh = Catalog(locale=language)
            for message in messages(extract(folder)):
                kept = known.get(message.id) or ("" if isinstance(message.id, str) else ("", ""))
                string = (
                    typeset(kept, language)
                    if isinstance(kept, str)
                    else tuple(typeset(form, language) for form in kept)
                )
                untranslated[path] += not string or not all(string)
                fresh.add(message.id, string, message.locations)
            if not list(messages(fresh)):
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_header(fresh) + _body(fresh))
    return untranslated


def typeset(text: str, language: Language) -> str:
    """Return a translation as its language sets it: French with spaces that break no line before a colon."""
    return DEFINITIONS[language].typeset(text)


def _header(catalogue: Catalog) -> bytes:
    # Without the dates of gettext's own header: a catalogue changes only when its messages do.
    lines = (f"Language: {catalogue.locale_identifier}", "Content-Type: text/plain; charset=utf-8")
    lines += (f"Plural-Forms: {catalogue.plural_forms}",)
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{quoted}\n'.encode()


def _body(catalogue: Catalog) -> bytes:
    body = BytesIO()
    write_po(body, catalogue, width=120, sort_output=True, omit_header=True, include_lineno=False)
    return body.getvalue()


if __name__ == "__main__":
    import sys

    missing = update()
    sys.stdout.writelines(f'{path.relative_to(ROOT)}: {count} with msgstr ""\n' for path, count in (+missing).items())
    sys.stdout.write(f"{missing.total()} messages want a translation\n")
    sys.exit(1 if missing.total() else 0)
