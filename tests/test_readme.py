from pathlib import Path

from bot.permissions import invitation_permissions
from bot.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
ENV_EXAMPLE = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")


def test_the_invitation_asks_for_what_the_bot_needs() -> None:
    assert f"permissions={invitation_permissions().value}" in README


def test_every_setting_is_written_down() -> None:
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in README
        assert f"{name.upper()}=" in ENV_EXAMPLE
