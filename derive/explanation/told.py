"""A formula as it is told to a reader: in LaTeX, and as text of the language where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.axes import Axis
from derive.calculus.form import Form
from derive.calculus.telling import Teller
from derive.language.latex import latex
from derive.language.plain import plain, plain_relation
from derive.language.relations import Relation
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Told:
    """A formula in LaTeX and, where it is an expression of the language, in the author's own text."""

    tex: str = ""
    text: str = ""

    @classmethod
    def of(cls, expression: Tensor | Relation) -> Told:
        return cls(
            latex(expression), plain(expression) if isinstance(expression, Tensor) else plain_relation(expression)
        )


NOTHING = Told()


def told_of(teller: Teller, form: Form, axes: Sequence[Axis]) -> Told | None:
    """A form in matrix notation, or in indices, which have no text; None where both are too long."""
    found = teller.tensor(form, axes)
    if found is not None:
        return Told.of(found)
    tex = teller.indices(form, axes)
    return None if tex is None else Told(tex)
