"""The errors that a user meets, each one clear sentence and a remedy."""


class PresslensError(Exception):
    """Anything that presslens reports in its own words, without a traceback."""

    exit_code = 1


class BadInput(PresslensError):  # noqa: N818 - named for what the user reads
    """What was given cannot be used; the message says which, where and what to do. Exit code 2."""

    exit_code = 2
