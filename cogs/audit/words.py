"""The words for what the audit log writes down: actions, subjects, fields."""

from typing import Final

from bot.texts import Text, t

ACTIONS: Final[dict[str, Text]] = {
    "add": t("added"),
    "appoint": t("appointed"),
    "approve": t("approved"),
    "change": t("changed"),
    "decline": t("declined"),
    "invite": t("invited"),
    "link": t("linked to an account"),
    "name": t("named"),
    "nominate": t("nominated"),
    "settings": t("own settings changed"),
    "setup": t("set up"),
    "steering": t("steering group changed"),
    "take_back": t("taken back"),
    "wrong_code": t("wrong code typed"),
    "unlink": t("unlinked from its account"),
}
SUBJECTS: Final[dict[str, Text]] = {
    "account": t("account"),
    "appointment": t("appointment"),
    "delegation": t("delegation"),
    "network": t("server"),
    "nomination": t("nomination"),
    "person": t("person"),
}
FIELDS: Final[dict[str, Text]] = {
    "account_id": t("account"),
    "announcements_channel_id": t("announcements channel"),
    "code": t("code"),
    "direct_messages": t("direct messages"),
    "email": t("e-mail"),
    "ends_on": t("last day"),
    "expertise": t("expertise"),
    "joined_on": t("first day in the network"),
    "kind": t("kind"),
    "language": t("language"),
    "languages": t("languages"),
    "member_role_id": t("member role"),
    "members_channel_id": t("members' channel"),
    "ministry": t("ministry"),
    "name": t("name"),
    "name_en": t("name in English"),
    "name_es": t("name in Spanish"),
    "name_fr": t("name in French"),
    "phone": t("telephone"),
    "privacy_contact": t("contact for questions of privacy"),
    "role": t("role"),
    "secretariat_channel_id": t("secretariat's channel"),
    "secretariat_role_id": t("secretariat role"),
    "starts_on": t("first day"),
    "state": t("state"),
    "timezone": t("time zone"),
    "title": t("title"),
    "welcome_channel_id": t("welcome channel"),
    "visibility": t("who sees contact details"),
}
