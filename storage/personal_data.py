"""Where a person's data is: in which tables and columns, how it is exported, and how it is erased.

A test walks the schema and fails for a column that is declared neither here nor in :mod:`storage.not_personal`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Held:
    """A table with rows about people.

    ``mine`` is the condition for rows about one: ?1 is the network, ?2 the person's id, ?3 the account's (NULL where
    there is none). ``exported`` are the columns that are given back, ``named`` expressions that say in words what an
    id stands for. ``erased`` is "DELETE", or what a row is SET to; empty: ``kept`` says why it stays. ``other`` are
    the columns that say nothing about a person.
    """

    mine: str
    exported: tuple[str, ...]
    other: tuple[str, ...]
    erased: str = ""
    kept: str = ""
    named: Mapping[str, str] = field(default_factory=dict[str, str])


_DELEGATION: Final = "(SELECT d.code FROM delegation AS d WHERE d.guild_id = ?1 AND d.id = delegation_id)"
_QUESTION: Final = "(SELECT p.question FROM poll AS p WHERE p.guild_id = ?1 AND p.id = poll_id)"

PERSONAL: Final[Mapping[str, Held]] = {
    "person": Held(
        mine="id = ?2",
        exported=(
            "name",
            "email",
            "phone",
            "languages",
            "expertise",
            "timezone",
            "visibility",
            "account_id",
            "email_returned_at",
            "email_allowed",
            "channel",
            "language",
        ),
        other=("id", "guild_id"),
        erased="name = '', email = '', phone = '', languages = '[]', expertise = '[]', timezone = NULL,"
        " visibility = 'secretariat', account_id = NULL, email_returned_at = NULL, email_allowed = 1,"
        " channel = 'not_asked', language = NULL",
    ),
    "choices_before": Held(
        mine="person_id = ?2",
        exported=("account_id", "channel", "language", "timezone"),
        other=("guild_id", "person_id"),
        erased="DELETE",
    ),
    "appointment": Held(
        mine="person_id = ?2",
        exported=("role", "title", "ministry", "starts_on", "ends_on", "place"),
        named={"delegation": _DELEGATION},
        other=("id", "guild_id", "delegation_id", "person_id"),
        erased="title = ''",
        kept="the seat keeps that it was taken, by a former appointee without a name",
    ),
    "nomination": Held(
        mine="person_id = ?2 OR nominated_by = ?2 OR account_id = ?3 OR decided_by = ?3",
        exported=("role", "title", "ministry", "starts_on", "place", "state", "reason", "created_at", "decided_at"),
        named={"delegation": _DELEGATION},
        other=("id", "guild_id", "delegation_id", "person_id", "nominated_by", "account_id", "decided_by"),
        erased="title = CASE WHEN person_id = ?2 THEN '' ELSE title END,"
        " reason = CASE WHEN person_id = ?2 THEN '' ELSE reason END,"
        " account_id = CASE WHEN account_id = ?3 THEN NULL ELSE account_id END,"
        " decided_by = CASE WHEN decided_by = ?3 THEN NULL ELSE decided_by END",
        kept="the seat keeps what it asked for",
    ),
    "handover_note": Held(
        mine="author_id = ?2",
        exported=("text", "written_at"),
        other=("guild_id", "appointment_id", "author_id", "read_at"),
        erased="DELETE",
    ),
    "invitation": Held(
        mine="person_id = ?2",
        exported=("created_at", "expires_at", "state"),
        other=("id", "guild_id", "person_id", "delegation_id", "code_hash"),
        erased="DELETE",
    ),
    "claim": Held(
        mine="person_id = ?2 OR account_id = ?3",
        exported=("claimed_at", "state"),
        named={"delegation": _DELEGATION},
        other=("id", "guild_id", "person_id", "delegation_id", "account_id", "list_id"),
        erased="account_id = NULL, state = iif(state = 'waiting', 'withdrawn', state)",
        kept="the secretariat's list keeps that the seat was claimed; the person's id leads to no name any more",
    ),
    "account_setting": Held(
        mine="account_id = ?3",
        exported=("account_id", "timezone", "language", "locale", "channel", "asked_at", "monthly_email"),
        other=("guild_id",),
        erased="DELETE",
    ),
    "claim_attempt": Held(
        mine="account_id = ?3", exported=("failures", "last_at"), other=("guild_id", "account_id"), erased="DELETE"
    ),
    "role_grant": Held(
        mine="account_id = ?3",
        exported=("account_id",),
        other=("guild_id", "role_id"),
        kept="until the bot has taken the role back, which it does next",
    ),
    "draft": Held(
        mine="account_id = ?3",
        exported=("kind", "payload", "created_at"),
        other=("id", "guild_id", "account_id"),
        erased="DELETE",
    ),
    "audit": Held(
        mine="account_id = ?3 OR (subject = 'person' AND subject_id = ?2) OR (subject = 'account' AND subject_id = ?3)",
        exported=("at", "action", "subject", "fields"),
        other=("id", "guild_id", "account_id", "subject_id"),
        erased="account_id = CASE WHEN account_id = ?3 THEN 0 ELSE account_id END,"
        " subject_id = CASE WHEN subject = 'account' AND subject_id = ?3 THEN 0 ELSE subject_id END",
        kept="the network keeps what was done, without by whom",
    ),
    "outbox": Held(
        mine="target IN ('person:' || ?2, 'person:' || ?2 || ':email', 'account:' || ?3)",
        exported=("subject", "kind", "state", "sent_by", "address", "payload", "due_at", "settled_at"),
        other=(
            "id",
            "guild_id",
            "subject_id",
            "occurrence",
            "target",
            "parent_id",
            "planned",
            "generation",
            "email_step",
            "reason",
            "deadline",
            "wake_at",
            "retrying",
            "attempts",
            "failures",
            "hung",
            "send_unproven",
            "refused_directly",
            "edit_wanted",
            "attempted_at",
            "in_flight",
            "called_off",
            "channel_id",
            "after_id",
            "message_id",
            "told_in",
        ),
        erased="DELETE",
    ),
    "statement_joining": Held(
        mine="account_id = ?3",
        exported=("joined_at", "version", "is_late", "by_secretariat", "reference"),
        named={
            "delegation": _DELEGATION,
            "statement": "(SELECT s.title FROM statement AS s WHERE s.guild_id = ?1 AND s.id = statement_id)",
        },
        other=("guild_id", "statement_id", "delegation_id", "account_id"),
        erased="account_id = NULL",
        kept="the joining is the delegation's, without who joined for it",
    ),
    "statement_mark": Held(
        mine="person_id = ?2",
        exported=("mark",),
        named={"statement": "(SELECT s.title FROM statement AS s WHERE s.guild_id = ?1 AND s.id = statement_id)"},
        other=("guild_id", "statement_id", "person_id"),
        erased="DELETE",
    ),
    "message": Held(
        mine="account_id = ?3",
        exported=("audience", "region", "text", "created_at"),
        other=("id", "guild_id", "account_id", "meeting_id"),
        erased="account_id = 0",
        kept="what the secretariat wrote is the network's",
    ),
    "registration": Held(
        mine="account_id = ?3",
        exported=("attendance", "representative", "comes", "changed_at"),
        named={"meeting": "(SELECT m.city FROM meeting AS m WHERE m.guild_id = ?1 AND m.id = meeting_id)"},
        other=("guild_id", "meeting_id", "code", "source", "account_id", "reference"),
        erased="account_id = NULL, comes = ''",
        kept="the registration is the delegation's, without who comes",
    ),
    "resource": Held(
        mine="suggested_by = ?2",
        exported=("title", "url", "state", "reason", "added_at"),
        other=(
            "id",
            "guild_id",
            "sameness",
            "category",
            "language",
            "year",
            "authors",
            "published",
            "doi",
            "tags",
            "descriptions",
            "visibility",
            "meeting_id",
            "suggested_by",
        ),
        erased="suggested_by = NULL",
        kept="the link stays on the shelf",
    ),
    "topic": Held(
        mine="person_id = ?2",
        exported=("title", "level", "format", "description", "state", "proposed_at"),
        other=("id", "guild_id", "delegation_id", "person_id", "merged_into"),
        kept="the topic is the delegation's; the person's id leads to no name any more",
    ),
    "elector": Held(
        mine="person_id = ?2",
        exported=("name", "voted"),
        named={"question": _QUESTION},
        other=("guild_id", "poll_id", "delegation_id", "person_id", "sealed"),
        erased="name = ''",
        kept="the count of a poll stays; the person's id leads to no name any more",
    ),
    "objection_press": Held(
        mine="account_id = ?3",
        exported=("pressed_at",),
        named={
            "decision": "(SELECT d.title FROM decision AS d WHERE d.guild_id = ?1 AND d.id = decision_id)",
        },
        other=("guild_id", "decision_id", "account_id"),
        erased="DELETE",
    ),
    "ballot_link": Held(
        mine="account_id = ?3",
        exported=(),
        named={"question": _QUESTION},
        other=("guild_id", "poll_id", "delegation_id", "person_id", "ballot_key", "account_id", "token", "caster_id"),
        erased="caster_id = 0, account_id = 0, token = ''",
        kept="the ballot is the delegation's, and what it says is secret",
    ),
    "webinar_answer": Held(
        mine="account_id = ?3",
        exported=("answer", "answered_at", "wants_recording"),
        named={"webinar": "(SELECT w.title FROM webinar AS w WHERE w.guild_id = ?1 AND w.id = webinar_id)"},
        other=("guild_id", "webinar_id", "account_id"),
        erased="DELETE",
    ),
}
"""Tables that hold data about people, in the order in which they are exported."""
