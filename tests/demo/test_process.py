import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.patience import ELSEWHERE

ROOT = Path(__file__).parents[2]


def demo(data: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--data", str(data), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def open_demo(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demo that has printed its address; it is ended with Ctrl-C, without a word."""
    process = demo(data, "--port", "0", *options)
    with process:
        line = process.stdout.readline()
        assert line.startswith("The demo is open at http://127.0.0.1:"), process.stderr.read()
        try:
            yield process, line.split()[5]
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=ELSEWHERE)
        finally:
            process.kill()
        assert errors == ""
        assert process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_while_a_page_is_open(tmp_path, number):
    # As a browser does, the page keeps its connection.
    with open_demo(tmp_path) as (process, address), closing(HTTPConnection(urlsplit(address).netloc)) as page:
        page.request("GET", "/")
        assert b"Focalbot" in page.getresponse().read()
        process.send_signal(number)
        assert process.wait(timeout=ELSEWHERE) == 0


def days_ahead(address: str) -> int:
    who = json.load(urlopen(f"{address}/demo/world"))["people"][0]["id"]  # noqa: S310 - our own address
    return round(json.load(urlopen(f"{address}/demo/now?who={who}"))["ahead"] / 86_400)  # noqa: S310 - as above


def test_what_was_kept_is_there_again_unless_it_is_reset(tmp_path):
    with open_demo(tmp_path) as (_, address):
        urlopen(Request(f"{address}/demo/travel", data=b'{"to": "day"}'))  # noqa: S310 - our own address
    with open_demo(tmp_path) as (_, address):
        assert days_ahead(address) == 1
    (tmp_path / "discord.pickle").write_bytes(b"no longer readable")
    refused = demo(tmp_path, "--port", "0")
    _, errors = refused.communicate(timeout=ELSEWHERE)
    assert (refused.returncode, errors.count("\n")) == (1, 1)
    assert "make demo-reset" in errors
    with open_demo(tmp_path, "--reset") as (_, address):
        assert days_ahead(address) == 0


@pytest.mark.parametrize("options", [(), ("--reset",)])
def test_two_demos_do_not_share_a_folder(tmp_path, options):
    with open_demo(tmp_path):
        second = demo(tmp_path, "--port", "0", *options)
        _, errors = second.communicate(timeout=ELSEWHERE)
        assert (second.returncode, errors.count("\n")) == (1, 1)


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "focalbot.sqlite3").mkdir()
    process = demo(tmp_path, "--port", "0")
    _, errors = process.communicate(timeout=ELSEWHERE)
    assert (process.returncode, errors.count("\n")) == (1, 1)
    assert str(tmp_path) in errors


def test_a_taken_port_is_said_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = demo(tmp_path, "--port", str(port))
        _, errors = process.communicate(timeout=ELSEWHERE)
    assert process.returncode == 1
    assert errors == (
        f"focalbot: the demo cannot use port {port} (Address already in use):"
        " choose another, or end the demo that has it\n"
    )
