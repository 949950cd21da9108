"""The words for the values of the directory."""

from typing import Final

from bot.labels import CHANNELS
from bot.texts import Listing, Reader, Text, t
from storage.members.models import Appointment, Choices, Nomination, Place, Role, Visibility

ROLES: Final[dict[Role, Text]] = {
    "focal_point": t("Focal point"),
    "alternate": t("Alternate"),
    "mission": t("Permanent mission"),
    "adviser": t("Adviser"),
}
FORMER: Final[dict[Role, Text]] = {
    "focal_point": t("Former focal point"),
    "alternate": t("Former alternate"),
    "mission": t("Former member of the permanent mission"),
    "adviser": t("Former adviser"),
}
PLACES: Final[dict[Place, Text]] = {
    "new_york": t("New York"),
    "geneva": t("Geneva"),
}
VISIBILITIES: Final[dict[Visibility, Text]] = {
    "members": t("members of the network"),
    "secretariat": t("the secretariat only"),
}
_NOT_CHOSEN: Final = t("none chosen")
UNDO_TOO: Final = t("Confirm, and undo the choices")


def role_at(post: Appointment | Nomination) -> Text:
    """Return what somebody is, with the place of a mission where it is said."""
    if post.place is None:
        return ROLES[post.role]
    return t("{role}, {place}", role=ROLES[post.role], place=PLACES[post.place])


def post_name(role: Role, delegation: str) -> Text:
    """Return how to call an appointee whom the delegation has not named."""
    match role:
        case "focal_point":
            return t("Focal point of {delegation}", delegation=delegation)
        case "alternate":
            return t("Alternate of {delegation}", delegation=delegation)
        case "mission":
            return t("Permanent mission of {delegation}", delegation=delegation)
        case "adviser":
            return t("Adviser of {delegation}", delegation=delegation)


def choices_listed(choices: Choices, reader: Reader) -> Listing:
    """Say what a person chose for themselves."""
    language = reader.language_name(choices.language) if choices.language is not None else _NOT_CHOSEN
    return Listing(
        [
            t("messages: {channel}", channel=CHANNELS[choices.channel]),
            t("language: {language}", language=language),
            t("time zone: {zone}", zone=choices.timezone or _NOT_CHOSEN),
        ]
    )


def choices_stay(choices: Choices, reader: Reader) -> Text:
    """Ask whether what is chosen with an account is somebody else's choice."""
    return t(
        "Chosen with the account: {choices}. This stays, unless you undo it as well because somebody else chose it.",
        choices=choices_listed(choices, reader),
    )


def choices_undone(choices: Choices, reader: Reader) -> Text:
    """Say what counts again."""
    return t(
        "What was chosen with the account no longer counts. From now on: {choices}.",
        choices=choices_listed(choices, reader),
    )
