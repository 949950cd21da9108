import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.shelf import comparison_key, normalised


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("HTTPS://WWW.GlobalR2P.org:443/Publications/../x?b=1&a=2#part", "https://www.globalr2p.org/x?b=1&a=2"),
        ("globalr2p.org", "https://globalr2p.org/"),
        ("  <https://example.org/a>  ", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y&fbclid=z&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("https://example.org/a(b)*[c]", "https://example.org/a%28b%29%2A%5Bc%5D"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%e9", "https://example.org/%E9"),
        ("//example.org/a", "https://example.org/a"),
    ],
)
def test_an_address_is_written_in_one_way(typed: str, written: str) -> None:
    assert normalised(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "😀", "no address", "the manual", "manual", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
        "data:text/html,x", "file:///etc/passwd", "ftp://example.org/x", "mailto:a@example.org", "http://", "https:///x",
        "https:example.org", "http://localhost", "http://localhost:8080/x", "http://printer.local/", "http://a.internal",
        "http://intranet/", "http://127.0.0.1/", "http://127.1", "http://10.0.0.7/x", "http://192.168.1.1",
        "http://172.16.0.1", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0", "http://2130706433/",
        "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[fe80::1]/",
        "http://[::ffff:10.0.0.1]/", "http://127。0。0。1/", "http://\N{FULLWIDTH DIGIT ONE}27.0.0.1/", "https://user:secret@example.org/",
        "https://secret@example.org/", "https://example.org\\@evil.example/", "https://exa mple.org/",
        "https://example.org:99999/", "https://example.org:x/", "https://example.org/" + "a" * 500, "x" * 2000,
        "https://example.org/" + "a" * 2000, "https://-.example/", "https://exam\nple.org", "8.8.8.8",
    ],
)  # fmt: skip
def test_what_others_could_not_follow_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        normalised(typed)


def test_spellings_of_one_page_are_the_same() -> None:
    spellings = (
        "http://globalr2p.org/publications/268",
        "https://www.globalr2p.org/publications/268/",
        "HTTPS://GLOBALR2P.ORG/publications/268?utm_campaign=x#top",
    )
    assert len({comparison_key(normalised(spelling)) for spelling in spellings}) == 1


def test_other_pages_are_not_the_same() -> None:
    pages = ("https://a.example/x", "https://a.example/X", "https://a.example/x?y=1", "https://b.a.example/x")
    assert len({comparison_key(normalised(page)) for page in pages}) == len(pages)


URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "http://", "https://", "HTTPS://www."]),
    st.sampled_from(["example.org", "EXAMPLE.org:8080", "bücher.example.", "a.b.example"]),
    st.text(alphabet="/abÉ%2fF.()*&=?#_~ñ😀;:@,+'!$|", max_size=40).map("/{}".format),
    st.text(alphabet="ab=&?utm_source%#", max_size=30).map("?{}".format),
)


@given(typed=st.one_of(URLS, st.text(max_size=80)))
@example(typed="https://example.org//./..//a/%2e%2e/")
def test_twice_is_once_and_nothing_else_is_raised(typed: str) -> None:
    try:
        written = normalised(typed)
    except UserError:
        return
    assert normalised(written) == written
    assert comparison_key(normalised(written)) == comparison_key(written)
    assert len(written) <= 512
    assert written.isascii()
    assert not set(written) & set(' <>()[]*\\`"|')
