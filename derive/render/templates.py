"""The templates of the reports, and the Jinja environments that fill them in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from derive.render import escape
from derive.resources import templates


class Tex(str):
    """LaTeX that a template takes over as it is; any other text is escaped."""

    __slots__ = ()


def folder(name: str) -> Path:
    """The folder of the templates of the format ``name``."""
    return templates() / name


_environment = partial(
    Environment,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def html_environment() -> Environment:
    """Templates whose values are escaped for HTML."""
    return _environment(loader=FileSystemLoader(folder("html")), autoescape=True)


def tex_environment() -> Environment:
    """Templates written ``<< value >>`` and ``<% block %>``, whose values are escaped for LaTeX unless they are Tex."""
    return _environment(
        loader=FileSystemLoader(folder("tex")),
        autoescape=False,
        finalize=lambda value: value if isinstance(value, Tex) else escape.latex(str(value)),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )


def markdown_environment() -> Environment:
    """Templates whose values are escaped for a cell of a Markdown table."""
    return _environment(
        loader=FileSystemLoader(folder("md")),
        autoescape=False,
        finalize=lambda value: escape.markdown(str(value)),
    )
