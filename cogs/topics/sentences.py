from typing import Final

from bot.texts import Text, t
from storage.topics.models import TopicState

STATES: Final[dict[TopicState, Text]] = {
    "proposed": t("waiting for the secretariat"),
    "listed": t("on the list"),
    "declined": t("not taken up"),
    "withdrawn": t("withdrawn"),
    "merged": t("merged into another topic"),
}
