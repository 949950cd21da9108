import pytest

from bot.names import collation_key, delegations, name, order_key


def in_order(words, language):
    return sorted(words, key=lambda word: collation_key(word, language))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_accents_do_not_move_a_letter(language):
    names = ["Zambia", "Équateur", "Egypt", "Côte d'Ivoire", "Cuba", "Costa Rica", "Eswatini"]
    expected = ["Costa Rica", "Côte d'Ivoire", "Cuba", "Egypt", "Équateur", "Eswatini", "Zambia"]
    assert in_order(names, language) == expected


def test_in_spanish_n_with_tilde_is_a_letter_after_n():
    words = ["Oda", "Ñandú", "Nzinga", "Nación", "España", "Espora", "Esparta", "Espanto"]
    expected = ["Espanto", "España", "Esparta", "Espora", "Nación", "Nzinga", "Ñandú", "Oda"]
    assert in_order(words, "es") == expected
    assert in_order(["Nzinga", "Ñandú"], "fr") == ["Ñandú", "Nzinga"]


def test_a_decomposed_tilde_is_the_same_letter():
    assert collation_key("Espan\N{COMBINING TILDE}a", "es") == collation_key("España", "es")


def test_accents_decide_between_equals():
    assert in_order(["pâté", "pate", "paté"], "fr") == ["pate", "paté", "pâté"]


def test_a_word_ends_before_a_longer_one():
    names = ["Nigeria", "Guinea-Bissau", "Niger", "Guinea", "Guinea Ecuatorial"]
    assert in_order(names, "es") == ["Guinea", "Guinea-Bissau", "Guinea Ecuatorial", "Niger", "Nigeria"]


def test_lists_follow_the_readers_language_and_organisations_come_last():
    codes = ["EU", "DE", "OAS", "ES", "CH", "US", "ECOWAS", "XK"]

    def listed(language):
        return sorted(codes, key=lambda code: order_key(code, name(code, language), language))

    assert listed("en") == ["DE", "ES", "CH", "US", "XK", "ECOWAS", "EU", "OAS"]
    assert listed("fr") == ["DE", "ES", "US", "CH", "XK", "ECOWAS", "OAS", "EU"]
    assert listed("es") == ["DE", "ES", "US", "CH", "XK", "ECOWAS", "OAS", "EU"]


def test_an_override_is_sorted_by_what_is_shown():
    assert order_key("NL", "Kingdom of the Netherlands", "en") < order_key("LV", "Latvia", "en")


def test_no_two_delegations_sort_alike():
    keys = {order_key(code, "Same name", "en") for code in delegations()}
    assert len(keys) == len(delegations())
