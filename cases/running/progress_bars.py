"""Progress on stderr: moving bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import heard, printable
from forensics.progress import Progress, quiet

_READING = "reading "
"""What the library says before a file's name."""


@contextmanager
def shown(*, is_quiet: bool) -> Iterator[Progress]:
    """Give a ``Progress`` that shows itself on stderr while the block runs."""
    console = Console(file=cast("TextIO", _Stderr()), highlight=False)
    if is_quiet:
        yield quiet
    elif console.is_terminal:
        with _bars(console) as bars:
            stages = _Stages(bars)
            yield stages
            stages.close()
    else:
        yield _Lines(console)


@contextmanager
def paused(progress: Progress) -> Iterator[None]:
    """Take the moving bars off the terminal while the block runs, so that a person can be asked something."""
    bars = progress.bars if isinstance(progress, _Stages) else None
    if bars is not None:
        bars.stop()
    yield
    if bars is not None:
        bars.start()


def _own_stderr() -> TextIO:
    """Return the standard error itself, where moving bars have put their own in its place: it writes to them again."""
    own: TextIO = getattr(sys.stderr, "rich_proxied_file", sys.stderr)
    return own


class _Stderr(io.TextIOBase):
    """The standard error, which goes quiet where it cannot be written: what is computed is not lost over it."""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # an attribute in typeshed, a property in io
        return _own_stderr().encoding

    def isatty(self) -> bool:
        return _own_stderr().isatty()

    def fileno(self) -> int:
        return _own_stderr().fileno()

    def write(self, text: str) -> int:
        with heard():
            _own_stderr().write(text)
        return len(text)

    def flush(self) -> None:
        with heard():
            _own_stderr().flush()


def _bars(console: Console) -> Bars:
    return Bars(
        SpinnerColumn(finished_text="✓" if console.encoding.startswith("utf") else "*"),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _words(stage: str) -> str:
    shown_stage = tr(stage)
    if shown_stage == stage and stage.startswith(_READING):
        shown_stage = tr("reading {file}", file=stage.removeprefix(_READING))
    return printable(shown_stage[:1].upper() + shown_stage[1:])


class _Stages:
    """One bar for each stage; a new stage ends the one before."""

    __slots__ = ("_bars", "_stage", "_task")

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._stage = ""
        self._task: TaskID | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage or self._task is None:
            self.close()
            self._stage = stage
            self._task = self._bars.add_task(_words(stage), total=None, count="")
        count = tr("{done:,} of {total:,}", done=done, total=total) if total else ""
        self._bars.update(self._task, completed=done, total=total or None, count=count)

    @property
    def bars(self) -> Bars:
        """Return the bars themselves."""
        return self._bars

    def close(self) -> None:
        """Mark the stage now shown as done."""
        if self._task is not None:
            task = self._bars.tasks[self._bars.task_ids.index(self._task)]
            whole = task.total or task.completed or 1
            count = tr("{done:,} of {total:,}", done=round(whole), total=round(whole)) if task.total else ""
            self._bars.update(self._task, completed=whole, total=whole, count=count)


class _Lines:
    """One line for each stage."""

    __slots__ = ("_console", "_stage")

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002  a line has no bar
        if stage != self._stage:
            self._stage = stage
            self._console.print(Text(f"{_words(stage)} ..."), soft_wrap=True)
