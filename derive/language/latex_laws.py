"""What random symbols are, in LaTeX."""

from __future__ import annotations

from derive.language.chance import RandomSymbol
from derive.language.latex import latex
from derive.language.latex_names import dimension_tex, shape_tex
from derive.language.latex_pieces import script, superscript
from derive.language.tensor import IndexSymbol


def law_tex(name: str, symbol: RandomSymbol) -> str:
    """What a random symbol is: ``w \\sim \\mathcal{N}(0, I_d)``."""
    space = superscript(r"\mathbb{R}", shape_tex(symbol.shape)).text if symbol.shape else r"\mathbb{R}"
    match symbol:
        case RandomSymbol(kind="gaussian", shape=()):
            return rf"{name} \sim \mathcal{{N}}(0, 1)"
        case RandomSymbol(kind="gaussian", shape=(size,)):
            return rf"{name} \sim \mathcal{{N}}(0, I{script(dimension_tex(size))})"
        case RandomSymbol(kind="sphere", shape=(size,)):
            return rf"{name} \in {space} \text{{ uniform on the unit sphere}}"
        case RandomSymbol(kind="sphere"):
            return rf"{name} \in {space} \text{{ with independent rows, uniform on the unit sphere}}"
        case RandomSymbol(kind="one_hot"):
            rows = rf"\text{{ with independent rows }} e_i \text{{ of probability }} {_share(symbol)}"
            return rf"{name} \in {space} {rows}"
    entry = _entry_law(symbol)
    if not symbol.shape:
        return rf"{name} \sim {entry}"
    return rf"{name} \in {space} \text{{ with independent entries }} \sim {entry}"


def _share(symbol: RandomSymbol) -> str:
    if symbol.parameters:
        return latex(symbol.parameters[0][IndexSymbol("i", symbol.shape[1])])
    return rf"1 / {dimension_tex(symbol.shape[1])}"


def _entry_law(symbol: RandomSymbol) -> str:
    """The law of one entry."""
    parameters = ", ".join(latex(parameter) for parameter in symbol.parameters)
    match symbol.kind:
        case "gaussian":
            return r"\mathcal{N}(0, 1)"
        case "rademacher":
            return r"\mathrm{Unif}\{-1, 1\}"
        case "uniform":
            return rf"\mathrm{{Unif}}[{parameters}]"
        case _:
            return rf"\mathrm{{Bernoulli}}({parameters})"
