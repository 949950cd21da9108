from collections import Counter

from bot.names import REGIONAL_GROUPS, delegations, observes, regional_group


def test_every_member_state_but_the_united_states_is_in_a_group():
    without = [code for code in delegations() if regional_group(code) is None]
    assert without == ["EU", "OAS", "PS", "US", "VA"]


def test_the_groups_have_their_sizes():
    sizes = Counter(regional_group(code) for code in delegations())
    assert [sizes[group] for group in REGIONAL_GROUPS] == [54, 54, 23, 33, 28]


def test_the_united_states_stands_apart():
    assert regional_group("US") is None
    assert observes("US") == "western_european_and_others"
    assert [code for code in delegations() if observes(code)] == ["US"]


def test_tuerkiye_is_counted_with_western_european_and_others():
    assert regional_group("TR") == "western_european_and_others"


def test_a_code_outside_the_table_has_no_group():
    assert regional_group("XYZ") is None
    assert observes("XYZ") is None
