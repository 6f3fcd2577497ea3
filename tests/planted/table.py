"""The table of planted errors as claims."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from derive.language.paper import Claim, Paper
from derive.language.symbols import dim, index, symbol

Row = dict[str, Any]

ROWS: list[Row] = tomllib.loads(Path(__file__).with_name("table.toml").read_text(encoding="utf-8"))["pair"]


def claim(row: Row, side: str) -> Claim:
    """The row's ``"true"`` or ``"wrong"`` statement, under its hypotheses."""
    paper = Paper(row["id"])
    specifications = {name: text.partition(";") for name, text in row["symbols"].items()}
    axes = {
        name: [axis.strip() for axis in shape.split(",") if axis.strip()]
        for name, (shape, _, _) in specifications.items()
    }
    paper.names |= {axis: dim(axis) for sizes in axes.values() for axis in sizes}
    for name, (_, _, properties) in specifications.items():
        sizes = [paper.names[axis] for axis in axes[name]]
        paper.names[name] = symbol(name, *sizes, **dict.fromkeys(properties.split(), True))
    paper.names |= {name: index(name, paper.names[size]) for name, size in row.get("indices", {}).items()}
    for name, text in row.get("let", {}).items():
        paper.names[name] = paper.let(name, text)
    given = row.get("given", [])
    return paper.claim(side, row[side], given=row.get("wrong_given", given) if side == "wrong" else given)
