"""The ``forensics`` command, and the only place that turns errors into exit statuses.

Commands live in ``cases.commands``, one file each, and are imported only when used, so that ``--help`` is quick.
"""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

import click

from cases.commands import MODULES
from cases.terminal import crash_file
from cases.terminal.click_translations import in_words, teach_click, translated
from cases.terminal.command_language import language, rendered, tr
from cases.terminal.terminal_output import printable, write_what_it_can
from forensics.errors import ForensicsError

COMMANDS = {
    "demo": "See it work: simulate an election with planted manipulation and report on it.",
    "inspect": "Say what a data file is: its format, rows, span and what is missing.",
    "new": "Make a case of your data, in a short conversation or by flags.",
    "run": "Analyse a case and write its report.",
    "verify": "Hash every output of a run, and its inputs, and hold them against the manifest.",
    "seal": "Have a time stamping service sign that a run was there, as it is, at this moment.",
    "compare": "Say what changed between two runs, and why.",
    "score": "Hold a run against what is known: precision, recall and false discoveries.",
    "report": "Write the documents of a finished run again, without computing.",
    "export": "Write a finished run for a spreadsheet, a network program or a database.",
    "coactions": "Count who acted on the same objects within a time, in data larger than memory.",
    "archive": "Read an archiver's copies of the addresses in a run's evidence.",
    "simulate": "Make a case of a simulated election, with the truth apart.",
    "doctor": "Say what this machine can and cannot do, and what an analysis costs on it.",
    "cases": "List the cases that are shipped.",
    "formats": "List the export formats that can be read.",
    "detectors": "List the detectors and every parameter they take.",
}
"""The commands in the order of ``--help``, each with its line there."""

MEANINGS = {
    "CF01": "The command is not typed as it must be. See it with: forensics --help",
    "CF10": "A folder or file is not what the command needs. Give another one, as this says:",
    "CF20": "A data file cannot be read as what it claims to be. See it with: forensics inspect FILE",
    "CF21": "A file that the case names is not here. Say where it lies with: --data FOLDER",
    "CF30": "The case file has an unknown key or a missing value. Correct the line that is named here:",
    "CF31": "A parameter is unknown or out of its range. All are listed by: forensics detectors",
    "CF40": "A question is finer than the data's times. Widen the windows in the case file.",
    "CF41": "There is too little data for the question. Add data.",
    "CF42": "The work needs more memory than it was given. Raise --memory, or take fewer data.",
    "CF50": "A check did not hold. What differs:",
    "CF60": "The system refused: no space, no permission, or a broken disk. Mend that, and say the same again.",
    "CF70": "The program broke. Report it with the file that is named.",
}
"""What each error code means and what to do, as the README tells it."""

_USAGE, _MEMORY, _SYSTEM, _BROKEN = ("CF01", "CF42", "CF60", "CF70")
"""Codes of what is none of the library's own errors."""
_INTERRUPTED = 130
_NOT_READ = 141
"""128 + SIGPIPE, as when the system ends a program whose reader has gone."""
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}  # a full disk, a limit, a quota
_BROKE = 70
"""``EX_SOFTWARE`` of sysexits.h."""


class _Commands(click.Group):
    """A group whose commands are modules, and whose errors are plain sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command, imported now; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(MODULES[cmd_name]).command
        return translated(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant, its name and its words; say which are near where there is none."""
        if args and args[0] not in COMMANDS and Path(args[0]).is_file():
            return super().resolve_command(ctx, ["inspect", "--offer", *args])
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:  # as where a shell completes
            near = get_close_matches(args[0], COMMANDS, n=1)
            sentences = [tr("There is no command '{name}'.", name=args[0])]
            sentences += [tr("Did you mean {name}?", name=name) for name in near]
            raise click.UsageError(" ".join(sentences), ctx)
        return super().resolve_command(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line."""
        return [in_words(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of all commands."""
        click.Group.format_help(translated(self), ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, tr(text)) for name, text in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:  # noqa: ANN401
        """Run a command and exit with its status."""
        extra["standalone_mode"] = False
        if not (sys.argv[1:] if args is None else args):
            args = ("--help",)
        stdout = sys.stdout
        try:
            status = super().main(args, *rest, **extra)
        except SystemExit as ended:
            # Where a reader went, as head does, click puts another stream in the place of stdout and exits.
            sys.exit(ended.code if sys.stdout is stdout else _NOT_READ)
        except ForensicsError as error:
            status = _tell(f"{_meaning(error.code)}{rendered(error.message)} [{error.code}]", error.exit_status)
        except click.ClickException as error:
            status = _tell(_of_usage(error), ForensicsError.exit_status)
        except (click.Abort, KeyboardInterrupt):
            status = _tell(tr("Stopped. No half-finished result was left behind."), _INTERRUPTED)
        except MemoryError:
            status = _tell(
                f"{tr('This needs more memory than the machine has. Take fewer data, or make less.')} [{_MEMORY}]",
                ForensicsError.exit_status,
            )
        except OSError as error:
            status = _tell(f"{_meaning(_SYSTEM)}{_of_system(error)} [{_SYSTEM}]", ForensicsError.exit_status)
        except BaseException as error:
            if isinstance(error, SystemExit):
                raise
            path = crash_file.record(error)
            message = tr(
                "The program broke ({kind}). Details for a bug report: {path}", kind=type(error).__name__, path=path
            )
            status = _tell(f"{message} [{_BROKEN}]", _BROKE)
        sys.exit(status if isinstance(status, int) else 0)


def _tell(message: str, status: int) -> int:
    with suppress(OSError):  # stderr may be closed, full or unread; the status says it too
        click.echo(printable(message), err=True)
    return status


def _meaning(code: str) -> str:
    """Return what a code means and what to do; English readers have it in the README, beside the code."""
    return "" if language() == "en" else f"{tr(MEANINGS[code])}\n"


def _of_usage(error: click.ClickException) -> str:
    """Return what was typed wrongly, below the command's usage, and where its help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    usage = f"{context.get_usage()}\n" if context else ""
    command = context.command_path if context else "forensics"
    return f"{usage}{error.format_message()} {tr('See: {command} --help', command=command)} [{_USAGE}]"


def _of_system(error: OSError) -> str:
    """Return what the operating system could not do, as a sentence."""
    reason = error.strerror or str(error)
    sentences = f"{error.filename}: {reason}." if error.filename else f"{reason}."
    if error.errno in _NO_ROOM:
        return f"{sentences} {tr('Make room there, then give the same command; a run goes on from what was finished.')}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{sentences} {tr('Give another place, or make this one writable.')}"
    if error.errno == errno.ENOENT and not _is_somewhere():
        return tr("The folder that you are in is gone. Go to another, with cd, and give the command again.")
    return sentences


def _is_somewhere() -> bool:
    """Return whether the folder that the command was given in is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


teach_click()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="campaign-forensics", prog_name="forensics", help="Show the version and exit.")
def forensics() -> None:
    """Show which engagement in an election period was made rather than given.

    \b
    Begin with
      forensics demo                a whole analysis of a simulated election
      forensics posts.csv           what is this file? And on from there.
      forensics new my-case         make a case of your data, and analyse it

    Exit status: 0 done; 1 done, but a detector broke; 2 wrong usage or unreadable input; 3 a check failed; 70 the
    program broke; 130 stopped by you; 134 or 137 ended by the system, which had no memory left; 141 nobody read on.

    See also: the help of each command, such as forensics run --help; the README.
    """


def main() -> NoReturn:
    """Run the command line of this process."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        write_what_it_can(stream)
    os.environ["TZ"] = "UTC"  # nothing here depends on the machine's zone, and babel breaks where that is none
    os.environ["MPLBACKEND"] = "agg"  # whatever it is set to, as in the terminal of a notebook
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small here: threads wait more than they compute
    os.environ.pop("NUMBA_DISABLE_JIT", None)  # what is compiled cannot work uncompiled
    for name in ("NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"):  # a library breaks where it is no number of threads
        number = os.environ.get(name, "1")
        if not number.isdecimal() or int(number) == 0:
            del os.environ[name]
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it speaks to programmers of homes it cannot write to
    try:
        forensics.main(prog_name="forensics")
    except SystemExit as ended:
        if ended.code:
            # Everything is cleaned up, but an orderly exit would first wait for all work that is still queued.
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError):
                    stream.flush()
            os._exit(int(ended.code))
        raise


def _open_closed_streams() -> None:
    """Lead streams that the caller closed nowhere; else the next file that is opened would take their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
