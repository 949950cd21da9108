import ast
import re
import string
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest

from bot.audit_labels import ACTIONS
from bot.catalogues import ROOT, TRANSLATED, catalogue_path, domains, extract, marked, messages, read, typeset
from bot.languages import Language

CASES = [(language, domain) for language in TRANSLATED for domain in domains()]
QUOTED = re.compile(r"(?<!\*)\*([^*{}]+)\*(?!\*)")
GENDERED: dict[Language, re.Pattern[str]] = {"fr": re.compile(r"\w(é|ée|és|ées)$"), "es": re.compile(r"\w[ai]d[oa]s?$")}
SAID_OF: dict[str, tuple[str, set[str]]] = {
    "Cancelled": ("a decision, a meeting, a statement", {"decisions", "meetings", "statements"}),
    "Length": ("a noun", {"meetings", "webinars"}),
    "adopted": ("a decision", {"core"}),
    "approved": ("a nomination", {"core", "members", "privacy"}),
    "cancelled before sending": ("a message", {"core", "privacy"}),
    "ended as not valid": ("a decision", {"core"}),
    "ended by an objection": ("a decision", {"core"}),
    "ended without reaching all": ("a decision", {"core"}),
    "erased": ("data", {"core"}),
    "failed": ("a message", {"core", "privacy"}),
    "forgotten": ("a noun", {"core"}),
    "merged": ("a topic", {"core", "privacy"}),
    "missed": ("a message", {"core", "privacy"}),
    "paused": ("the messages owed", {"core"}),
    "proposed": ("a topic", {"core"}),
    "recorded as sent by the secretariat": ("a message", {"core"}),
    "removed": ("a noun", {"core"}),
    "resumed": ("the messages owed", {"core"}),
    "seen to have arrived": ("a noun", {"core"}),
    "sent": ("a message", {"core", "privacy"}),
    "sent again": ("a message", {"core"}),
    "sent as a test": ("a message", {"core"}),
    "sent by the secretariat": ("a text", {"decisions", "outbox"}),
    "state": ("a noun", {"core", "privacy"}),
    "stopped": ("a message", {"core"}),
    "taken back": ("a message, a topic, a code", {"core", "privacy"}),
}
"""What a word that takes a gender is said of, and in which rooms: each time of something of the same gender."""
BEFORE_A_STATE = re.compile(
    r"\b(à|au|aux|de|du|des|en|par|pour|a|al|con|del|para|por) \{(countr|delegation)\w*\}", re.IGNORECASE
)
"""Names of states take an article here ("de la France", "de los Países Bajos"), which a text cannot know."""
SHOWN = {"label", "placeholder", "title", "description", "content"}
SHOWERS = {
    "Embed",
    "Button",
    "TextInput",
    "SelectOption",
    "Label",
    "Modal",
    "answer",
    "replace",
    "send",
    "send_message",
}


def ids(language: Language, domain: str) -> dict[Any, Any]:
    """Return each message's translation: a string, or a tuple of its forms where it counts something."""
    return {m.id: m.string for m in messages(read(catalogue_path(language, domain), language))}


@pytest.mark.parametrize(("language", "domain"), CASES)
def test_no_message_is_missing_stale_or_untranslated(language: Language, domain: str) -> None:
    marked: set[Any] = {cast(Any, message.id) for message in messages(extract(domains()[domain]))}
    kept = ids(language, domain)
    assert marked - kept.keys() == set(), "missing: run `make texts` and translate"
    assert kept.keys() - marked == set(), "stale: run `make texts`"
    assert [i for i, s in kept.items() if not s or not all(s)] == [], "untranslated"


@pytest.mark.parametrize(("language", "domain"), CASES)
def test_a_word_is_not_translated_by_a_letter(language: Language, domain: str) -> None:
    for message, translated in ids(language, domain).items():
        shortest = min(len(form) for form in ((message,) if isinstance(message, str) else message))
        forms = (translated,) if isinstance(translated, str) else translated
        assert min(map(len, forms)) > 1 or shortest <= 2, (message, translated)


def test_every_message_is_found_wherever_it_is_marked() -> None:
    source = """
hello = t("Hello, {name}", name=name)
back = f"‹ {reader.label(t('Previous'))}"
seats = f"{'a' if x else reader.say(nt('{count} seat', '{count} seats', n))}"
described = app_commands.locale_str("One "
    "sentence")
left = t(unknown)
"""
    assert set(marked(source)) == {"Hello, {name}", "Previous", ("{count} seat", "{count} seats"), "One sentence"}


@pytest.mark.parametrize(("language", "domain"), CASES)
def test_placeholders_are_the_same(language: Language, domain: str) -> None:
    for message, translated in ids(language, domain).items():
        sources = (message,) if isinstance(message, str) else message
        translations = (translated,) if isinstance(translated, str) else translated
        wanted = placeholders(sources[-1])
        for text in translations:
            assert placeholders(text) == wanted, message


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_message_is_translated_in_one_way(language: Language) -> None:
    seen: dict[object, object] = {}
    for domain in domains():
        for message, translated in ids(language, domain).items():
            assert seen.setdefault(message, translated) == translated, (domain, message)


def test_a_word_that_takes_a_gender_is_said_of_things_of_one_gender_only() -> None:
    actions = {action.singular for action in ACTIONS.values()}
    rooms: dict[str, set[str]] = {}
    gendered: set[str] = set()
    for (language, takes_gender), domain in product(GENDERED.items(), domains()):
        for message, translated in ids(language, domain).items():
            if isinstance(message, str) and not message.endswith("."):
                rooms.setdefault(message, set()).add(domain)
                gendered |= {message} if takes_gender.search(translated.split()[0]) else set()
    found = {message: rooms[message] for message in gendered if len(rooms[message]) > 1 or message in actions}
    assert found == {message: said_in for message, (_, said_in) in SAID_OF.items()}, "say it in other words, or of what"


@pytest.mark.parametrize(("language", "domain"), CASES)
def test_no_preposition_is_before_the_name_of_a_state(language: Language, domain: str) -> None:
    forms = [form for s in ids(language, domain).values() for form in ([s] if isinstance(s, str) else s)]
    assert [form for form in forms if BEFORE_A_STATE.search(form)] == [], "put the name before a colon or in brackets"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_button_is_quoted_by_the_label_that_it_has_in_that_language(language: Language) -> None:
    kept: dict[Any, Any] = {}
    for domain in domains():
        kept |= ids(language, domain)
    wrong: list[str] = []
    found = 0
    for message, translated in kept.items():
        sources, texts = ([one] if isinstance(one, str) else one for one in (message, translated))
        for source, text in zip(sources, texts, strict=False):
            # What is in lower case is an option of a command, which is not translated.
            for label in QUOTED.findall(source):
                found += label in kept
                if label in kept and not label.islower() and f"*{kept[label]}*" not in text:
                    wrong.append(f"{kept[label]} in: {text}")
    assert wrong == []
    assert found > 30


@pytest.mark.parametrize(("language", "domain"), CASES)
def test_translations_are_typeset_as_their_language_is(language: Language, domain: str) -> None:
    kept = [form for s in ids(language, domain).values() for form in ([s] if isinstance(s, str) else s)]
    assert [form for form in kept if form != typeset(form, language)] == [], "run `make texts`"


def test_french_breaks_no_line_before_its_punctuation_or_within_an_hour() -> None:
    assert typeset("Quoi : « l’atelier » ?", "fr") == "Quoi\u00a0: «\u00a0l'atelier\u00a0»\u00a0?"
    assert typeset("de 8 h à 20 h", "fr") == "de 8\u00a0h à 20\u00a0h"
    assert typeset("«Tema» : ¿qué?", "es") == "«Tema» : ¿qué?"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]), ids=str)
def test_no_text_for_people_stands_outside_the_catalogues(path: Path) -> None:
    assert list(bare_texts(ast.parse(path.read_text("utf-8")))) == []


def bare_texts(tree: ast.AST) -> list[str]:
    """Find literals with words that are handed straight to what Discord shows."""
    found: list[str] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SHOWERS:
            continue
        shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN]
        found += [literal for value in shown for literal in words_in(value)]
    return found


def words_in(value: ast.expr) -> list[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and any(c.isalpha() for c in value.value):
        return [value.value]
    return []


def test_the_search_for_bare_texts_finds_one() -> None:
    assert bare_texts(ast.parse("discord.Embed(title='Hello')")) == ["Hello"]
