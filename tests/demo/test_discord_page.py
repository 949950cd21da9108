"""SimCord's page in the demo: each correction and each phrase is still where it is looked for."""

import json
import re

import pytest

from bot.demo import discord_page
from bot.demo.previews import STATIC, STATIC_PATHS

FRAME = json.loads((discord_page.FRAME).read_text("utf-8"))
SCRIPTS = [path.removeprefix("/") for path in STATIC_PATHS if path.endswith(".js") and "vendor" not in path]


@pytest.mark.parametrize("name", discord_page.CORRECTIONS)
def test_each_correction_is_made_once(name: str) -> None:
    source = (STATIC / name).read_text("utf-8")
    for old, new in discord_page.CORRECTIONS[name]:
        assert source.count(old) == 1, old
        source = source.replace(old, new, 1)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_each_phrase_of_the_frame_is_said_in_the_reader_s_language(language: str) -> None:
    said = discord_page.page(language) + "".join(discord_page.script(name, language) for name in SCRIPTS)
    for english, others in FRAME.items():
        quoted = [f"{before}{others[language]}{after}" for before, after in discord_page.QUOTES]
        assert any(text in said for text in quoted), english


def test_translations_keep_what_the_script_puts_in() -> None:
    for english, others in FRAME.items():
        assert set(others) == {"fr", "es"}, english
        put_in = set(re.findall(r"\$\{[a-zA-Z.]+", english))
        assert all(set(re.findall(r"\$\{[a-zA-Z.]+", other)) == put_in for other in others.values()), english
