from typing import Final

from bot.texts import Text, t
from storage.poll_models import TopicFormat, TopicLevel, TopicState

LEVELS: Final[dict[TopicLevel, Text]] = {
    "national": t("National"),
    "sub_regional": t("Sub-regional"),
    "regional": t("Regional"),
    "global": t("Global"),
}
FORMATS: Final[dict[TopicFormat, Text]] = {
    "plenary": t("Plenary"),
    "case_study": t("Case study"),
    "workshop": t("Workshop"),
}
STATES: Final[dict[TopicState, Text]] = {
    "proposed": t("waiting for the secretariat"),
    "listed": t("on the list"),
    "declined": t("not taken up"),
    "withdrawn": t("withdrawn"),
    "merged": t("merged into another topic"),
}
