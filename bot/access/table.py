"""Who may do what: the one table. Commands, lists while typing, buttons, forms and the tests read it."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final


class Level(Enum):
    """Who is let in."""

    EVERYBODY = "everybody on the server"
    MEMBERS = "members, and the secretariat that serves them"
    DELEGATES = "members only: who holds an appointment"
    SECRETARIAT = "the secretariat"
    MANAGE_SERVER = "who may manage the server"


COMMANDS: Final[dict[str, Level]] = {
    "help": Level.EVERYBODY,
    "about": Level.EVERYBODY,
    "pending": Level.DELEGATES,
    "settings timezone": Level.EVERYBODY,
    "settings language": Level.EVERYBODY,
    "settings reminders": Level.EVERYBODY,
    "setup roles": Level.MANAGE_SERVER,
    "setup channels": Level.MANAGE_SERVER,
    "setup defaults": Level.MANAGE_SERVER,
    "setup privacy": Level.MANAGE_SERVER,
    "setup show": Level.MANAGE_SERVER,
    "audit": Level.SECRETARIAT,
    "outbox list": Level.SECRETARIAT,
    "outbox unreached": Level.SECRETARIAT,
    "outbox pause": Level.SECRETARIAT,
    "outbox resume": Level.SECRETARIAT,
    "message send": Level.SECRETARIAT,
    "member find": Level.MEMBERS,
    "member list": Level.MEMBERS,
    "member history": Level.MEMBERS,
    "member me": Level.MEMBERS,
    "Focal point card": Level.MEMBERS,
    "member import": Level.SECRETARIAT,
    "member export": Level.SECRETARIAT,
    "member name": Level.SECRETARIAT,
    "member steering": Level.SECRETARIAT,
    "resource search": Level.EVERYBODY,
    "resource list": Level.EVERYBODY,
    "resource show": Level.EVERYBODY,
    "resource suggest": Level.MEMBERS,
    "resource add": Level.SECRETARIAT,
    "resource edit": Level.SECRETARIAT,
    "resource remove": Level.SECRETARIAT,
    "resource digest": Level.SECRETARIAT,
    "resource import": Level.SECRETARIAT,
    "resource export": Level.SECRETARIAT,
    "meeting show": Level.EVERYBODY,
    "meeting history": Level.EVERYBODY,
    "meeting agenda": Level.EVERYBODY,
    "meeting register": Level.MEMBERS,
    "meeting plan": Level.SECRETARIAT,
    "meeting edit": Level.SECRETARIAT,
    "meeting cancel": Level.SECRETARIAT,
    "meeting session add": Level.SECRETARIAT,
    "meeting session edit": Level.SECRETARIAT,
    "meeting session remove": Level.SECRETARIAT,
    "meeting registrations": Level.SECRETARIAT,
    "meeting report": Level.SECRETARIAT,
    "privacy export": Level.EVERYBODY,
    "privacy erase": Level.EVERYBODY,
    "member claim": Level.EVERYBODY,
    "member overview": Level.SECRETARIAT,
    "member invite": Level.SECRETARIAT,
    "member nominate": Level.DELEGATES,
    "member appoint": Level.SECRETARIAT,
    "member handover": Level.SECRETARIAT,
    "member end": Level.SECRETARIAT,
    "member link": Level.SECRETARIAT,
    "meeting reminders": Level.SECRETARIAT,
    "webinar list": Level.EVERYBODY,
    "webinar show": Level.EVERYBODY,
    "webinar calendar": Level.EVERYBODY,
    "webinar schedule": Level.SECRETARIAT,
    "webinar edit": Level.SECRETARIAT,
    "webinar cancel": Level.SECRETARIAT,
    "webinar attendees": Level.SECRETARIAT,
    "webinar recording": Level.SECRETARIAT,
    "webinar slots": Level.SECRETARIAT,
    "topic propose": Level.DELEGATES,
    "topic list": Level.MEMBERS,
    "topic withdraw": Level.MEMBERS,
    "topic merge": Level.SECRETARIAT,
    "topic poll": Level.SECRETARIAT,
    "poll list": Level.MEMBERS,
    "poll results": Level.MEMBERS,
    "poll verify": Level.MEMBERS,
    "poll create": Level.SECRETARIAT,
    "poll edit": Level.SECRETARIAT,
    "poll cancel": Level.SECRETARIAT,
    "poll close": Level.SECRETARIAT,
    "poll export": Level.SECRETARIAT,
}
"""By qualified name, as Discord shows it; context menus by their name."""

BUTTONS: Final[dict[str, Level]] = {
    "in:{guild_id}:{inner}": Level.EVERYBODY,
    "consent:{choice}": Level.EVERYBODY,
    "draft:{action}:{draft_id}": Level.EVERYBODY,
    "me:post:{appointment_id}": Level.DELEGATES,
    "me:{what}": Level.DELEGATES,
    "mhistory:{way}:{page}:{code}": Level.MEMBERS,
    "mlist:{way}:{page}:{region}:{role}:{language}:{expertise}": Level.MEMBERS,
    "nomination:{action}:{nomination_id}": Level.SECRETARIAT,
    "draft:{action}:{draft_id}:{which}": Level.EVERYBODY,
    "outbox-test:{draft_id}": Level.SECRETARIAT,
    "outbox:{action}:{row_id}": Level.SECRETARIAT,
    "owed:{guild_id}:{row_id}:{nonce}": Level.EVERYBODY,
    "pending:{way}:{page}": Level.DELEGATES,
    "topic:support:{topic_id}": Level.DELEGATES,
    "topic:for:{topic_id}:{delegation_id}": Level.DELEGATES,
    "topic:listed:{page}:{topic_id}": Level.DELEGATES,
    "topic:page:{way}:{page}": Level.MEMBERS,
    "topic:{decision}:{topic_id}": Level.SECRETARIAT,
    "do:{command}": Level.EVERYBODY,
    "audit:{way}:{page}:{who}:{what}": Level.SECRETARIAT,
    "outbox-list:{way}:{which}:{page}": Level.SECRETARIAT,
    "unreached:{way}:{which}:{draft_id}:{in_file}:{page}": Level.SECRETARIAT,
    "unreached-list:{which}": Level.SECRETARIAT,
    "unreached-sent:{draft_id}": Level.SECRETARIAT,
    "shelf:page:{way}:{page}:{category}:{language}:{draft_id}:{question}": Level.EVERYBODY,
    "shelf:share:{resource_id}": Level.MEMBERS,
    "shelf:back:{resource_id}": Level.SECRETARIAT,
    "shelf:{verdict}:{resource_id}": Level.SECRETARIAT,
    "meeting:{attendance}:{guild_id}:{meeting_id}": Level.DELEGATES,
    "meeting:answer:{meeting_id}:{code}": Level.DELEGATES,
    "meeting:for:{attendance}:{meeting_id}:{code}": Level.DELEGATES,
    "meeting:ics:{guild_id}:{meeting_id}": Level.EVERYBODY,
    "meeting:agenda{way}:{meeting_id}:{page}": Level.EVERYBODY,
    "meeting:history{way}:{page}": Level.EVERYBODY,
    "meeting:record": Level.SECRETARIAT,
    "meeting:event:{record_id}": Level.SECRETARIAT,
    "meeting:registrations{way}:{meeting_id}:{page}": Level.SECRETARIAT,
    "meeting:chase:{meeting_id}": Level.SECRETARIAT,
    "webinar:{action}:{webinar_id}:{guild_id}": Level.EVERYBODY,
    "webinar:show:{webinar_id}": Level.MEMBERS,
    "webinarevent:{record_id}": Level.SECRETARIAT,
    "poll:page:{way}:{page}": Level.MEMBERS,
    "poll:vote:{poll_id}": Level.DELEGATES,
    "poll:for:{poll_id}:{delegation_id}": Level.DELEGATES,
    "poll:receipt:{poll_id}:{delegation_id}": Level.DELEGATES,
    "poll:extend:{poll_id}": Level.SECRETARIAT,
    "poll:openly:{poll_id}": Level.SECRETARIAT,
    "pb:{action}:{poll_id}:{delegation_id}:{person_id}:{token}:{page}:{moving}:{marks}": Level.DELEGATES,
    "start:{what}": Level.EVERYBODY,
    "chat:language:{language}": Level.EVERYBODY,
    "chat:network:{guild_id}:{message_id}": Level.EVERYBODY,
    "chat:send:{message_id}": Level.EVERYBODY,
    "chat:show:{message_id}": Level.EVERYBODY,
    "chat:zone:{zone}": Level.EVERYBODY,
}
"""By ``custom_id``, as the button's class declares it."""

SELECTS: Final[dict[str, Level]] = {
    "list-in:{guild_id}:{inner}": Level.EVERYBODY,
    "help": Level.EVERYBODY,
    "outbox-row": Level.SECRETARIAT,
    "unreached-returned": Level.SECRETARIAT,
    "unreached-rows": Level.SECRETARIAT,
    "shelf:open": Level.EVERYBODY,
    "pb:{action}:{poll_id}:{delegation_id}:{person_id}:{token}:{page}:{moving}:{marks}": Level.DELEGATES,
    "seats": Level.MEMBERS,
}
"""By ``custom_id``, as the list's class declares it."""

FORMS: Final[dict[str, Level]] = {
    "appoint": Level.SECRETARIAT,
    "claim": Level.EVERYBODY,
    "hand_over": Level.SECRETARIAT,
    "meeting_details": Level.SECRETARIAT,
    "meeting_more": Level.SECRETARIAT,
    "meeting_register": Level.MEMBERS,
    "meeting_session": Level.SECRETARIAT,
    "message": Level.SECRETARIAT,
    "my_contact": Level.DELEGATES,
    "my_entry": Level.DELEGATES,
    "my_post": Level.DELEGATES,
    "nominate": Level.DELEGATES,
    "nomination_declined": Level.SECRETARIAT,
    "poll_create": Level.SECRETARIAT,
    "poll_extend": Level.SECRETARIAT,
    "poll_topics": Level.SECRETARIAT,
    "shelf_add": Level.SECRETARIAT,
    "shelf_decline": Level.SECRETARIAT,
    "shelf_edit": Level.SECRETARIAT,
    "shelf_suggest": Level.MEMBERS,
    "topic_propose": Level.DELEGATES,
    "webinar": Level.SECRETARIAT,
    "webinar_details": Level.SECRETARIAT,
}
"""By ``kind``."""

CONFIRMATIONS: Final[dict[str, Level]] = {
    "chat_pass_on": Level.EVERYBODY,
    "claim": Level.EVERYBODY,
    "directory_import": Level.SECRETARIAT,
    "handover": Level.SECRETARIAT,
    "link_changes": Level.SECRETARIAT,
    "meeting_cancel": Level.SECRETARIAT,
    "meeting_change": Level.SECRETARIAT,
    "meeting_plan": Level.SECRETARIAT,
    "meeting_session_remove": Level.SECRETARIAT,
    "member_role_changes": Level.MANAGE_SERVER,
    "new_person": Level.SECRETARIAT,
    "poll_cancel": Level.SECRETARIAT,
    "poll_close": Level.SECRETARIAT,
    "poll_move": Level.SECRETARIAT,
    "poll_open": Level.SECRETARIAT,
    "privacy_erase": Level.EVERYBODY,
    "seat_is_given": Level.SECRETARIAT,
    "send": Level.SECRETARIAT,
    "shelf_digest": Level.SECRETARIAT,
    "shelf_import": Level.SECRETARIAT,
    "shelf_remove": Level.SECRETARIAT,
    "shelf_share": Level.MEMBERS,
    "steering_ends": Level.SECRETARIAT,
    "term_ends": Level.SECRETARIAT,
    "topic_merge": Level.SECRETARIAT,
    "topic_withdraw": Level.MEMBERS,
    "unreached_returned": Level.SECRETARIAT,
    "unreached_sent": Level.SECRETARIAT,
    "unreached_undo": Level.SECRETARIAT,
    "webinar_cancel": Level.SECRETARIAT,
    "webinar_correct": Level.SECRETARIAT,
    "webinar_recording": Level.SECRETARIAT,
    "webinar_schedule": Level.SECRETARIAT,
    "webinar_tell": Level.SECRETARIAT,
}
"""By ``kind``."""


class AccessTableError(Exception):
    """The access table and the bot do not agree about what there is."""


def check_table(table: Mapping[str, Level], used: Iterable[str], what: str) -> None:
    """Raise AccessTableError unless ``table`` has an entry for each key of ``used``, and none besides."""
    keys = set(used)
    problems = [f"{what} {key!r} has no entry" for key in sorted(keys - table.keys())]
    problems += [f"the entry {key!r} is not a {what} of the bot" for key in sorted(table.keys() - keys)]
    if problems:
        raise AccessTableError("; ".join(problems))
