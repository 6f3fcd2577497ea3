"""The inequalities of ``table.toml`` as claims: false ones, and their true twins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from derive.language.toml import read
from derive.obligation import Obligation, obligations

HERE = Path(__file__).parent
PAIRS: dict[str, dict[str, Any]] = {
    row["id"]: row for row in tomllib.loads((HERE / "table.toml").read_text(encoding="utf-8"))["pair"]
}


def obligation(name: str, truth: str, folder: Path) -> Obligation:
    """The claim ``truth`` ("true" or "false") of a pair as an obligation."""
    row = PAIRS[name]
    given = row.get("given", []) + (row.get("dropped", []) if truth == "true" else [])
    lines = ["[paper]", f'id = "{name}"', "[symbols]"]
    lines += [f"{symbol} = {{ {_declared(text)} }}" for symbol, text in row["symbols"].items()]
    if "index" in row:
        lines += ["[indices]", *(f'{i} = "{axis}"' for i, axis in row["index"].items())]
    lines += ["[[claim]]", f'id = "{truth}"', f"statement = '''{row[truth]}'''", "given = " + str(given)]
    path = folder / f"{name}.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    (claim,) = read(path)[0].claims
    assert claim.problem is None, claim.problem
    (found,) = obligations(claim)
    return found


def _declared(text: str) -> str:
    """``"n d psd"`` is a psd matrix, ``"n+"`` a positive vector, ``"n>=0"`` a nonnegative one, ``""`` a scalar."""
    signs = {"+": "positive", ">=0": "nonnegative"}
    properties = [word for mark, word in signs.items() if text.endswith(mark)]
    for mark in signs:
        text = text.removesuffix(mark)
    words = text.split()
    axes = [word for word in words if len(word) == 1]
    properties += [word for word in words if len(word) > 1]
    return ", ".join([f"shape = {axes}".replace("'", '"'), *(f"{word} = true" for word in properties)])
