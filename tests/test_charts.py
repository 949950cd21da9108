"""Pictures: what people type is drawn as text, each row is its own bar, and one that fails is None."""

import struct
import zlib
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from bot.charts.bars import LABEL, Bars, figure_of_bars
from bot.charts.duels import DuelTable, figure_of_duels
from bot.charts.figures import LONGEST_ALT, demonstration, draw, fitted, note_of, picture_of
from bot.charts.heat_map import HeatMap, figure_of_heat_map
from bot.labels import REGIONS
from bot.texts import Reader

ODD = ["$$", "From $5% to $10%", r"$\frac$", r"\frac{1}{0}", "US$5 and US$10 each", "🗳️ €£", "العربية", "_x", "a\u202eb"]
SIGNS = st.text(
    st.one_of(st.sampled_from("$\\^_{}%&#~ \n\t\u202e\u200b\U0001f5f3"), st.characters(codec="utf-8")), max_size=40
)


def bars(*labels: str, title: str = "title") -> Bars:
    return Bars(title, ["ballots"], [(label, (number,)) for number, label in enumerate(labels, start=1)])


@pytest.mark.parametrize("text", ODD)
async def test_what_people_type_is_drawn_as_it_is(text: str) -> None:
    assert await draw(bars(text, title=text)) is not None
    heat = HeatMap(text, ["0", "1"], [(text, (0.1, 0.9), (text, text))], 0, (text, text, text))
    assert await draw(heat) is not None


@given(label=SIGNS, title=SIGNS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_any_text_can_be_drawn(label: str, title: str) -> None:
    assert await draw(bars(label, title=title)) is not None


async def test_two_dollar_signs_are_no_formula() -> None:
    # As mathematics both disappear, and what is between them is set in italics.
    drawn, without = await draw(bars("US$5 or US$10")), await draw(bars("US5 or US10"))
    one, none = await draw(bars("US$5 or US10")), await draw(bars("US5 or US10"))
    assert drawn
    assert without
    assert one
    assert none
    assert ink(drawn) - ink(without) == pytest.approx(2 * (ink(one) - ink(none)), rel=0.2)


async def test_two_rows_of_one_label_are_two_bars() -> None:
    same, other = await draw(bars("same", "same")), await draw(bars("same", "sama"))
    assert same is not None
    assert other is not None
    assert size(same) == size(other)
    assert abs(ink(same) - ink(other)) < ink(other) // 50


LONG = "Una opción con muchas palabras, el miércoles, 22 de septiembre de 2027, 15:00 (Nueva York)"
PHONE = 270
"""Points that a card's picture has on a phone of 390 points."""
HIGHEST = 280
"""Points that a card's picture is high at most; a higher one is shown less wide."""


WORDS = ("pierde contra", "neither wins", "l'emporte sur")
"""The longest of the three languages."""


FRENCH = Reader("fr", "UTC")
HOURS = [f"{hour:02}" for hour in range(10)]
"""As many as the picture of a day has."""


def figures(rows: int) -> list[Any]:
    outcomes = [[(other > one) - (other < one) for other in range(rows)] for one in range(rows)]
    scores = [[10 * one + other for other in range(rows)] for one in range(rows)]
    return [
        figure_of_bars(fitted(Bars(LONG, ["yes", "if need be"], [(LONG, (n, n)) for n in range(rows)]), FRENCH)),
        figure_of_duels(fitted(DuelTable(LONG, [LONG] * rows, outcomes, scores, WORDS), FRENCH)),
    ]


def heat_map(text: str = "12") -> HeatMap:
    regions = [f"{FRENCH.label(region)} (14)" for region in REGIONS.values()]
    rows = [(region, [0.9] * len(HOURS), [text] * len(HOURS)) for region in regions]
    return HeatMap(LONG, HOURS, rows, 3, WORDS)


@pytest.mark.parametrize("rows", [2, 5, 6, 10, 11, 15])
def test_labels_are_apart_in_the_picture_and_large_enough_for_a_phone(rows: int) -> None:
    for figure in [*figures(rows), figure_of_heat_map(heat_map())]:
        figure.draw_without_rendering()
        axes = figure.axes[0]
        labels = [text for text in axes.texts if text.get_gid() == LABEL] or axes.get_yticklabels()
        assert len(labels) >= min(rows, 4)
        places = [label.get_window_extent() for label in labels]
        for above, below in pairwise(places):
            assert above.y0 > below.y1
        assert min(place.x0 for place in places) >= 0
        assert max(place.x1 for place in places) <= figure.bbox.x1
        [title] = figure.texts
        assert places[0].y1 < title.get_window_extent().y0
        assert title.get_window_extent().x1 <= figure.bbox.x1
        legend = figure.legends[0].get_window_extent()
        assert 0 <= legend.x0 < legend.x1 <= figure.bbox.x1
        numbers = axes.get_xticklabels() if axes.axison else []
        to_points = min(PHONE / figure.get_figwidth(), HIGHEST / figure.get_figheight()) / 72
        for text in (title, *labels, *axes.texts, *numbers, *figure.legends[0].get_texts()):
            assert text.get_fontsize() * to_points >= 12


@pytest.mark.parametrize("votes", [9, 99, 630])
def test_the_figures_of_a_table_of_duels_are_apart(votes: int) -> None:
    rows = 15
    outcomes = [[(other > one) - (other < one) for other in range(rows)] for one in range(rows)]
    table = fitted(DuelTable("Which?", ["Short"] * rows, outcomes, [[votes] * rows] * rows, WORDS), FRENCH)
    figure = figure_of_duels(table)
    figure.draw_without_rendering()
    [axes] = figure.axes
    count = len(table.labels)
    for number in range(count):
        row = [text.get_window_extent() for text in axes.texts[number * (count - 1) : (number + 1) * (count - 1)]]
        assert all(left.x1 < right.x0 for left, right in pairwise(row))


def test_a_picture_of_the_first_rows_says_so() -> None:
    many = fitted(bars(*["label"] * 15), FRENCH)
    assert 4 <= len(many.rows) < 15
    assert {str(len(many.rows)), "15"} <= set(many.note.split())
    few = bars("one", "two", "three")
    assert fitted(few, FRENCH) == few


async def test_every_line_of_text_in_the_file_is_as_high_as_letters_of_twelve_points_on_a_phone() -> None:
    """Capital letters are 0.73 of the size of the letters, in matplotlib's own font."""
    least = int(0.72 * 12 * 1080 / PHONE)
    pictures = [
        await draw(Bars("HH", ["HH", "EE"], [("HEH", (1, 2)), ("EHE", (3, 4))], "HHE")),
        await picture_of(lambda table: png_of(figure_of_duels(table)), duels_in_capitals()),
        await draw(HeatMap("HH", ["10", "11"], [("HH", [0.9, 0.9], ["88", "88"])] * 2, 0, ("HE", "EH", "E"))),
    ]
    for picture in pictures:
        assert picture is not None
        assert size(picture)[0] == 1080
        lines = lines_of_text(picture)
        assert len(lines) >= 4
        assert min(lines) >= least


def duels_in_capitals() -> DuelTable:
    return DuelTable("HH", ["HE", "EH"], [[0, 1], [-1, 0]], [[0, 7], [4, 0]], ("HE", "EH", "EE"))


def png_of(figure: Any) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def lines_of_text(png: bytes) -> list[int]:
    """Return the height in dots of each run of rows that have black in them: lines of capitals and figures."""
    pixels = imread(BytesIO(png))[:, :, :3]
    has_black = [bool(row) for row in (pixels.max(axis=2) < 0.2).any(axis=1)]
    return [len(list(run)) for is_black, run in groupby(has_black) if is_black]


def test_pictures_say_in_the_demo_that_they_are_invented() -> None:
    reader = FRENCH
    assert note_of(reader) == ""
    with demonstration():
        note = note_of(reader)
        assert "invent" in note
        assert note in figure_of_bars(Bars("title", ["ballots"], [("some", (3,))], note)).texts[0].get_text()
    assert note_of(reader) == ""


def test_an_option_that_nobody_chose_has_its_nought() -> None:
    figure = figure_of_bars(Bars("title", ["ballots"], [("some", (3,)), ("none", (0,))]))
    assert "0" in {text.get_text().strip() for text in figure.axes[0].texts}


def test_the_words_for_a_picture_end_where_discord_does_and_say_that_they_go_on() -> None:
    many = Bars("title", ["ballots"], [("word " * 30, (n,)) for n in range(15)])
    assert (len(many.alt_text), many.alt_text[-1]) == (LONGEST_ALT, "…")
    assert bars("one").alt_text == "title. one: ballots 1"


async def test_a_picture_that_cannot_be_drawn_is_none_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: object) -> bytes:
        raise ValueError("no ink")

    assert await picture_of(broken, None) is None
    assert "could not be drawn" in caplog.text


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def ink(png: bytes) -> int:
    """Count the bytes of the uncompressed picture that are not blank: the more is drawn, the more there are."""
    data, at = b"", 8
    while at < len(png):
        [length] = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return sum(byte not in {0, 255} for byte in zlib.decompress(data))


async def test_bars_without_a_row_are_no_picture() -> None:
    """Found by random people (tests/fuzz): a report on a meeting that no delegation attends."""
    assert await draw(bars()) is None
