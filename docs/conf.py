"""How Sphinx builds the site: ``make site`` writes it to build/site, every warning an error."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from registry_pages import write_pages  # noqa: E402  lies beside this file

project = "Campaign Forensics"
author = "The Campaign Forensics authors"
release = version = installed("campaign-forensics")
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["build"]

html_theme = "furo"
html_title = project
html_static_path = ["images", "static"]
html_css_files = ["tables.css"]
html_show_sourcelink = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 1200
nb_merge_streams = True
autodoc_typehints = "description"
autodoc_member_order = "bysource"
add_module_names = False
suppress_warnings = ["myst.header"]  # of the benchmarks' own pages, which are included
nitpicky = False  # names of Polars and typing in signatures are no pages of this site

write_pages(HERE / "reference")
