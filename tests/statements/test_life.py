"""A statement's life from its draft to its delivery, in each language, over a restart and a hand-over."""

import csv
import hashlib
from datetime import timedelta
from io import StringIO

import pytest

from bot.languages import LANGUAGES, Language
from tests.statements.staging import MARKER, TITLE, Room, inbox, pdf
from tests.world import embed_text, said

CONFIRMED = {
    "en": "I confirm that I am authorised to join this statement on behalf of Ghana.",
    "fr": (
        "Je confirme avoir l'habilitation nécessaire pour joindre à cette déclaration la délégation suivante"
        "\N{NO-BREAK SPACE}: Ghana."
    ),
    "es": "Confirmo que tengo autorización para sumar a mi delegación (Ghana) a esta declaración.",
}


async def hand_over(room: Room, code: str) -> None:
    """Let a new person with an account take the seat of a delegation."""
    follower = room.world.add_member(room.server, f"next of {code}")
    channel = room.server.channels["general"]
    given = {"delegation": code, "name": "Efua Owusu", "user": follower, "starts_on": "2026-01-08"}
    shown = await room.server.secretariat.slash(channel, "member handover", **given)
    await room.press(shown)
    room.server.members[code] = follower


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_life(room: Room, language: Language) -> None:
    world = room.world
    async with world.bot.services.transaction() as tx:
        await world.bot.services.settings.change_network(tx, room.server.id, language=language)
    room.language = language
    async with world.speaking(language):
        await _life(room, language)


async def _life(room: Room, language: Language) -> None:
    world = room.world
    await room.accept_direct_messages("GH", "DK")
    files = {f"document_{one}": (f"text-{one}.pdf", pdf(one)) for one in LANGUAGES}
    statement = await room.draft(penholders="DK", show_count=True, authoritative="fr", **files)
    assert (statement.state, statement.version, statement.authoritative) == ("draft", 1, "fr")
    assert room.posted("general") == []
    await world.restart()
    await room.press(await room.press(await room.type("show", statement=TITLE), "Final"))
    statement = await room.now(statement)
    assert statement.state == "open"
    await world.travel(timedelta(days=1))
    (posted,) = room.posted("general")
    assert {file.filename: await file.read() for file in posted.attachments} == {
        f"text-{one}.pdf": pdf(one) for one in LANGUAGES
    }
    assert any(TITLE in message.content for message in inbox(room.server.members["GH"]))

    # Ghana joins, and is handed over; the joining is the delegation's, and its successor can withdraw it.
    shown = await room.server.members["GH"].click(posted, label=room.word("Join"))
    assert CONFIRMED[language] in said(shown)
    receipt = said(await room.press(shown, by=room.server.members["GH"]))
    assert "text-fr.pdf" in receipt
    assert await room.joined(statement) == ["GH"]
    await hand_over(room, "GH")
    await world.travel_to(statement.closes_at - timedelta(days=2))
    await world.restart()
    shown = await room.type("show", room.server.members["GH"], statement=TITLE)
    withdrawn = await room.press(shown, "Withdraw", room.server.members["GH"])
    await room.press(withdrawn, by=room.server.members["GH"])
    assert await room.joined(statement) == []
    await room.join("GH", statement)
    await room.join("DK", statement)
    await room.join("EU", statement)

    await world.travel_to(statement.closes_at + timedelta(minutes=1))
    assert (await room.now(statement)).state == "closed"
    closing = embed_text(room.posted("general")[-1].embeds[0])
    assert "Ghana" in closing
    await room.join("SE", statement)
    await world.restart()
    answer = await room.type("signatories", statement=TITLE)
    texts = {file.filename: (await file.read()).decode("utf-8-sig") for file in answer.response.attachments}
    _check_lists(texts)
    await room.press(await room.press(await room.type("show", statement=TITLE), "Delivered"))
    assert (await room.now(statement)).state == "delivered"
    (public,) = room.posted("announcements")
    names = embed_text(public.embeds[0])
    assert all(name in names for name in ("Ghana", *NAMES[language]))
    assert len(public.attachments) == 3
    refused = said(await room.type("show", room.server.members["GH"], statement=TITLE))
    assert "Ghana" in refused
    assert MARKER not in "".join(texts.values())


NAMES = {"en": ("Denmark", "Sweden"), "fr": ("Danemark", "Suède"), "es": ("Dinamarca", "Suecia")}


def _check_lists(texts: dict[str, str]) -> None:
    rows = list(csv.DictReader(StringIO(texts["signatories.csv"])))
    assert [row["delegation"] for row in rows] == ["DK", "GH", "SE", "EU"]
    assert [row["joined_later"] for row in rows] == ["no", "no", "yes", "no"]
    assert [row["penholder"] for row in rows] == ["yes", "no", "no", "no"]
    assert [(row["place_es"], row["name_es"]) for row in rows] == [
        ("1", "Dinamarca"),
        ("2", "Ghana"),
        ("3", "Suecia"),
        ("4", "Unión Europea"),
    ]
    assert {row["fingerprint_sha256"] for row in rows} == {hashlib.sha256(pdf("fr")).hexdigest()}
    text = texts["signatories.txt"]
    assert text.index("Denmark") < text.index("Ghana") < text.index("Sweden (joined later)")
    assert "Danemark" in text
    assert "Suecia (se sumó posteriormente)" in text


async def test_a_title_that_names_a_country_is_asked_about(room: Room) -> None:
    asked = "Named in the title: "
    given = {"closes": "in 10 days", "document_en": ("statement.pdf", pdf())}
    assert asked not in said(await room.type("open", title="On prevention", **given))
    assert f"{asked}Rwanda." in said(await room.type("open", title="Thirty years after Rwanda", **given))
