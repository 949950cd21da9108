"""What is held on a person, as text to read: pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.texts import Reader, Text, t
from cogs.privacy.stored_values import Cell, in_words

HEADINGS: Final[Mapping[str, Text]] = {
    "person": t("You in the directory"),
    "appointment": t("Your posts"),
    "nomination": t("Nominations by you or of you"),
    "invitation": t("Codes that were made for you"),
    "account_setting": t("Your settings"),
    "claim_attempt": t("Wrong codes you typed"),
    "role_grant": t("The members' role that the bot gave you"),
    "draft": t("Forms you have not confirmed yet"),
    "audit": t("What you did, and what was changed about you"),
    "outbox": t("Messages to you"),
    "message": t("Messages you wrote for the secretariat"),
    "registration": t("Registrations you typed for your delegation"),
    "resource": t("Links you suggested"),
    "topic": t("Topics you proposed"),
    "elector": t("Polls in which you had a vote of your own"),
    "ballot_link": t("Ballots you cast; what they say is secret"),
    "webinar_answer": t("Your answers to webinars"),
}
LABELS: Final[Mapping[str, Text]] = {
    "account_id": t("account"),
    "action": t("action"),
    "added_at": t("added at"),
    "answer": t("answer"),
    "answered_at": t("answered at"),
    "asked_at": t("asked at"),
    "at": t("at"),
    "attendance": t("attendance"),
    "audience": t("audience"),
    "changed_at": t("changed at"),
    "comes": t("who comes"),
    "created_at": t("created at"),
    "decided_at": t("decided at"),
    "delegation": t("delegation"),
    "description": t("description"),
    "direct_messages": t("direct messages"),
    "due_at": t("due at"),
    "email": t("e-mail"),
    "ends_on": t("last day"),
    "expertise": t("expertise"),
    "expires_at": t("runs out at"),
    "failures": t("how many"),
    "fields": t("fields"),
    "format": t("format"),
    "kind": t("kind"),
    "language": t("language"),
    "languages": t("languages"),
    "last_at": t("last at"),
    "level": t("level"),
    "locale": t("language of your Discord"),
    "meeting": t("meeting"),
    "ministry": t("ministry"),
    "name": t("name"),
    "payload": t("content"),
    "phone": t("telephone"),
    "proposed_at": t("proposed at"),
    "question": t("question"),
    "reason": t("reason"),
    "region": t("region"),
    "representative": t("representative"),
    "role": t("role"),
    "settled_at": t("settled at"),
    "starts_on": t("first day"),
    "state": t("state"),
    "subject": t("subject"),
    "text": t("text"),
    "timezone": t("time zone"),
    "title": t("title"),
    "url": t("address"),
    "visibility": t("who sees contact details"),
    "voted": t("voted"),
    "wants_recording": t("wants the recording"),
    "webinar": t("webinar"),
}
# What a title is the title of, where it is not a person's.
_TITLES: Final[Mapping[str, Text]] = {"resource": t("resource"), "topic": t("topic")}


def as_text(held: Mapping[str, Sequence[Mapping[str, Cell]]], reader: Reader) -> str:
    """Return everything under headings, a line for each thing; instants are in UTC."""
    parts = [reader.label(t("Everything that is held on you here. Times are in UTC."))]
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
