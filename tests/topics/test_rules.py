from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import NotFoundError, UserError
from cogs.topics import rules
from storage.meetings.models import Meeting
from storage.polls.models import Poll, PollOption
from storage.topics.models import TOPIC_FORMATS, TOPIC_LEVELS, Topic


def refusal(what: Any, typed: str) -> dict[str, object]:
    with pytest.raises(UserError) as refused:
        what(typed)
    return dict(refused.value.text.values)


def test_a_title_is_one_line_of_at_most_100_characters() -> None:
    assert rules.title_of(" Early\n warning ") == "Early warning"
    assert rules.title_of("t" * 100) == "t" * 100
    assert refusal(rules.title_of, "t" * 101) == {"most": 100}
    assert refusal(rules.title_of, " ?! ") == {}


def test_a_description_has_at_most_1000_characters() -> None:
    assert rules.description_of(f" {'d' * 1000} ") == "d" * 1000
    assert refusal(rules.description_of, "d" * 1001) == {"most": 1000}


def test_levels_and_formats_are_those_there_are() -> None:
    assert [rules.level_of(level) for level in TOPIC_LEVELS] == list(TOPIC_LEVELS)
    assert [rules.format_of(one) for one in TOPIC_FORMATS] == list(TOPIC_FORMATS)
    for what in (rules.level_of, rules.format_of):
        refusal(what, "galactic")


def test_one_topic_is_meant_or_none() -> None:
    topics = [topic(1, "Courts"), topic(2, "Youth")]
    assert rules.chosen_topic(topics, "2") is topics[1]
    assert rules.chosen_topic(topics, "courts") is topics[0]
    with pytest.raises(NotFoundError) as refused:
        rules.chosen_topic(topics, "x" * 150)
    assert dict(refused.value.text.values) == {"typed": "x" * 100}


def topic(number: int, title: str) -> Any:
    fields: dict[str, Any] = dict.fromkeys(Topic.__dataclass_fields__)
    fields |= {"id": number, "guild_id": 1, "delegation_id": 1, "title": title}
    fields |= {name: datetime(2026, 1, 1, tzinfo=UTC) for name in fields if name.endswith("_at")}
    return Topic(**fields)


TODAY = date(2027, 3, 9)
DAY = timedelta(days=1)


def meeting(starts_in: int, *, days: int = 1, **fields: Any) -> Meeting:
    given: dict[str, Any] = dict.fromkeys(Meeting.__dataclass_fields__)
    starts_on = TODAY + starts_in * DAY
    given |= {"starts_on": starts_on, "ends_on": starts_on + (days - 1) * DAY, "is_recorded": False}
    return Meeting(**{name: value for name, value in (given | fields).items() if name in Meeting.__dataclass_fields__})


def poll(opened: int, *topics: int | None) -> Poll:
    options = tuple(PollOption(number, "Courts", topic_id=one) for number, one in enumerate(topics, 1))
    found: Any = SimpleNamespace(
        plan=SimpleNamespace(options=options),
        opened_at=datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) + opened * DAY,
    )
    return found


@pytest.mark.parametrize(
    ("starts_in", "cancelled", "takes"), [(1, False, True), (0, False, False), (-1, False, False), (30, True, False)]
)
def test_topics_are_proposed_until_the_meeting_begins(starts_in: int, cancelled: bool, takes: bool) -> None:
    cancelled_at = datetime(2027, 1, 1, tzinfo=UTC) if cancelled else None
    ahead = meeting(starts_in, cancelled_at=cancelled_at)
    assert rules.takes_proposals(ahead, [ahead], [], TODAY) is takes


@pytest.mark.parametrize(
    ("polls", "takes"),
    [
        ([poll(-5, None, None)], True),
        ([poll(-5, None, 3)], False),
        ([poll(-100, 3)], True),
        ([poll(-10, 3)], True),
        ([poll(-9, 3)], False),
        ([poll(-100, 3), poll(-5, 4)], False),
    ],
)
def test_topics_are_proposed_until_they_are_chosen_among(polls: list[Poll], takes: bool) -> None:
    ahead, before = meeting(30), meeting(-11, days=2)
    others = [
        meeting(-400),
        before,
        meeting(-2, cancelled_at=datetime(2027, 1, 1, tzinfo=UTC)),
        # Not over yet: it is today's last day.
        meeting(-3, days=4),
        ahead,
    ]
    assert rules.takes_proposals(ahead, others, polls, TODAY) is takes


def test_before_the_first_meeting_any_choice_ends_the_proposals() -> None:
    ahead = meeting(30)
    assert rules.takes_proposals(ahead, [ahead], [], TODAY)
    assert not rules.takes_proposals(ahead, [ahead], [poll(-900, 3)], TODAY)
