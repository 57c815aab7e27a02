"""What this machine can and cannot do, and what an analysis costs on it, measured."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cases.terminal.command_language import tr
from forensics.coaction import kernels
from forensics.dataset import Dataset
from forensics.detectors.detector import AnyDetector
from forensics.progress import Progress
from forensics.run import carry_out, plan, versions
from forensics.simulate import Election, simulate
from reports.fonts import FILES

Verdict = Literal["ok", "note", "problem"]

_GIB = 1 << 30
_ENOUGH_MEMORY = 4 * _GIB
_ENOUGH_DISK = _GIB


@dataclass(frozen=True, slots=True)
class Check:
    """One property that was measured.

    Attributes:
        verdict: ``problem`` where an analysis will fail, ``note`` where it may be slow.
        text: what was seen and what to do.
    """

    name: str
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """An analysis of simulated data, measured on this machine.

    Attributes:
        n_acts: rows of the actions table.
        seconds: of all detectors together, wall clock.
        peak_bytes: the most memory the whole program held; None where the system does not tell.
    """

    n_acts: int
    seconds: float
    peak_bytes: int | None


def checks() -> Iterator[Check]:
    """Look at the machine."""
    yield Check("Python", "ok", f"{platform.python_version()}, {platform.platform()}")
    yield Check(tr("versions"), "ok", ", ".join(f"{name} {version}" for name, version in versions().items()))
    yield Check(tr("processors"), "ok", tr("{number} can be used", number=_cores()))
    yield _memory()
    yield _disk()
    yield _compile_cache()
    lacking = [path.name for path in FILES if not path.is_file()]
    yield (
        Check(tr("fonts"), "problem", tr("{name} is missing: install the program again.", name=lacking[0]))
        if lacking
        else Check(tr("fonts"), "ok", tr("come with the program; those of the system are not used"))
    )


def trial(n_acts: int, progress: Progress) -> Trial:
    """Simulate an election of about this many acts and put it to every detector.

    Compiled code is compiled before the clock starts, as it is but once on a machine.
    """
    warm_up(progress)
    dataset = _simulated(n_acts)
    started = time.perf_counter()
    _detect(dataset, progress)
    return Trial(dataset.actions.height, time.perf_counter() - started, peak_bytes())


def warm_up(progress: Progress) -> None:
    """Compile what is compiled but once on a machine, by an analysis of a few simulated acts."""
    _detect(_simulated(2_000), progress)


def _simulated(n_acts: int) -> Dataset:
    return simulate(replace(Election(), n_acts=n_acts, n_accounts=max(200, n_acts // 20)), 1).dataset


def _detect(dataset: Dataset, progress: Progress) -> None:
    """Ask every detector; simulated data lack what some of them ask for, which is no fault."""
    carry_out(dataset, plan(), progress=progress, broke=_raise)


def _raise(_detector: AnyDetector, error: BaseException) -> None:
    raise error


def _cores() -> int:
    usable: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _memory() -> Check:
    total = _memory_bytes()
    if total is None:
        return Check(tr("memory"), "note", tr("this system does not tell how much there is"))
    if total < _ENOUGH_MEMORY:
        return Check(tr("memory"), "note", tr("{size:.1f} GiB; millions of acts may not fit", size=total / _GIB))
    return Check(tr("memory"), "ok", tr("{size:.1f} GiB", size=total / _GIB))


def _memory_bytes() -> int | None:
    """Return the machine's memory, or what its container may use of it."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    try:
        return min(total, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    except (OSError, ValueError):  # no container, or one without a limit
        return total


def _disk() -> Check:
    here = Path.cwd()
    free = shutil.disk_usage(here).free
    if not os.access(here, os.W_OK):
        return Check(tr("disk"), "problem", tr("this folder cannot be written to; go to another, or give --out"))
    if free < _ENOUGH_DISK:
        sentence = "{size:.1f} GiB free here; a run of a million acts can take more"
        return Check(tr("disk"), "note", tr(sentence, size=free / _GIB))
    return Check(tr("disk"), "ok", tr("{size:.1f} GiB free here", size=free / _GIB))


def _compile_cache() -> Check:
    """Say whether compiled code is kept; without that, every start costs the seconds of compiling again."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    folder = Path(chosen) if chosen else Path(kernels.__path__[0]) / "__pycache__"
    if folder.is_dir() and any(folder.rglob("*.nbi")):
        return Check(tr("compiled code"), "ok", tr("is there already"))
    if os.access(folder if folder.exists() else folder.parent, os.W_OK):
        return Check(tr("compiled code"), "note", tr("will be made by the first run, which takes some seconds more"))
    sentence = "{folder} cannot be written to, so every start may compile again; name a folder in NUMBA_CACHE_DIR"
    return Check(tr("compiled code"), "note", tr(sentence, folder=folder))


def peak_bytes() -> int | None:
    """Return the most memory this process ever held, bytes."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
