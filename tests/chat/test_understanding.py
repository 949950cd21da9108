"""What is understood of sentences that nothing was learned from, and that what was learned is of today's sentences."""

import json

import pytest

from benchmarks.chat import UNSEEN, VERDICTS, measured
from bot.access import COMMANDS
from cogs.chat.answers import OWN_ANSWERS
from cogs.chat.learning import fingerprint
from cogs.chat.understanding import Asked, Outcome, read
from cogs.chat.understanding.model import file_of_learned, learned
from tests.world import World

RIGHT_AT_LEAST, WRONG_AT_MOST = 0.92, 0.02


def test_what_was_learned_is_of_these_sentences() -> None:
    kept = json.loads(file_of_learned().read_text("utf-8"))
    assert kept["fingerprint"] == fingerprint(), "type: python -m cogs.chat.learning"


@pytest.mark.parametrize("name", ["first", "second"])
def test_unseen_sentences_are_understood_and_rarely_wrongly(name: str) -> None:
    found, _ = measured(UNSEEN / name)
    shares = {verdict: sum(one == verdict for *_, one in found) / len(found) for verdict in VERDICTS}
    assert len(found) >= 250
    assert shares["right"] >= RIGHT_AT_LEAST, shares
    assert shares["wrong"] <= WRONG_AT_MOST, shares
    # The file of what was learned is read once, and not for each message.
    assert learned.cache_info().misses == 1


async def test_every_intent_has_an_answer_that_the_bot_can_give(world: World) -> None:
    intents = {label.partition(" ")[0] for label in learned().intents.labels}
    assert intents <= learned().answers.keys()
    for intent in intents:
        ways = learned().answers[intent]
        usable = [
            w for w in ways if w.get("own") in OWN_ANSWERS or w.get("command") in COMMANDS or w.get("typed") in COMMANDS
        ]
        assert usable, intent
        # The last way needs no slot: whatever was understood is answered.
        assert not ways[-1].get("options") or all(v.startswith("=") for v in ways[-1]["options"].values()), intent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "?!",
        "```who is the focal point of Ghana?```",
        "<@123456789012345678> <@&5> @everyone",
        "\u202e\u2066\u200b",
        "🇬🇭" * 300,
        "a" * 2000,
        "focal point " * 180,
        "> who is the focal point of Ghana?",
    ],
)
def test_hostile_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(read(text).outcome, Outcome)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, qui est le point focal du Ghana ?\n\nCordialement,\nPaulo Silva\nAmbassade du Portugal",
        "Who is the focal point of Ghana?\n\nOn Monday Ana wrote:\n> who is the focal point of Benin?",
        "who is the focal point of Ghana?\n--\nMinistry of Foreign Affairs of Denmark",
        "Dear colleagues,\n\nI hope this finds you well. Who represents Ghana?\n\nBest,\nMarit Dahl\nOslo, Norway",
        "Qui est le point focal du Ghana ?\n\nVeuillez agréer mes salutations.\n\nAmbassade du Mali",
        "Quién es el punto focal de Ghana. Saludos cordiales, J. Ruiz, Embajada de Costa Rica",
    ],
)
def test_a_signature_names_nobody_that_is_asked_for(text: str) -> None:
    assert [one.slots["seat"] for one in read(text).asked] == ["GH"]


@pytest.mark.parametrize("country", ["Sudan", "Israel", "Syria", "Ukraine", "Myanmar", "Russia"])
@pytest.mark.parametrize("asking", ["who is the focal point of {}?", "qui représente {} ?", "punto focal de {}"])
def test_looking_up_any_country_is_a_look_up(country: str, asking: str) -> None:
    assert [one.intent for one in read(asking.format(country)).asked] == ["directory.find"]


@pytest.mark.parametrize(
    "text", ["Guten Tag, wer ist der Ansprechpartner für Ghana?", "Кто координатор Ганы?", "من هو منسق غانا؟"]
)
def test_another_language_is_said_to_be_another(text: str) -> None:
    assert read(text).outcome is Outcome.OTHER_LANGUAGE


def test_two_questions_in_one_message_are_both_asked() -> None:
    asked = read("Who is the focal point of Ghana? And when is the annual meeting?").asked
    assert [one.intent for one in asked] == ["directory.find", "meeting.show"]


def test_a_correction_takes_the_place_of_what_was_asked() -> None:
    before = Asked("directory.find", {"seat": "AU"})
    (asked,) = read("no sorry, I meant the annual meeting", previous=before).asked
    assert asked.intent == "meeting.show"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("who is Anna Lindholm?", "Anna Lindholm"),
        ("which country is ms okoye from", "okoye"),
        ("Dans quel pays travaille M. Haddad ?", "Haddad"),
        ("¿Quién es la señora Zubiri?", "Zubiri"),
    ],
)
def test_a_name_that_no_directory_has_is_looked_up(text: str, name: str) -> None:
    (asked,) = read(text).asked
    assert (asked.intent, asked.slots["person"]) == ("directory.find", name)


@pytest.mark.parametrize("text", ["who painted the Mona Lisa", "Responsibility To Protect", "WHO HOSTS THE MEETING"])
def test_capital_letters_alone_make_no_name(text: str) -> None:
    assert all("person" not in one.slots for one in read(text).asked)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("and the webinar?", "webinar.list"),
        ("et le webinaire ?", "webinar.list"),
        ("¿y el orden del día?", "meeting.agenda"),
        ("no, the annual meeting", "meeting.show"),
    ],
)
def test_another_question_may_follow(text: str, intent: str) -> None:
    (asked,) = read(text, previous=Asked("meeting.history", {})).asked
    assert asked.intent == intent


@pytest.mark.parametrize("text", ["ghanaian", "alemanes", "la ghanéenne", "les Suédoises", "senegaleses"])
def test_a_country_is_known_by_its_people(text: str) -> None:
    (asked,) = read(f"focal point {text}").asked
    assert asked.slots["seat"] in {"DE", "GH", "SE", "SN"}


def test_a_link_is_kept_without_what_ends_the_sentence() -> None:
    (asked,) = read("I'd like to suggest https://example.org/a(1).pdf, for the shelf").asked
    assert (asked.intent, asked.slots["link"]) == ("shelf.suggest", "https://example.org/a(1).pdf")


def test_what_asks_for_nothing_is_not_answered_as_understood() -> None:
    assert read("I hope this finds you well. I am writing on behalf of my minister.").outcome is Outcome.UNSURE


def test_a_clause_may_say_what_a_sentence_does_not() -> None:
    (asked,) = read("now that the cat is out of the bag so to say, who is the focal point of Ghana").asked
    assert asked.slots["seat"] == "GH"


@pytest.mark.parametrize("text", ["no", "No.", "me", "si"])
def test_a_short_word_alone_is_no_country(text: str) -> None:
    assert all("seat" not in one.slots for one in read(text).asked)


@pytest.mark.parametrize(
    "text", ["Good morning", "Bonjour", "Bonsoir !", "Hola", "buenas tardes", "good afternoon", "hello"]
)
def test_a_greeting_is_greeted(text: str) -> None:
    assert [one.intent for one in read(text).asked] == ["bot.hello"]
