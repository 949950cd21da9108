"""What stands under messages sent by earlier versions goes on working, and what the bot never wrote is refused."""

import re
from typing import Annotated, Literal
from zoneinfo import available_timezones

import pytest

from bot.ui import PersistentButton, PersistentSelect, Rest, Word, Zone
from bot.ui.state import LARGEST, Declaration, ForgedStateError, Value
from tests.world import World

BUTTONS_SENT = {
    "calendar:{way}:{page}": ["calendar:<:0", "calendar:>:2"],
    "chat:language:{language}": ["chat:language:fr"],
    "chat:network:{guild_id}:{message_id}": ["chat:network:7:8"],
    "chat:send:{message_id}": ["chat:send:8"],
    "chat:show:{message_id}": ["chat:show:8"],
    "chat:zone:{zone}": ["chat:zone:Africa/Accra"],
    "in:{guild_id}:{inner}": ["in:7:poll:vote:8", "in:7:do:topic propose"],
    "consent:{choice}": ["consent:yes", "consent:no"],
    "notice:show:{row_id}": ["notice:show:12"],
    "draft:{action}:{draft_id}": ["draft:confirm:7", "draft:cancel:7", "draft:correct:7"],
    "draft:{action}:{draft_id}:{which}": ["draft:confirm:7:webinar_tell", "draft:correct:7:webinar_details"],
    "outbox-test:{draft_id}": ["outbox-test:7"],
    "outbox:{action}:{row_id}": ["outbox:stop:7", "outbox:back:7", "outbox:again:7", "outbox:arrived:7"],
    "owed:{guild_id}:{row_id}:{nonce}": ["owed:7:8:ABCDEFGHIJKLMNOPQRSTUVWXY"],
    "pending:{way}:{page}": ["pending:<:0", "pending:>:2"],
    "statement:join:{guild_id}:{statement_id}": ["statement:join:7:8"],
    "statement:join:{guild_id}:{statement_id}:{version}": ["statement:join:7:8:1"],
    "statement:for:{guild_id}:{statement_id}:{delegation_id}": ["statement:for:7:8:9"],
    "statement:for:{guild_id}:{statement_id}:{delegation_id}:{version}": ["statement:for:7:8:9:1"],
    "statement:withdraw:{guild_id}:{statement_id}:{delegation_id}": ["statement:withdraw:7:8:9"],
    "statement:more_time:{guild_id}:{statement_id}": ["statement:more_time:7:8"],
    "statement:no_reminders:{guild_id}:{statement_id}": ["statement:no_reminders:7:8"],
    "statement:show:{guild_id}:{statement_id}": ["statement:show:7:8"],
    "statement:page:{way}:{page}": ["statement:page:<:0", "statement:page:>:2"],
    "statement:{stage}:{statement_id}": [f"statement:{stage}:7" for stage in ("final", "open", "close", "delivered")],
    "topic:support:{topic_id}": ["topic:support:7"],
    "topic:for:{topic_id}:{delegation_id}": ["topic:for:7:8"],
    "topic:listed:{page}:{topic_id}": ["topic:listed:0:7"],
    "topic:page:{way}:{page}": ["topic:page:<:0", "topic:page:>:2"],
    "topic:{decision}:{topic_id}": ["topic:approve:7", "topic:decline:7"],
    "do:{command}": ["do:about", "do:meeting show"],
    "audit:{way}:{page}:{who}:{what}": ["audit:<:0:0:", "audit:>:2:9:a kind: of change"],
    "unreached:{way}:{which}:{draft_id}:{in_file}:{page}": [
        "unreached:<:unreached:7:12:0",
        "unreached:>:all:0:0:2",
        "unreached:>:sent:0:0:1",
    ],
    "unreached-list:{which}": [f"unreached-list:{which}" for which in ("unreached", "all", "sent")],
    "unreached-sent:{draft_id}": ["unreached-sent:7"],
    "outbox-open:{which}": [f"outbox-open:{which}" for which in ("failed", "unknown", "missed")],
    "outbox-list:{way}:{which}:{page}": [
        "outbox-list:<:owed:0",
        "outbox-list:>:sent:2",
        *(f"outbox-list:=:{which}:0" for which in ("notice", "not_reached", "missed", "failed", "unknown", "dropped")),
    ],
    "shelf:page:{way}:{page}:{category}:{language}:{draft_id}:{question}": [
        "shelf:page:<:0:manual:fr:12:",
        "shelf:page:>:2::::early: warning\nagain",
    ],
    "shelf:share:{resource_id}": ["shelf:share:7"],
    "shelf:back:{resource_id}": ["shelf:back:7"],
    "shelf:{verdict}:{resource_id}": ["shelf:approve:7", "shelf:decline:7"],
    "meeting:{attendance}:{guild_id}:{meeting_id}": [
        "meeting:in_person:7:8",
        "meeting:online:7:8",
        "meeting:not_attending:7:8",
    ],
    "claims-waiting": ["claims-waiting"],
    "nominations-waiting": ["nominations-waiting"],
    "meeting:show:{meeting_id}": ["meeting:show:7"],
    "meeting:answer:{meeting_id}:{code}": ["meeting:answer:7:GH"],
    "meeting:confirm:{meeting_id}:{code}": ["meeting:confirm:7:GH"],
    "meeting:for:{attendance}:{meeting_id}:{code}": [
        f"meeting:for:{attendance}:7:OAS" for attendance in ("in_person", "online", "not_attending")
    ],
    "meeting:ics:{guild_id}:{meeting_id}": ["meeting:ics:7:8"],
    "meeting:agenda{way}:{meeting_id}:{page}": ["meeting:agenda<:7:0", "meeting:agenda>:7:2", "meeting:agenda=:7:0"],
    "meeting:history{way}:{page}": ["meeting:history<:0", "meeting:history>:2"],
    "meeting:record": ["meeting:record"],
    "meeting:event:{record_id}": ["meeting:event:7"],
    "meeting:registrations{way}:{meeting_id}:{page}": ["meeting:registrations<:7:0", "meeting:registrations>:7:2"],
    "meeting:chase:{meeting_id}": ["meeting:chase:7"],
    "webinar:{action}:{webinar_id}:{guild_id}": [
        f"webinar:{action}:7:8" for action in ("attending", "maybe", "cant", "calendar", "recording")
    ],
    "webinar:show:{webinar_id}": ["webinar:show:7"],
    "webinarevent:{record_id}": ["webinarevent:7"],
    "decision:{action}:{guild_id}:{decision_id}": [f"decision:{action}:8:7" for action in ("seen", "time", "object")],
    "decision:for:{wish}:{decision_id}:{delegation_id}": ["decision:for:time:7:8", "decision:for:object:7:8"],
    "decision:manage:{way}:{decision_id}": ["decision:manage:extend:7", "decision:manage:text:7"],
    "decision:page:{way}:{page}": ["decision:page:<:0", "decision:page:>:2"],
    "decision:show:{decision_id}": ["decision:show:7"],
    "poll:page:{way}:{page}": ["poll:page:<:0", "poll:page:>:2"],
    "poll:vote:{poll_id}": ["poll:vote:7"],
    "poll:for:{poll_id}:{delegation_id}": ["poll:for:7:8"],
    "poll:receipt:{poll_id}:{delegation_id}": ["poll:receipt:7:8"],
    "poll:extend:{poll_id}": ["poll:extend:7"],
    "poll:openly:{poll_id}": ["poll:openly:7"],
    "pb:{action}:{poll_id}:{delegation_id}:{person_id}:{token}:{page}:{moving}:{marks}": [
        *(f"pb:{action}:7:8:0:a1b2c3:0:0:" for action in ("cast", "undo", "up", "again", "prev", "next", "abstain")),
        "pb:cast:7:8:9:ffffff:1:n:3A0n",
    ],
    "me:post:{appointment_id}": ["me:post:7"],
    "me:{what}": ["me:entry", "me:contact", "me:card"],
    "mhistory:{way}:{page}:{code}": ["mhistory:<:0:DK", "mhistory:>:3:OAS"],
    "mlist:{way}:{page}:{region}:{role}:{language}:{expertise}": [
        "mlist:<:0::::",
        "mlist:>:2:african:focal_point:fr:early warning: radio",
    ],
    "claim:{action}:{claim_id}": ["claim:confirm:7", "claim:refuse:7"],
    "claims:{list_id}": ["claims:7"],
    "nomination:{action}:{nomination_id}": ["nomination:approve:7", "nomination:decline:7"],
    "note:{action}:{guild_id}:{appointment_id}": ["note:show:7:0", "note:write:7:8", "note:delete:7:8"],
    "start:{what}": ["start:code", "start:how"],
    "welcome:{what}:{guild_id}": ["welcome:region:7", "welcome:manual:7"],
}
LISTS_SENT = {
    "list-in:{guild_id}:{inner}": ["list-in:7:seats"],
    "help": ["help"],
    "outbox-row": ["outbox-row"],
    "unreached-returned": ["unreached-returned"],
    "unreached-rows": ["unreached-rows"],
    "pb:{action}:{poll_id}:{delegation_id}:{person_id}:{token}:{page}:{moving}:{marks}": [
        *(f"pb:{action}:7:8:0:a1b2c3:0:0:" for action in ("pick", "yes", "maybe")),
    ],
    "shelf:open": ["shelf:open"],
    "decision:sent:{decision_id}": ["decision:sent:7"],
    "decision:unsent:{decision_id}": ["decision:unsent:7"],
    "chat:suggest:{message_id}": ["chat:suggest:8"],
    "chat:nominate:{message_id}": ["chat:nominate:8"],
    "seats": ["seats"],
}
"""What each declaration wrote when it landed: messages bear it, so it is never changed."""


def test_every_button_and_list_restores_what_stands_under_messages_sent_before(world: World) -> None:
    for classes, sent in ((PersistentButton.classes, BUTTONS_SENT), (PersistentSelect.classes, LISTS_SENT)):
        assert classes.keys() == sent.keys(), "write what it sends into BUTTONS_SENT or LISTS_SENT"
        for declared, custom_ids in sent.items():
            declaration = classes[declared].declared()
            for custom_id in custom_ids:
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


class InZone:
    zone: Zone


ZONED = Declaration.of(InZone, "in:{zone}")


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "America/Port-au-Prince"])
def test_a_time_zone_is_read_again(zone: str) -> None:
    match = re.fullmatch(ZONED.pattern, f"in:{zone}")
    assert match is not None
    assert ZONED.read(match) == {"zone": zone}


def test_a_time_zone_that_is_none_is_refused() -> None:
    match = re.fullmatch(ZONED.pattern, "in:Mars/Olympus")
    assert match is not None
    with pytest.raises(ForgedStateError):
        ZONED.read(match)
    assert re.fullmatch(ZONED.pattern, "in:../etc/passwd") is None


def test_every_time_zone_has_the_form_of_one() -> None:
    assert [zone for zone in available_timezones() if not re.fullmatch(ZONED.pattern, f"in:{zone}")] == []


def test_a_part_without_a_type_is_a_mistake_found_at_import() -> None:
    with pytest.raises(TypeError, match="unknown"):
        Declaration.of(Everything, "all:{unknown}")
    with pytest.raises(TypeError, match="cannot keep"):
        Declaration.of(PersistentButton, "all:{classes}")
