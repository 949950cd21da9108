"""What who suggested a resource is sent by e-mail: neither its link, nor what the secretariat wrote. Pure."""

from bot.outbox.email_text import EmailText
from bot.texts import t
from storage.resources.models import Resource


def text_of(resource: Resource) -> EmailText:
    """Say what the secretariat decided."""
    if resource.state == "declined":
        said = t(
            "Thank you for suggesting “{title}”. The secretariat did not add it to the library: the reason is in the"
            " network's server on Discord.",
            title=resource.title,
        )
    else:
        said = t(
            "Thank you: “{title}”, which you suggested, is in the library now, in the network's server on Discord.",
            title=resource.title,
        )
    return EmailText(t("what became of your suggestion"), [said])
