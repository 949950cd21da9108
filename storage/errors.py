"""Why a database file cannot be used."""


class DatabaseUnusableError(Exception):
    """The file cannot be opened, written or read as a database; the message says which and why."""


class DatabaseTooNewError(Exception):
    """The file was written by a newer version of the bot; ``found`` and ``known`` are schema versions."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"schema version {found}, this code knows {known}")
        self.found = found
        self.known = known


class MigrationError(Exception):
    """The migration ``name`` could not be applied; the file is as it was. The cause says why."""

    def __init__(self, name: str, cause: Exception) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name
