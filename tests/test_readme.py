import re
from pathlib import Path

import pytest

from bot import retention
from bot.permissions import invitation_permissions
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
OPERATOR = (ROOT / "docs" / "operator.md").read_text("utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text("utf-8")


def test_the_invitation_asks_for_what_the_bot_needs() -> None:
    assert f"permissions={invitation_permissions().value}" in README


def test_every_setting_is_written_down() -> None:
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in OPERATOR
        assert f"{name.upper()}=" in ENV_EXAMPLE


@pytest.mark.parametrize("document", [OPERATOR, SECURITY])
def test_how_long_copies_are_kept_is_written_down(document: str) -> None:
    assert f"after {retention.KEPT_COPIES.days} days" in " ".join(document.split())


def test_what_the_security_policy_refers_to_is_there() -> None:
    named = re.findall(r"`((?:bot|cogs|storage|tests)/[\w/.]*)`", SECURITY)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []
