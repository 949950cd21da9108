"""The page around the bot speaks the language that somebody's Discord is in."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import bot.demo

STATIC = Path(bot.demo.__file__).with_name("static")
WORDS: dict[str, dict[str, str]] = json.loads((STATIC / "words.json").read_text("utf-8"))
NAMES = {"Focalbot demo", "English", "Français", "Español", "Global Network of R2P Focal Points"}
"""What stands alike in every language, or is said by the page's script."""


class Reading(HTMLParser):
    """Collects what people read on the page before its script runs."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts |= {value or "" for name, value in attrs if name in ("aria-label", "placeholder", "title")}

    def handle_data(self, data: str) -> None:
        self.texts.add(data.strip())


def page_texts() -> set[str]:
    reading = Reading()
    for name in ("page.html", "mail.html"):
        reading.feed((STATIC / name).read_text("utf-8"))
    return {text for text in reading.texts if re.search(r"\w", text)} - NAMES


def script_texts() -> set[str]:
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    return set(re.findall(r'say\(\s*"([^"]+)"', scripts))


def hint_texts() -> set[str]:
    hints = json.loads((STATIC / "hints.json").read_text("utf-8"))
    return {text for hint in hints for text in (hint["text"], hint.get("say")) if text}


def tour_texts() -> set[str]:
    steps = json.loads((STATIC / "tour.json").read_text("utf-8")).values()
    said = {text for step in steps for text in (step.get("say"), *step.get("instead", {}).values()) if text}
    return said | {text for step in steps for text in (step["title"], step["text"])}


def test_every_word_of_the_page_is_translated() -> None:
    assert len(page_texts()) > 10
    assert len(script_texts()) > 10
    assert (page_texts() | script_texts() | hint_texts() | tour_texts()) - WORDS.keys() == set()


def test_translations_are_complete_and_keep_their_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for english, others in WORDS.items():
        assert set(others) == {"fr", "es"}, english
        assert {frozenset(placeholders(text)) for text in (english, *others.values())} == {
            frozenset(placeholders(english))
        }
