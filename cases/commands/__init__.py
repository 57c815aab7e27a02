"""The commands of ``forensics``, one file each; those on a finished run have their own folder.

Called by ``cases.cli``, which imports a command when it is used. Never hold what a notebook could want too.
"""

_FINISHED_RUN = ("verify", "compare", "score", "report", "export", "archive", "seal")
_OTHERS = ("demo", "inspect", "new", "run", "coactions", "simulate", "doctor", "cases", "formats", "detectors")

MODULES = {
    **{name: f"cases.commands.{name}_command" for name in _OTHERS},
    **{name: f"cases.commands.finished_run.{name}_command" for name in _FINISHED_RUN},
}
"""Where each command is, by its name."""
