"""What ``focalbot doctor`` finds out about the watching of the bot: it asks ``/ready`` as monitoring does."""

import json
from http.client import HTTPConnection, HTTPException
from typing import Any, Final, cast

from bot.doctor.finding import Finding
from bot.settings import Settings

_LOOPBACK: Final = "127.0.0.1"
_PATIENCE: Final = 15.0
"""Seconds: longer than any of the bot's own checks."""


def examine_monitoring(settings: Settings, *, is_running: bool) -> list[Finding]:
    """Say in which format is logged, and what the bot says of itself; ``is_running``: one holds the database."""
    logs = Finding(True, f"logs: to standard error, LOG_FORMAT={settings.log_format}")
    return [logs, _endpoint(settings.health_port, is_running=is_running)]


def _endpoint(port: int | None, *, is_running: bool) -> Finding:
    if port is None:
        return Finding(True, "monitoring: none; with HEALTH_PORT the bot serves /ready and /metrics (docs/operator.md)")
    where = f"http://{_LOOPBACK}:{port}/ready"
    try:
        said = _asked(port)
    except ConnectionRefusedError:
        if is_running:
            return Finding(
                False, f"monitoring: {where} does not answer although a bot runs: restart it with HEALTH_PORT"
            )
        return Finding(True, f"monitoring: {where} answers once the bot runs")
    except (OSError, HTTPException, ValueError, KeyError) as error:
        return Finding(
            False, f"monitoring: {where} is not answered by focalbot ({type(error).__name__}): name another port"
        )
    wrong = [f"{name}: {problem}" for name, problem in said.items() if problem != "ok"]
    return Finding(not wrong, f"monitoring: {where}: {'; '.join(wrong) or 'the bot is ready'}")


def _asked(port: int) -> dict[str, str]:
    """Return what the bot says of each check. Raises ValueError or KeyError where it is another program."""
    connection = HTTPConnection(_LOOPBACK, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/ready")
        said = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    if not isinstance(said, dict):
        raise ValueError(type(said).__name__)  # noqa: TRY004 - what another program answers is no wrong type of ours
    return cast(dict[str, Any], said)["checks"]
