from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import NotFoundError, UserError
from cogs.topics import rules
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
