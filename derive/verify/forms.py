"""Closed forms of a proof in its parameters."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.verify.closed_forms import parameter, sympified
from derive.verify.generic import Texts
from derive.verify.statement import Statement


class Forms:
    """Closed forms in parameters, as expressions of the claim's words and of SymPy."""

    def __init__(self, parameters: Mapping[str, Tensor], part: Statement) -> None:
        self.parameters = parameters
        self.symbols = {name: parameter(name, node, part.given) for name, node in parameters.items()}
        self._named = Texts(part, {name: Symbol(name, ()) for name in parameters})
        self._meant = Texts(part, parameters)

    def read(self, text: str) -> tuple[Tensor, sp.Expr]:
        return self._meant.node(text), sympified(self._named.node(text), self.symbols)
