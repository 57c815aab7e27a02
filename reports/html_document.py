"""The report as one HTML file that needs nothing else: no network, no font, and whole without its script.

The content policy allows the page's own style and script by their hashes and nothing else, so that text from the data
could not load or run anything even if an escape were missing somewhere. What the explorers draw travels as JSON.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.report_model import Figure, Report

SCRIPTS = ("start", "tables", "network", "timeline")
"""The page's script, in the order its parts need each other."""


def html(report: Report) -> str:
    """Return the page."""
    environment = _environment()
    style = environment.get_template("page.css").render()
    script = "".join(environment.get_template(f"script/{name}.js").render() for name in SCRIPTS)
    return environment.get_template("page.html").render(
        report=report,
        labels=dict(report.labels),
        style=Markup(style),  # noqa: S704  the project's own file, without anything from the data
        script=Markup(script),  # noqa: S704  as above
        data=Markup(_data(report)),  # noqa: S704  no character of HTML is left in it
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        svg=Markup,
    )


def _data(report: Report) -> str:
    """Return what the explorers need as JSON without the characters that HTML gives a meaning to."""
    figures = {
        block.anchor: dict(block.data)
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Figure) and block.data is not None
    }
    text = json.dumps({"words": report.script, "figures": figures}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


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
