"""What is held on a person, as text to read: what the tables, columns and stored values are called."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from bot.audit_labels import ACTIONS, FIELDS, SUBJECTS
from bot.labels import CHANNELS, FORMATS, LEVELS
from bot.texts import Reader, Text, t

Cell = str | int | float | None

HEADINGS: Final[Mapping[str, Text]] = {
    "person": t("You in the directory"),
    "choices_before": t("What you had chosen before you got your account here"),
    "appointment": t("Your posts"),
    "nomination": t("Nominations by you or of you"),
    "handover_note": t("Hand-over notes you wrote"),
    "invitation": t("Codes that were made for you"),
    "claim": t("Codes you entered, and what the secretariat decided"),
    "account_setting": t("Your settings"),
    "claim_attempt": t("Wrong codes you typed"),
    "role_grant": t("The members' role that the bot gave you"),
    "draft": t("Forms you have not confirmed yet"),
    "audit": t("What you did, and what was changed about you"),
    "outbox": t("Messages to you"),
    "message": t("Messages you wrote for the secretariat"),
    "registration": t("Registrations you typed for your delegation"),
    "statement_joining": t("Statements that you joined for your delegation"),
    "statement_mark": t("What you asked about reminders of statements"),
    "resource": t("Links you suggested"),
    "topic": t("Topics you proposed"),
    "elector": t("Polls in which you had a vote of your own"),
    "objection_press": t("Objections you have begun"),
    "ballot_link": t("Ballots you cast; what they say is secret"),
    "webinar_answer": t("Your answers to webinars"),
}
LABELS: Final[Mapping[str, Text]] = {
    "account_id": t("account"),
    "action": t("action"),
    "added_at": t("added at"),
    "address": t("e-mail address"),
    "answer": t("answer"),
    "answered_at": t("answered at"),
    "asked_at": t("asked at"),
    "at": t("at"),
    "attendance": t("attendance"),
    "audience": t("audience"),
    "changed_at": t("changed at"),
    "channel": t("how messages come"),
    "by_secretariat": t("recorded by the secretariat"),
    "claimed_at": t("entered at"),
    "comes": t("who comes"),
    "created_at": t("created at"),
    "decided_at": t("decided at"),
    "decision": t("decision"),
    "delegation": t("delegation"),
    "description": t("description"),
    "due_at": t("due at"),
    "email": t("e-mail"),
    "email_allowed": t("e-mails allowed"),
    "email_returned_at": t("e-mail came back at"),
    "ends_on": t("last day"),
    "expertise": t("expertise"),
    "expires_at": t("expires at"),
    "failures": t("how many"),
    "fields": t("fields"),
    "format": t("format"),
    "is_late": t("joined later"),
    "joined_at": t("joined at"),
    "kind": t("kind"),
    "language": t("language"),
    "languages": t("languages"),
    "last_at": t("last at"),
    "level": t("level"),
    "locale": t("language of your Discord"),
    "mark": t("reminders"),
    "meeting": t("meeting"),
    "ministry": t("ministry"),
    "monthly_email": t("monthly digest by e-mail"),
    "name": t("name"),
    "payload": t("content"),
    "phone": t("telephone"),
    "pressed_at": t("pressed at"),
    "place": t("place"),
    "proposed_at": t("proposed at"),
    "question": t("question"),
    "reason": t("reason"),
    "reference": t("reference"),
    "sent_by": t("sent by"),
    "region": t("region"),
    "representative": t("representative"),
    "role": t("role"),
    "settled_at": t("settled at"),
    "starts_on": t("first day"),
    "state": t("state"),
    "statement": t("statement"),
    "subject": t("subject"),
    "text": t("text"),
    "timezone": t("time zone"),
    "title": t("title"),
    "url": t("address"),
    "version": t("version"),
    "visibility": t("who sees contact details"),
    "voted": t("voted"),
    "wants_recording": t("wants the recording"),
    "webinar": t("webinar"),
    "written_at": t("written at"),
}
_YES_NO: Final[Mapping[str, Text]] = {"0": t("no"), "1": t("yes")}
WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "action": ACTIONS,
    "answer": {"attending": t("Attending"), "maybe": t("Maybe"), "cant": t("Can't")},
    "attendance": {"in_person": t("In person"), "online": t("Online"), "not_attending": t("Not attending")},
    "channel": {**CHANNELS},
    "by_secretariat": _YES_NO,
    "email_allowed": _YES_NO,
    "monthly_email": _YES_NO,
    "format": {**FORMATS},
    "is_late": _YES_NO,
    "level": {**LEVELS},
    "mark": {"more_time": t("one, a day before closing"), "no_reminders": t("none")},
    "representative": {"capital": t("From the capital"), "mission": t("From the mission")},
    "role": {
        "focal_point": t("Focal point"),
        "alternate": t("Alternate"),
        "mission": t("Permanent mission"),
        "adviser": t("Adviser"),
    },
    "state": {
        "approved": t("approved"),
        "cancelled": t("cancelled before sending"),
        "confirmed": t("confirmed"),
        "declined": t("declined by the secretariat"),
        "expanded": t("sent to each"),
        "failed": t("failed"),
        "listed": t("on the list"),
        "merged": t("merged"),
        "missed": t("missed"),
        "not_owed": t("no longer owed"),
        "not_reached": t("not reached"),
        "notice": t("waiting for the bot's next reply"),
        "open": t("not used yet"),
        "pending": t("owed"),
        "proposed": t("waiting for the secretariat"),
        "refused": t("not this person"),
        "removed": t("removed since"),
        "replaced": t("replaced by a newer one"),
        "sending": t("being sent"),
        "sent": t("sent"),
        "shelved": t("in the library"),
        "suggested": t("waiting for the secretariat"),
        "unknown": t("not known whether it arrived"),
        "used": t("used"),
        "waiting": t("waiting for the secretariat"),
        "withdrawing": t("being taken back"),
        "withdrawn": t("taken back"),
    },
    "sent_by": {
        "direct_message": t("direct message"),
        "email": t("e-mail"),
        "reply": t("the top of the bot's next reply"),
        "secretariat": t("the secretariat"),
    },
    "subject": SUBJECTS,
    "visibility": {"members": t("members of the network"), "secretariat": t("the secretariat only")},
    "voted": _YES_NO,
    "wants_recording": _YES_NO,
}
# What a title is the title of, where it is not a person's.
_TITLES: Final[Mapping[str, Text]] = {"resource": t("resource"), "topic": t("topic")}


def as_text(held: Mapping[str, Sequence[Mapping[str, Cell]]], reader: Reader) -> str:
    """Return everything under headings, a line for each thing; instants are in UTC."""
    parts = [reader.label(t("All the data held about you here. Times are in UTC."))]
    for table, rows in held.items():
        parts.append(f"\n{reader.label(HEADINGS[table])}\n")
        parts += ["- " + _line(table, row, reader) for row in rows]
    if not held:
        parts.append(reader.label(t("Nothing.")))
    return "\n".join(parts) + "\n"


def _line(table: str, row: Mapping[str, Cell], reader: Reader) -> str:
    labels = {**LABELS, "title": _TITLES.get(table, LABELS["title"])}
    given = [(name, value) for name, value in row.items() if value not in (None, "", "[]", "{}")]
    return "; ".join(f"{reader.label(labels[name])}: {in_words(name, value, reader)}" for name, value in given) or "…"


def in_words(column: str, value: Cell, reader: Reader) -> str:
    """Return what a stored value says to ``reader``; whatever has no word of its own stays as it is stored."""
    word = WORDS.get(column, {}).get(str(value))
    if word is not None:
        return reader.label(word)
    if not isinstance(value, str):
        return str(value)
    if column in _LISTS:
        return reader.listing([_LISTS[column](item, reader) for item in json.loads(value)])
    if column == "at" or column.endswith("_at"):
        at = datetime.fromisoformat(value)
        return f"{reader.day(at.date())}, {at:%H:%M}"
    if column.endswith("_on"):
        return reader.day(date.fromisoformat(value))
    return reader.language_name(value) if column == "language" else value


def _field(name: str, reader: Reader) -> str:
    return reader.label(FIELDS[name]) if name in FIELDS else name


_LISTS: Final[Mapping[str, Callable[[str, Reader], str]]] = {
    "expertise": lambda skill, _: skill,
    "fields": _field,
    "languages": lambda code, reader: reader.language_name(code),
}
