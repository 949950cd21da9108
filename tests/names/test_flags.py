import pytest

from bot.names import code_from_flag, delegations, flag, kind_of


def test_a_flag_is_made_of_the_code():
    assert (flag("DK"), flag("EU")) == ("🇩🇰", "🇪🇺")


@pytest.mark.parametrize("code", ["OAS", "ZZ", "XA", "UN", "dk", "D", "", "001", "éé"])
def test_what_has_no_flag_shows_none(code):
    assert flag(code) == ""


def test_a_state_that_a_network_adds_has_the_flag_of_its_code():
    assert flag("XK") == "🇽🇰"


def test_every_state_has_a_flag_that_leads_back_to_it():
    for code in delegations():
        if kind_of(code) == "state":
            assert code_from_flag(flag(code)) == code


@pytest.mark.parametrize("text", ["", "DK", "🇩", "🇩🇰🇬🇭", "🇩🇰 Denmark", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🎉", "🇿🇿", "a" * 2000])
def test_what_is_no_flag_gives_no_code(text):
    assert code_from_flag(text) is None


def test_a_flag_is_read_with_what_phones_put_around_it():
    assert code_from_flag("  🇪🇺\N{VARIATION SELECTOR-16}\N{LEFT-TO-RIGHT MARK}") == "EU"
