"""What is remembered of a conversation, for how long, and how many messages are counted: without a bot."""

from datetime import UTC, datetime, timedelta

import pytest

from cogs.chat.conversations import A_MINUTE, Conversations
from cogs.chat.understanding import Asked

NOW = datetime(2027, 3, 9, 10, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.mark.parametrize(("after", "is_known"), [(10 * MINUTE, True), (10 * MINUTE + SECOND, False)])
def test_a_question_is_remembered_for_ten_minutes_in_its_channel(after: timedelta, is_known: bool) -> None:
    conversations = Conversations()
    first = conversations.of(1, 2, NOW)
    assert (conversations.of(1, 2, NOW + after) is first) is is_known
    assert conversations.of(1, 3, NOW) is not first
    assert conversations.of(3, 2, NOW) is not first


def test_each_message_begins_the_ten_minutes_anew() -> None:
    conversations = Conversations()
    first = conversations.of(1, 2, NOW)
    for minutes in (9, 18, 27):
        assert conversations.of(1, 2, NOW + minutes * MINUTE) is first


def test_two_thousand_conversations_are_remembered_and_the_oldest_makes_room() -> None:
    conversations = Conversations()
    first = [conversations.of(account, 0, NOW) for account in range(2000)]
    assert conversations.of(0, 0, NOW) is first[0]
    conversations.of(2000, 0, NOW)
    # The second is the oldest now: the first was asked for since.
    assert conversations.of(0, 0, NOW) is first[0]
    assert conversations.of(2, 0, NOW) is first[2]
    assert conversations.of(1, 0, NOW) is not first[1]


def test_what_was_asked_before_is_remembered_for_the_last_twelve_messages() -> None:
    conversations = Conversations()
    conversation = conversations.of(1, 2, NOW)
    asked = [Asked(f"intent {number}") for number in range(14)]
    for number, one in enumerate(asked):
        conversations.remember(conversation, number, one)
    assert conversation.previous is asked[-1]
    assert list(conversation.before) == list(range(2, 14))
    assert conversation.before[13] is asked[12]
    # What was not understood does not take the place of what was.
    conversations.remember(conversation, 14, None)
    assert conversation.previous is asked[-1]


def test_messages_are_counted_for_a_minute() -> None:
    assert A_MINUTE == 6
    conversations = Conversations()
    assert [conversations.count(1, NOW + second * SECOND) for second in range(10)] == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
    assert conversations.count(2, NOW) == 1
    assert conversations.count(1, NOW + MINUTE + 9 * SECOND) == 2
    assert conversations.count(1, NOW + 3 * MINUTE) == 1
