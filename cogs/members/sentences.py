"""The words for the values of the directory."""

from typing import Final

from bot.texts import Text, t
from storage.members.models import Appointment, Nomination, Place, Role, Visibility

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
