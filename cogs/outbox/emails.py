"""What the secretariat's own messages say as e-mails. Pure."""

from bot.outbox.email_text import EmailText
from bot.texts import t
from storage.outbox.models import WrittenMessage


def text_of(written: WrittenMessage) -> EmailText:
    """Pass on what the secretariat wrote, as it wrote it."""
    said = t("The secretariat writes: {text}", text=written.text)
    return EmailText(t("message from the secretariat"), [said], "an_answer")
