import logging
import os
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

_PORT: Final = 2005


def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Forget all that happened, and start afresh.")] = False,
    port: Annotated[int, typer.Option(help="The port on this computer.", min=0, max=65535)] = _PORT,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its database and history.")] = Path("data/demo"),
) -> None:
    """Show the bot live on a page of this computer: no token, no network, the delegations of 2011."""
    try:  # SimCord comes with the demo's dependencies only: a bot that runs does without.
        from bot.app import DatabaseInUseError  # noqa: PLC0415
        from bot.demo.example_network import example_network, forget  # noqa: PLC0415
        from bot.demo.saved import UnreadableWorldError  # noqa: PLC0415
        from bot.demo.serving import CannotStartDemoError, listen, serve_until_signal  # noqa: PLC0415
    except ModuleNotFoundError as error:
        _fail(f"the demo needs {error.name}: install it with pip install 'focalbot[demo]', or use make demo")
    logging.basicConfig(level=logging.WARNING)
    example = example_network(data)
    try:
        data.mkdir(parents=True, exist_ok=True)
        listener = listen(port)
        if reset:
            forget(example)
        serve_until_signal(example, listener, _announce)
    except DatabaseInUseError:
        _fail(f"a demo runs on {data} already: end it first, or choose another folder with --data")
    except CannotStartDemoError as error:
        _fail(str(error))
    except UnreadableWorldError:
        _fail("what the demo kept was written by another version: start afresh with make demo-reset")
    except TimeoutError:
        _fail("this computer is too busy for the demo: the bot did not come to rest; start it again")
    except OSError as error:
        where = f"port {port}" if error.filename is None else f"folder {data}"
        why = os.strerror(error.errno or 0)
        _fail(f"the demo cannot use {where} ({why}): choose another, or end the demo that has it")


def _announce(address: str) -> None:
    typer.echo(f"The demo is open at {address} (Ctrl-C ends it)")


def _fail(sentence: str) -> NoReturn:
    typer.echo(f"focalbot: {sentence}", err=True)
    raise typer.Exit(1)
