"""A hundred interactions at once, and a channel full of buttons: all are answered; ``make load`` has more."""

from pathlib import Path

import pytest

from tests.load import __main__ as load


@pytest.mark.alone
async def test_what_comes_at_once_is_all_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "AT_ONCE", 120)
    monkeypatch.setattr(load, "SEATS", 8)
    report = load.Report()
    await load.one_network(tmp_path, report)
    assert report.wrong == []
    assert "120 of 120 answered" in report.lines[0]
    assert "88 of 88 answered" in report.lines[-1]


@pytest.mark.alone
async def test_what_several_networks_owe_is_sent_in_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "NETWORKS", 5)
    report = load.Report()
    await load.many_networks(tmp_path, report)
    assert report.wrong == []
    assert "55 messages of 5 networks" in report.lines[0]
