"""What meetings of several kinds are called, whom they invite, and which is the next: without a bot."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot import invitations, meeting_names
from bot.names import is_in_region
from bot.recorded_meetings import recorded_meetings
from bot.texts import Reader
from cogs.meetings import emails, rules, sentences
from cogs.meetings.messages import MeetingMessages
from storage.meetings.models import MEETING_KINDS, MEETING_REGIONS, Meeting

DAY = date(2027, 5, 12)


def meeting(**values: Any) -> Meeting:
    given: dict[str, Any] = {
        "id": 1,
        "guild_id": 1,
        "uid": "",
        "number": None,
        "starts_on": DAY,
        "ends_on": values.get("starts_on", DAY),
        "city": "Ljubljana",
        "country": "SI",
        "timezone": "Europe/Ljubljana",
    }
    return Meeting(**{**given, **values})


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("en", "regional meeting for Europe 2027", "Regional meeting for Europe, Ljubljana, 2027"),
        ("fr", "réunion régionale pour l'Europe 2027", "Réunion régionale pour l'Europe, Ljubljana, 2027"),
        ("es", "reunión regional para Europa 2027", "Reunión regional para Europa, Liubliana, 2027"),
    ],
)
def test_a_name_says_kind_place_and_year(language: Any, title: str, name: str) -> None:
    reader = Reader(language, "UTC")
    european = meeting(kind="regional", region="europe")
    assert meeting_names.title(european, reader).replace("’", "'") == title
    assert meeting_names.full_name(european, reader).replace("’", "'") == name


def test_ordinals_take_the_place_of_the_year_within_a_sentence() -> None:
    reader = Reader("en", "UTC")
    assert meeting_names.title(meeting(kind="regional", region="europe", number=3), reader) == (
        "3rd regional meeting for Europe"
    )
    assert meeting_names.full_name(meeting(number=12), reader) == "12th annual meeting, Ljubljana, 2027"


def test_every_kind_and_region_has_a_name() -> None:
    reader = Reader("en", "UTC")
    regions = [None, *MEETING_REGIONS]
    others = [(kind, region) for kind in MEETING_KINDS if kind != "annual" for region in regions]
    named = {meeting_names.full_name(meeting(kind=k, region=r), reader) for k, r in [("annual", None), *others]}
    assert len(named) == len(others) + 1


def test_the_continents_add_to_the_regional_groups() -> None:
    europe = [
        code for code in ("SI", "ES", "CH", "CY", "EU", "AU", "IL", "US", "GH", "OAS") if is_in_region(code, "europe")
    ]
    assert europe == ["SI", "ES", "CH", "CY", "EU"]
    americas = [code for code in ("UY", "US", "CA", "OAS", "EU", "ES") if is_in_region(code, "americas")]
    assert americas == ["UY", "US", "CA", "OAS"]
    assert is_in_region("US", "western_european_and_others"), "it attends that group"
    assert not is_in_region("OAS", "latin_american_caribbean"), "organisations have no group"


def test_who_may_see_a_meeting() -> None:
    private = meeting(kind="regional", region="europe", invited=("SI",), hosts=("DK",), is_public=False)

    def sees(*codes: str) -> bool:
        return invitations.may_see(private, codes, is_secretariat=False)

    assert [sees("SI"), sees("GH", "SI"), sees("DK"), sees("GH"), sees()] == [True, True, True, False, False]
    assert invitations.may_see(private, (), is_secretariat=True)
    assert invitations.may_see(meeting(), (), is_secretariat=False)


def test_which_meeting_is_the_next() -> None:
    past = meeting(id=1, starts_on=date(2026, 1, 1))
    on = meeting(id=2, starts_on=date(2027, 5, 11), ends_on=date(2027, 5, 13))
    later = meeting(id=3, starts_on=date(2027, 9, 1))
    cancelled = meeting(id=4, starts_on=date(2027, 5, 12), cancelled_at=rules.first_instant(on))
    last_day = date(2027, 5, 13)
    assert invitations.next_of([later, past, cancelled, on], last_day) is on
    assert invitations.next_of([later, past, cancelled], last_day) is later
    assert invitations.next_of([past, cancelled], last_day) is past
    assert invitations.next_of([cancelled], last_day) is cancelled
    assert invitations.next_of([], last_day) is None
    assert [invitations.is_ahead(one, last_day) for one in (past, on, later, cancelled)] == [False, True, True, False]


def test_meetings_are_meant_for_those_whom_they_invite() -> None:
    annual, european = meeting(id=1), meeting(id=2, kind="regional", region="europe", invited=("SI",))
    assert invitations.meant_for([annual, european], ["GH"]) == [annual]
    assert invitations.meant_for([annual, european], ["GH", "SI"]) == [annual, european]
    assert invitations.meant_for([annual, european], []) == [annual]


def test_reminders_of_some_are_fewer_than_those_in_the_channel() -> None:
    kinds = [due.kind for due in rules.reminders(meeting(kind="regional", region="europe"))]
    assert kinds == ["countdown:30d", "countdown:7d", "countdown:1d", "day:1"]
    assert len(rules.reminders(meeting())) == 7


def test_two_annual_meetings_near_each_other_are_noticed() -> None:
    planned = meeting(id=0)
    near = meeting(id=5, starts_on=date(2027, 10, 1))
    nearest = meeting(id=6, starts_on=date(2027, 3, 1))
    others = [
        near,
        nearest,
        meeting(id=7, starts_on=DAY, kind="regional", region="europe"),
        meeting(id=8, starts_on=DAY, cancelled_at=rules.first_instant(near)),
    ]
    assert rules.too_near(planned, others) is nearest
    assert rules.too_near(planned, others[2:]) is None
    assert rules.too_near(meeting(id=5), [near]) is None, "not near itself"
    assert rules.too_near(meeting(kind="regional", region="europe"), others) is None


def test_each_kind_of_meeting_of_each_region_has_a_name() -> None:
    regions = (None, *meeting_names.MEETING_REGIONS)
    others = [kind for kind in meeting_names.KINDS if kind != "annual"]
    for kind, region in [("annual", None), *((kind, region) for kind in others for region in regions)]:
        assert meeting_names.kind_name(meeting(kind=kind, region=region)).singular


def test_the_regional_meetings_on_record_tell_only_their_year() -> None:
    regional = [one for one in recorded_meetings() if one.kind == "regional"]
    assert [(one.region, one.number, one.starts_on.year, one.city) for one in regional] == [
        ("europe", 1, 2013, "Ljubljana"),
        ("europe", 3, 2017, "Ljubljana"),
    ]
    assert all(one.source.startswith("http") for one in regional)
    recorded = meeting(starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31), is_recorded=True)
    assert meeting_names.days(recorded, Reader("en", "UTC")) == "2013"
    assert not meeting(starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31)).tells_year_only


ABROAD = Reader("en", "America/New_York")


@pytest.mark.parametrize("kind", sorted({*MeetingMessages.to_people} - {*rules.ASKING, rules.Kind.REGISTERED}))
def test_an_e_mail_says_what_the_channel_says_where_all_are_invited(kind: rules.Kind) -> None:
    european = meeting(kind="regional", region="europe", cancel_reason="No host")
    before, after = (rules.first_instant(european) + timedelta(days=days) for days in (-30, 1))
    reader = Reader("en", "UTC")
    said: list[str] = []
    for now in (before, after):
        background = sentences.Background(now, sentences.Delegations(()))
        mail = emails.notice(kind, european, "1–2 May 2027", background, reader)
        text = " ".join(reader.label(paragraph) for paragraph in mail.paragraphs)
        assert "regional meeting for Europe 2027" in text
        assert "Ljubljana" in text
        assert "Ljubljana" not in reader.label(mail.subject), "it is read over shoulders"
        said.append(f"{mail.asks}: {text}")
    asks = kind not in (rules.Kind.CANCELLED, rules.Kind.UNINVITED)
    assert ["Please register" in text for text in said] == [asks, False]
    assert [text.startswith("an_answer") for text in said] == [asks, False]
    in_new_york = emails.notice(kind, european, "", sentences.Background(before, sentences.Delegations(())), ABROAD)
    deadline = " ".join(ABROAD.label(paragraph) for paragraph in in_new_york.paragraphs)
    both = ("New York" in deadline, "Ljubljana)" in deadline.rpartition("Please register")[2])
    assert both == (asks, asks), "the deadline is said in the reader's zone and in the meeting's"
    assert ("No host" in said[0]) is (kind is rules.Kind.CANCELLED)
    assert ("instead of 1–2 May 2027" in said[0]) is (kind is rules.Kind.CHANGED)
