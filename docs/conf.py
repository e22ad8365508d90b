"""How the documentation is built. It needs no network: no links into other projects, no fonts from elsewhere."""

from __future__ import annotations

project = "Lumbago"
author = "The Lumbago authors"
copyright = "The Lumbago authors, Apache-2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "decisions/0000-template.md"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Lumbago"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}
