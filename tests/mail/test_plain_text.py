"""Markdown as plain text: what Discord shows, for those who read it elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import LANGUAGES
from bot.mail import plain_text
from bot.texts import Reader, escaped

ENGLISH = Reader("en", "Europe/Brussels")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold**, *slanted*, __under__, ~~out~~ and `code`", "bold, slanted, under, out and code"),
        (
            "use </meeting register:123456789012345678> or `/meeting register`",
            "use /meeting register or /meeting register",
        ),
        ("[Map](https://example.org/a_b_c)", "Map (https://example.org/a_b_c)"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("> quoted\n>>> ## said\n-# small\n- kept", "quoted\nsaid\nsmall\n- kept"),
        (r"file\_name \*here\* 2\. 3", "file_name *here* 2. 3"),
        ("snake_case_name", "snake_case_name"),
        ("see https://example.org/*x*_y_", "see https://example.org/*x*_y_"),
        ("<:flag:123456789012345678> in <#123456789012345678>", ":flag: in a channel of the server"),
        ("<@5> and <@!6>", "a colleague and a colleague"),
        ("<t:1805119200:F> (15:00, Brussels)", "15 March 2027, 15:00, Brussels"),
        ("<t:1805119200:F> (10:00, New York)", "15 March 2027, 15:00, Brussels (10:00, New York)"),
        ("<t:1805119200:t>; <t:1805119200:d>", "15:00, Brussels; 15 March 2027"),
        ("<t:1805119200:R>", "15 March 2027, 15:00, Brussels"),
    ],
)
def test_what_discord_shows_is_read_as_text(markdown: str, text: str) -> None:
    assert plain_text(markdown, ENGLISH) == text


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\r<>[]()"), max_size=80))
def test_what_people_typed_comes_back_as_they_typed_it(typed: str) -> None:
    shown = "".join(character for character in typed if character.isprintable() or character == "\n")
    assert plain_text(escaped(shown), ENGLISH).strip() == shown.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stamp_is_left(language: str) -> None:
    reader = Reader(language, "UTC")  # type: ignore[arg-type]  # a parameter's type is str
    assert "<t:" not in plain_text("<t:1805119200:F> <t:1805119200> <t:-5:D>", reader)
