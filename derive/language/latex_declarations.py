"""What the symbols of a paper are, in LaTeX: ``A \\in \\mathbb{R}^{n \\times d}``, ``\\lambda > 0``, ``j \\in [n]``.

Sizes and indices that only a sum runs over need no declaration: shapes and bounds of sums show them.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.chance import RandomSymbol
from derive.language.derivatives import Definition
from derive.language.latex_laws import law_tex
from derive.language.latex_names import dimension_tex, shape_tex
from derive.language.latex_pieces import named, script, superscript
from derive.language.paper import Paper
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSum, IndexSymbol, Tensor

SIGNS = {"positive": "> 0", "nonnegative": r"\ge 0"}
"""What numbers and entries are compared with, the stricter sign first."""
WORDS = {
    "pd": "symmetric positive definite",
    "psd": "symmetric positive semidefinite",
    "symmetric": "symmetric",
    "skew": "skew-symmetric",
    "orthogonal": "orthogonal",
}
"""Properties of matrices, those first that say more."""


def symbol_declarations(paper: Paper) -> tuple[str, ...]:
    """One declaration a printed name, in the order in which definitions and claims first use them.

    A name that stands for several things in several claims is declared as the one or the other, and one that a
    definition has too with that reservation.
    """
    found: dict[str, dict[str, None]] = {}
    for symbol in _symbols(paper):
        declared = _index(symbol) if isinstance(symbol, IndexSymbol) else _array(symbol)
        found.setdefault(_name(symbol), {})[declared] = None
    reserved = dict.fromkeys(map(_name, paper.definitions), r" \text{ where it is not defined otherwise}")
    return tuple(r" \text{ or } ".join(declared) + reserved.get(name, "") for name, declared in found.items())


def _symbols(paper: Paper) -> Iterator[Symbol | IndexSymbol]:
    """The symbols and free index symbols, some of them often."""
    sides = [side for claim in paper.claims for it in claim.relations + claim.given for side in (it.left, it.right)]
    for root in [*paper.definitions, *sides]:
        free = _free_indices(root)
        for node in root.walk():
            if isinstance(node, Symbol) or (isinstance(node, IndexSymbol) and node.name in free):
                yield node


def _free_indices(root: Tensor) -> frozenset[str]:
    """The names of the index symbols that no sum within ``root`` runs over."""
    free: dict[int, frozenset[str]] = {}
    for node in root.walk():
        inside = frozenset[str]().union(*(free[id(child)] for child in node.children()))
        if isinstance(node, IndexSum):
            inside -= {node.index.name}
        free[id(node)] = inside | {node.name} if isinstance(node, IndexSymbol) else inside
    return free[id(root)]


def _name(symbol: Symbol | IndexSymbol | Definition) -> str:
    return str(named(symbol.name, symbol.tex))


def _index(symbol: IndexSymbol) -> str:
    return rf"{_name(symbol)} \in [{dimension_tex(symbol.dimension)}]"


def _array(symbol: Symbol) -> str:
    field = r"\mathbb{Z}" if "integer" in symbol.properties else r"\mathbb{R}"
    sign = next((kind for kind in SIGNS if kind in symbol.properties), "")
    if isinstance(symbol, RandomSymbol):
        return law_tex(_name(symbol), symbol)
    if not symbol.shape:
        return _number(_name(symbol), field, SIGNS.get(sign, ""))
    words = _matrix_words(symbol) + ([f"with {sign} entries"] if sign else [])
    space = superscript(field, shape_tex(symbol.shape))
    return rf"{_name(symbol)} \in {space}" + (rf" \text{{ {' and '.join(words)}}}" if words else "")


def _number(name: str, field: str, sign: str) -> str:
    if sign and field == r"\mathbb{R}":
        return f"{name} {sign}"
    return rf"{name} \in {field}" + (script(sign) if sign else "")


def _matrix_words(symbol: Symbol) -> list[str]:
    """The properties in words, ``symmetric`` only once."""
    words = [word for kind, word in WORDS.items() if kind in symbol.properties]
    symmetric = [word for word in words if word.startswith("symmetric")]
    return symmetric[:1] + words[len(symmetric) :]
