"""What stands under messages sent by earlier versions goes on working, and what the bot never wrote is refused."""

import re
from typing import Annotated, Literal

import pytest

from bot.ui import PersistentButton, PersistentSelect, Rest, Word
from bot.ui.state import LARGEST, Declaration, ForgedStateError, Value
from tests.world import World

SENT = {
    "consent:{choice}": ["consent:yes", "consent:no"],
    "draft:{action}:{draft_id}": ["draft:confirm:7", "draft:cancel:7", "draft:correct:7"],
    "outbox-test:{draft_id}": ["outbox-test:7"],
    "outbox:{action}:{row_id}": ["outbox:stop:7", "outbox:back:7", "outbox:again:7", "outbox:arrived:7"],
    "owed:{guild_id}:{row_id}:{nonce}": ["owed:7:8:ABCDEFGHIJKLMNOPQRSTUVWXY"],
    "topic:support:{topic_id}": ["topic:support:7"],
    "topic:for:{topic_id}:{delegation_id}": ["topic:for:7:8"],
    "topic:listed:{page}:{topic_id}": ["topic:listed:0:7"],
    "topic:page:{way}:{page}": ["topic:page:<:0", "topic:page:>:2"],
    "topic:{decision}:{topic_id}": ["topic:approve:7", "topic:decline:7"],
    "do:{command}": ["do:about", "do:meeting show"],
    "audit:{way}:{page}:{who}:{what}": ["audit:<:0:0:", "audit:>:2:9:a kind: of change"],
    "outbox-list:{way}:{which}:{page}": [
        "outbox-list:<:owed:0",
        "outbox-list:>:sent:2",
        *(f"outbox-list:=:{which}:0" for which in ("notice", "missed", "failed", "unknown", "dropped")),
    ],
    "shelf:page:{way}:{page}:{category}:{language}:{draft_id}:{question}": [
        "shelf:page:<:0:manual:fr:12:",
        "shelf:page:>:2::::early: warning\nagain",
    ],
    "shelf:share:{resource_id}": ["shelf:share:7"],
    "shelf:back:{resource_id}": ["shelf:back:7"],
    "shelf:{verdict}:{resource_id}": ["shelf:approve:7", "shelf:decline:7"],
    "help": ["help"],
    "outbox-row": ["outbox-row"],
    "shelf:open": ["shelf:open"],
}
"""What each declaration wrote when it landed: messages bear it, so it is never changed."""


def test_every_button_and_list_restores_what_stands_under_messages_sent_before(world: World) -> None:
    classes = {**PersistentButton.classes, **PersistentSelect.classes}
    assert classes.keys() == SENT.keys()
    for declared, custom_ids in SENT.items():
        for custom_id in custom_ids:
            declaration = classes[declared].declared()
            match = re.fullmatch(declaration.pattern, custom_id)
            assert match is not None, custom_id
            assert declaration.write(declaration.read(match)) == custom_id


class Everything:
    number: int
    perhaps: int | None
    small: Annotated[int, 999]
    word: Word
    choice: Literal["<", ">"]
    rest: Rest


DECLARED = Declaration.of(Everything, "all:{choice}:{number}:{perhaps}:{small}:{word}:{rest}")


@pytest.mark.parametrize(
    ("custom_id", "number", "perhaps", "rest"),
    [
        ("all:<:0:1:999:a_1:b:c", 0, 1, "b:c"),
        ("all:>:12::7::", 12, None, ""),
        (f"all:>:{LARGEST}::7::two\nlines", LARGEST, None, "two\nlines"),
    ],
)
def test_what_is_written_is_read_again(custom_id: str, number: int, perhaps: int | None, rest: str) -> None:
    match = re.fullmatch(DECLARED.pattern, custom_id)
    assert match is not None
    values: dict[str, Value] = DECLARED.read(match)
    assert (values["number"], values["perhaps"], values["rest"]) == (number, perhaps, rest)
    assert DECLARED.write(values) == custom_id


@pytest.mark.parametrize(
    "custom_id",
    [f"all:>:{LARGEST + 1}:1:7::", f"all:>:1:{'9' * 40}:7::", "all:>:1:1:1000::", f"all:>:{'9' * 40}:1:7::"],
)
def test_numbers_that_no_record_can_have_are_refused(custom_id: str) -> None:
    match = re.fullmatch(DECLARED.pattern, custom_id)
    assert match is not None
    with pytest.raises(ForgedStateError):
        DECLARED.read(match)


def test_a_part_without_a_type_is_a_mistake_found_at_import() -> None:
    with pytest.raises(TypeError, match="unknown"):
        Declaration.of(Everything, "all:{unknown}")
    with pytest.raises(TypeError, match="cannot keep"):
        Declaration.of(PersistentButton, "all:{classes}")
