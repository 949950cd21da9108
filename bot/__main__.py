"""The command line: ``focalbot run | demo | doctor | backup | restore | upgrade | export``."""

import asyncio
import faulthandler
import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from filelock import FileLock, Timeout
from pydantic import ValidationError

from bot.clock import Clock
from bot.demo.command import demo
from bot.doctor.installation import examine_installation, explain_settings
from bot.logs import set_up_logging
from bot.run import CannotStartError, explain, remedy
from bot.run import run as run_bot
from bot.settings import Settings
from storage.backups.copies import back_up, examine
from storage.backups.copies import restore as restore_copy
from storage.backups.export import export_network, networks
from storage.backups.replica import ReplicaError, fetch
from storage.errors import DatabaseTooNewError, DatabaseUnusableError, MigrationError, unusable
from storage.files import destroy, written_whole
from storage.trial_upgrade import try_upgrade
from storage.upgrade import upgrade as upgrade_database

app = typer.Typer(
    name="focalbot",
    help="A Discord bot for a network of focal points.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _fail(line: str, code: int = 1) -> typer.Exit:
    typer.echo(f"focalbot: {line}", err=True)
    return typer.Exit(code)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        raise _fail(explain_settings(error)) from error


@app.command()
def run(
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Take the place of a bot on another copy of the database.")
    ] = False,
) -> None:
    """Connect to Discord and serve until asked to end (Ctrl-C or SIGTERM)."""
    settings = _settings()
    set_up_logging(settings)
    # A process that systemd ends because it hangs says where: files, lines and functions, no values.
    faulthandler.enable()
    try:
        asyncio.run(run_bot(settings, take_over=take_over))
    except CannotStartError as error:
        raise _fail(str(error), error.code) from error


@app.command()
def doctor() -> None:
    """Check the settings, the database and the time zones, and say what to do where something is wrong."""
    findings = examine_installation()
    for finding in findings:
        typer.echo(f"{'OK  ' if finding.well else 'FAIL'} {finding.what}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist yet.")],
) -> None:
    """Copy the database to FILE while the bot goes on."""
    settings = _settings()
    _check_database(settings.database_path)
    with _making(path, f"{settings.database_path} could not be copied to {path}"):
        back_up(settings.database_path, path)
    typer.echo(f"{settings.database_path} is copied to {path}")


@app.command()
def restore(
    path: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A file that `focalbot backup` wrote.")] = None,
    replica: Annotated[str | None, typer.Option(help="Instead of FILE: where Litestream replicates to, a URL.")] = None,
) -> None:
    """Put the backup FILE, or the newest state of a replica, in the place of the database. The bot must not run."""
    target = _settings().database_path
    if (path is None) == (replica is None):
        raise _fail("name either the FILE to restore or --replica URL")
    if path is not None:
        _restore(path, target, str(path))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    brought = target.with_name(f"{target.name}.from-replica")
    destroy(brought)
    try:
        fetch(replica or "", brought)
        _restore(brought, target, str(replica))
    except ReplicaError as error:
        raise _fail(f"{replica} could not be restored ({error}): nothing was changed") from error
    finally:
        destroy(brought)


def _restore(path: Path, target: Path, called: str) -> None:
    _check_backup(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", blocking=False):
            kept = restore_copy(path, target, Clock().now())
    except Timeout as error:
        raise _fail(f"a bot is running on {target}: stop it first") from error
    except (DatabaseUnusableError, OSError) as error:
        raise _fail(f"{called} could not be restored to {target}: {remedy(unusable(error))}") from error
    beside = f"; the file it replaces is kept as {kept}" if kept is not None else ""
    typer.echo(f"{called} is restored to {target}{beside}")


@app.command()
def upgrade(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would change, after trying it on a copy.")
    ] = False,
) -> None:
    """Bring the database up to date, as a start does, or with --check only say what would change."""
    path = _settings().database_path
    _check_database(path)
    try:
        trial = try_upgrade(path)
        if not check and trial.steps:
            with FileLock(f"{path}.lock", blocking=False):
                upgrade_database(path)
    except Timeout as error:
        raise _fail(f"a bot is running on {path}: stop it first") from error
    except (DatabaseUnusableError, DatabaseTooNewError, MigrationError) as error:
        raise _fail(explain(error, _settings())) from error
    if not trial.steps:
        typer.echo(f"{path} is up to date (schema {trial.known})")
        return
    done = "would be" if check else "is"
    typer.echo(f"{path} {done} upgraded from schema {trial.found} to {trial.known}:")
    for step in trial.steps:
        typer.echo(f"  {step.replace('_', ' ')}")
    if check:
        typer.echo("It was tried on a copy, and went well. A start keeps a copy of the database as it is now.")


@app.command()
def export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON file to write; it must not exist yet.")],
    network: Annotated[int | None, typer.Option(help="The server's id; needed where several share the bot.")] = None,
) -> None:
    """Write everything of one network to FILE as JSON while the bot goes on. No ballot is in it."""
    database = _settings().database_path
    _check_database(database)
    with _making(path, f"{database} could not be exported to {path}"):
        guild_id = _network_meant(network, networks(database))
        rows = export_network(database, guild_id)
        with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8") as file:
            json.dump({"network": guild_id, "tables": rows}, file, ensure_ascii=False, indent=1)
    typer.echo(f"{sum(map(len, rows.values()))} rows of network {guild_id} are written to {path}")


@contextmanager
def _making(path: Path, failure: str) -> Generator[None]:
    """Turn what stops the making of the new file ``path`` into one line, which begins with ``failure``."""
    try:
        yield
    except FileExistsError as error:
        raise _fail(f"{path} exists already: choose another name") from error
    except NotADirectoryError as error:
        raise _fail(f"there is no folder {path.parent}: make it, or correct the name of the file") from error
    except (DatabaseUnusableError, OSError) as error:
        raise _fail(f"{failure}: {remedy(unusable(error))}") from error


def _network_meant(asked: int | None, known: list[int]) -> int:
    if asked in known:
        return asked
    if asked is None and len(known) == 1:
        return known[0]
    if not known:
        raise _fail("the database has no network yet")
    raise _fail(f"name one of the networks with --network: {', '.join(map(str, known))}")


def _check_database(path: Path) -> None:
    if not path.exists():
        raise _fail(f"there is no database {path} yet: focalbot run makes it, or correct DATABASE_PATH")


def _check_backup(path: Path) -> None:
    if not path.exists():
        raise _fail(f"there is no file {path}: nothing was changed; give the path of a file from focalbot backup")
    try:
        condition = examine(path)
    except DatabaseUnusableError as error:
        raise _fail(f"{path} cannot be read as a backup ({error}): nothing was changed") from error
    if condition.version == 0:
        raise _fail(f"{path} is not a focalbot database: nothing was changed")
    if condition.version > condition.known:
        raise _fail(
            f"{path} was written by a newer focalbot (schema {condition.version}, this one knows"
            f" {condition.known}): nothing was changed"
        )
    if condition.problems:
        raise _fail(f"{path} is damaged ({condition.problems[0]}): nothing was changed; try an older backup")


app.command()(demo)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
