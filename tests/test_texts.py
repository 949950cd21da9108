from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import Language
from bot.texts import Markdown, Reader, escaped, nt, t

INSTANT = datetime(2027, 3, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("[text](https://a.example)", r"\[text\](https://a.example)"),
        ("<@123> <#4> <@&5>", r"\<@123> \<#4> \<@&5>"),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("# heading", r"\# heading"),
        ("> quote\n- item\n12. item", "\\> quote\n\\- item\n12\\. item"),
        ("`code` ||spoiler|| ~~gone~~", r"\`code\` \|\|spoiler\|\| \~\~gone\~\~"),
        ("https://a.example/b_c_d", "https://a.example/b_c_d"),
        ("12.03.2027", r"12\.03.2027"),
    ],
)
def test_typed_text_shows_as_its_characters(typed: str, shown: str) -> None:
    assert escaped(typed) == shown


@given(st.text())
def test_typed_text_never_makes_a_mention_or_a_masked_link(typed: str) -> None:
    shown = escaped(typed)
    assert "@everyone" not in shown
    assert "<@" not in shown.replace("\\<", "")
    assert "](" not in shown.replace("\\]", "")


def test_our_own_markdown_stays_and_labels_show_no_backslash() -> None:
    reader = Reader("en", "UTC")
    text = t("{name} and {own}", name="a*b", own=Markdown("**c**"))
    assert reader.say(text) == r"a\*b and **c**"
    assert reader.label(text) == "a*b and **c**"


def test_instants_are_never_put_into_a_text_without_a_zone() -> None:
    with pytest.raises(TypeError):
        Reader("en", "UTC").say(t("{when}", when=INSTANT))


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "1 March 2027", "12 March 2027, 15:00, Brussels"),
        ("fr", "1er mars 2027", "12 mars 2027, 15:00, Bruxelles"),
        ("es", "1 de marzo de 2027", "12 de marzo de 2027, 15:00, Bruselas"),
    ],
)
def test_days_and_moments_are_written_as_people_write_them(language: str, day: str, moment: str) -> None:
    reader = Reader(language, "Europe/Brussels")  # type: ignore[arg-type]
    assert reader.day(date(2027, 3, 1)) == day
    assert reader.moment(INSTANT) == moment
    assert reader.stamp(INSTANT).startswith(f"<t:{int(INSTANT.timestamp())}:F> (15:00, ")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Grecia", "Irán"], "Grecia e Irán"),
        (["español", "francés", "inglés"], "español, francés e inglés"),
        (["🇨🇴 Colombia", "🇮🇹 Italia"], "🇨🇴 Colombia e 🇮🇹 Italia"),
        (["agua", "hielo"], "agua y hielo"),
        (["Irán", "Yemen"], "Irán y Yemen"),
        (["Irán"], "Irán"),
        ([], ""),
    ],
)
def test_the_conjunction_of_a_spanish_list_follows_the_sound_after_it(names: list[str], said: str) -> None:
    assert Reader("es", "UTC").listing(names) == said


@pytest.mark.parametrize(("language", "month"), [("en", "March 2027"), ("fr", "mars 2027"), ("es", "marzo de 2027")])
def test_a_month_is_written_with_its_year(language: Language, month: str) -> None:
    assert Reader(language, "UTC").month(date(2027, 3, 12)) == month


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 délégation sur 31"), (1, "1 délégation sur 31"), (2, "2 délégations sur 31")]
)
def test_plurals_follow_the_language(count: int, said: str) -> None:
    text = nt("{count} delegation of {all}", "{count} delegations of {all}", count, all=31)
    assert Reader("fr", "UTC").say(text) == said


def test_parentheses_within_parentheses_are_brackets() -> None:
    reader = Reader("en", "UTC")
    assert (
        reader.say(t("Ana ({seat}), {seat_again}", seat="Togo (TG)", seat_again="Togo (TG)"))
        == "Ana (Togo [TG]), Togo (TG)"
    )
    assert reader.say(t("({both})", both=Markdown("[link](https://example.org) (now)"))) == (
        "([link](https://example.org) [now])"
    )
    page = "https://en.wikipedia.org/wiki/Togo_(country)"
    assert reader.say(t("({both})", both=f"see {page} (now)")) == f"(see {page} [now])"
    assert reader.label(t("{seat} ({seat})", seat="Togo (TG)")) == "Togo (TG) (Togo (TG))", "one text has one form"


@pytest.mark.parametrize("typed", ["(here)(https://evil.example/(a))", "(a)(b(c))"])
def test_what_is_typed_between_parentheses_makes_no_masked_link(typed: str) -> None:
    assert "](" not in Reader("en", "UTC").say(t("Ana ({typed})", typed=typed))


def test_a_place_is_a_city_alone() -> None:
    assert Reader("es", "America/Argentina/Buenos_Aires").place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert Reader("en", "UTC").place("America/Kentucky/Louisville") == "Louisville"


@pytest.mark.parametrize("turned", ["\u202e", "\u202d", "\u202b", "\u2067", "\u2066", "\u2068", "\x00", "\x07"])
def test_what_is_typed_never_turns_the_sentence_around_it(turned: str) -> None:
    text = t("{name} is withdrawn.", name=f"{turned}قمة الوقاية")
    for rendered in (Reader("en", "UTC").say(text), Reader("en", "UTC").label(text)):
        assert rendered == "قمة الوقاية is withdrawn."


def test_lines_and_the_letters_of_every_script_stay() -> None:
    typed = "Ana\nقمة\t首脑\r\n\U0001f469\u200d\U0001f467 a\u200fb"
    assert escaped(typed) == typed
