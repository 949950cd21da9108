import pytest

from bot.smtp.addresses import is_address


@pytest.mark.parametrize(
    "typed",
    ["ama.testah@mfa.gov.gh", "r2p+focal@example.org", "o'brien@dfa.ie", "x@a-b.example", f"{'a' * 64}@example.org"],
)
def test_an_address(typed: str) -> None:
    assert is_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ama",
        "ama@",
        "@mfa.gov.gh",
        "ama@localhost",
        "ama testah@mfa.gov.gh",
        "ama@mfa.gov.gh, kofi@mfa.gov.gh",
        "ama@mfa.gov.gh\nBcc: everybody@example.org",
        "Ama <ama@mfa.gov.gh>",
        "ama@mfa..gh",
        ".ama@mfa.gov.gh",
        "ama@-mfa.gh",
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_not_one_address(typed: str) -> None:
    assert not is_address(typed)
