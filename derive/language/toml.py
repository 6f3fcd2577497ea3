"""A paper as a TOML file: symbols, definitions and claims in the text form. Nothing in it is ever run."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

from derive.language.declarations import Declarations
from derive.language.errors import InputError
from derive.language.fields import Lines, Table
from derive.language.files import read as read_file
from derive.language.grammar import exact
from derive.language.laws import LawText, read_law
from derive.language.paper import Paper
from derive.language.symbols import PROPERTIES
from derive.language.undefined import IllDefined

LARGEST = 2**20
"""Bytes of the largest file."""

PARAMETERS = ("low", "high", "p")
"""The keys of a symbol that are parameters of its law."""

MOST = 500
"""Entries of the longest table, and claims of the longest file."""

_PART = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:\s*\.\s*{_PART}){{16}}")
"""Reading a dotted key takes time that grows with the square of its parts, or worse."""


def read(path: Path) -> list[Paper]:
    """The paper that the TOML file ``path`` holds.

    A definition or a statement that does not conform is no error of the file: it makes claims ill-posed.

    Raises:
        InputError: the file cannot be read, is no TOML, lacks a table, or has an unknown key or property, or a name
            that is declared twice; with its file, and its line where that can be found.
    """
    file = str(path)
    text = _decode(read_file(path, LARGEST), file)
    top = Table(_parse(text, file), file, Lines(text), "")
    top.only("paper", "symbols", "indices", "dimensions", "let", "claim")
    for name, table in top.entries.items():
        if isinstance(table, (dict, list)) and len(table) > MOST:
            raise top.error(f"has {len(table)} entries, more than {MOST}", name, "divide it into several files")
    if "paper" not in top.entries:
        raise top.error("the table [paper] is missing", hint='begin with [paper] and id = "my-paper"')
    head = top.table("paper")
    head.only("id", "title", "source")
    with head.placing("id"):
        paper = Paper(head.required("id"), head.text("title") or "", head.text("source") or "")
    paper.names = dict(_declare(top).names)
    _define(paper, top.table("let"))
    for claim in top.tables("claim"):
        _state(paper, claim)
    return [paper]


def _decode(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("is no UTF-8 text", file=file, line=line) from None


def _parse(text: str, file: str) -> dict[str, Any]:
    if _LONG_KEY.search(text):
        raise InputError("has a key of too many parts", file=file)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        message, line = _at_line(str(error), text.count("\n") + 1)
        raise InputError(f"is no TOML: {message}", file=file, line=line) from None
    except InputError as error:
        error.file = file
        raise
    except (RecursionError, MemoryError, ValueError, OverflowError) as error:
        raise InputError(f"is no TOML that can be read: {type(error).__name__}", file=file) from None


def _at_line(message: str, last: int) -> tuple[str, int | None]:
    """The message of ``tomllib`` without its place, and the line, where the file has ``last`` lines."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    return (message[: found.start()], int(found[1] or last)) if found else (message, None)


def _decimal(literal: str) -> Fraction:
    value = exact(literal.lstrip("+-"))
    return -value if literal.startswith("-") else value


def _declare(top: Table) -> Declarations:
    """What the tables [dimensions], [symbols] and [indices] declare."""
    declared = Declarations()
    dimensions, symbols, indices = top.table("dimensions"), top.table("symbols"), top.table("indices")
    for name, size in dimensions.entries.items():
        with dimensions.placing(name):
            declared.fix(name, size)
    # The parameters of a law may be symbols: those without a law come first.
    for name in sorted(symbols.entries, key=lambda name: "law" in symbols.table(name).entries):
        entry = symbols.table(name)
        entry.only("shape", "tex", "law", *PARAMETERS, *sorted(PROPERTIES))
        properties = [key for key in sorted(PROPERTIES) if entry.flag(key)]
        with symbols.placing(name):
            declared.symbol(name, entry.array("shape"), properties, entry.text("tex"), _law(entry))
    for name, size in indices.entries.items():
        with indices.placing(name):
            declared.index(name, size)
    return declared


def _law(entry: Table) -> LawText | None:
    """The law of a random symbol: ``law = "uniform"`` with its parameters as keys, or ``law = "uniform(low=-1)"``."""
    parameters = {key: entry.number_or_text(key) for key in PARAMETERS if key in entry.entries}
    law = entry.text("law")
    if law is None:
        if parameters:
            raise entry.error("is the parameter of a law, and the symbol has none", next(iter(parameters)))
        return None
    found = read_law(law)
    return LawText(found.name, {**found.parameters, **parameters})


def _define(paper: Paper, definitions: Table) -> None:
    """Define what the table [let] holds, in order."""
    for name in definitions.entries:
        if name in paper.names:
            paper.refuse(name, "it is declared and defined again in [let]")
        else:
            paper.names[name] = IllDefined(name, "it is used before it is defined")
    for name, value in definitions.entries.items():
        if name in paper.problems:
            continue
        tex = None
        if isinstance(value, dict):
            entry = definitions.table(name)
            entry.only("value", "tex")
            value, tex = entry.required("value"), entry.text("tex")
        with definitions.placing(name):
            paper.define(name, value, tex=tex, names={})


def _state(paper: Paper, claim: Table) -> None:
    """State the claim of one table [[claim]]."""
    claim.only("id", "statement", "given", "exists", "using", "cite", "tex", "kind", "expect", "reason")
    name = claim.required("id")
    if "statement" not in claim.entries:
        raise claim.error(f"the claim {name} has no statement", hint='add statement = "... == ..."')
    paper.state(
        name,
        claim.texts("statement"),
        given=claim.texts("given"),
        exists=claim.texts("exists"),
        using=claim.texts("using"),
        where=(claim.file, claim.line("id")),
        names={},
        cite=claim.text("cite") or "",
        tex=claim.text("tex"),
        kind=claim.text("kind"),
        expect=claim.text("expect"),
        reason=claim.text("reason"),
    )
