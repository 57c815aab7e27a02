"""The report as one HTML file that needs nothing else: no network, no script, no font.

The content policy allows the page's own style by its hash and nothing else, so that text from the data could not load
or run anything even if an escape were missing somewhere.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.model import Report

__all__ = ["html"]


def html(report: Report) -> str:
    """Return the page."""
    environment = _environment()
    style = environment.get_template("page.css").render()
    return environment.get_template("page.html").render(
        report=report,
        labels=dict(report.labels),
        style=Markup(style),  # noqa: S704  the project's own file, without anything from the data
        policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        svg=Markup,
    )


def _hash(text: str) -> str:
    """Return a text's hash as a content policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
