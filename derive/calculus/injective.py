"""What the hypotheses say cannot annul anything: matrices of full column rank, and numbers that are not zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import Array
from derive.calculus.form import Factor, Form, Head, Label, is_dummy
from derive.calculus.lower import Lowering
from derive.calculus.positivity import positive_symbols
from derive.language.arrays import Determinant, Spectral
from derive.language.rank import Rank
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Size, Tensor


@dataclass(frozen=True)
class Injective:
    """A matrix ``M[p, k]`` with independent columns: ``M v = 0`` gives ``v = 0``.

    It is ``head`` with p at the port ``row`` and k at the other one.
    """

    head: Head
    row: int


def injective(lowering: Lowering, given: Sequence[Relation], symbols: Mapping[str, Symbol]) -> Iterator[Injective]:
    """Matrices of full column rank, by properties of symbols and by what hypotheses bound away from zero."""
    for symbol in symbols.values():
        if symbol.ndim == 2 and symbol.properties & {"pd", "orthogonal"}:
            yield from _columns(lowering.symbol(symbol))
    for matrix in _of_full_rank(given):
        with suppress(Undecidable):
            yield from _columns(lowering.lower(matrix))
    for side, positive in _positive(given):
        with suppress(Undecidable):  # what has no normal form says nothing here
            yield from _of_positive(lowering, side, positive=positive)


def _of_full_rank(given: Sequence[Relation]) -> Iterator[Tensor]:
    """The matrices, or their transposes, whose rank a hypothesis says is the number of columns."""
    for relation in given:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if relation.sign == "==" and isinstance(side, Rank) and isinstance(other, Size):
                for matrix in (side.operand, side.operand.T):
                    if matrix.shape[1] == other.dimension:
                        yield matrix


def _positive(given: Sequence[Relation]) -> Iterator[tuple[Tensor, bool]]:
    """The sides that hypotheses say are positive (True), or not zero (False)."""
    known = positive_symbols(given)
    for relation in given:
        turned = relation.sign in ("<", "<=")
        large, small = (relation.right, relation.left) if turned else (relation.left, relation.right)
        strict = relation.sign in ("<", ">", "!=")
        match small:
            case Number(value=value) if relation.sign in ("<", ">", "<=", ">=", "!="):
                if (value == 0 and strict) or (value > 0 and relation.sign != "!="):
                    yield large, relation.sign != "!="
            case Symbol() if relation.sign in ("<", ">", "<=", ">="):
                if small.positive or small.name in known:
                    yield large, True


def _of_positive(lowering: Lowering, side: Tensor, *, positive: bool) -> Iterator[Injective]:
    """sigma_min(M) > 0, and lambda_min(S) > 0 or det(S) > 0 of S = M or S = M^T M.

    Of what is only known not to be zero a smallest eigenvalue tells nothing: it may be negative and another one zero.
    """
    match side:
        case Spectral(kind="sigma_min", operand=operand):
            yield from _columns(lowering.lower(operand))
        case Spectral(kind="lambda_min") if not positive:
            return
        case Spectral(kind="lambda_min", operand=operand) | Determinant(operand=operand):
            matrix = lowering.lower(operand)
            yield from _columns(matrix)
            yield from _of_gram(matrix)


def _columns(matrix: Array) -> Iterator[Injective]:
    """The matrix itself, where it is one head; a square one is injective from both sides."""
    factor, ends = _only_factor(matrix.form), _ends(matrix)
    if factor is None or ends is None or set(factor[1]) != set(ends) or len(factor[1]) != 2:
        return
    head, labels, _ = factor
    row = labels.index(ends[0])
    yield Injective(head, row)
    if head.dims[0] == head.dims[1]:
        yield Injective(head, 1 - row)


def _of_gram(matrix: Array) -> Iterator[Injective]:
    """The M of a product M^T M: its columns are numbered by the ends of the product."""
    if len(matrix.form.terms) != 1 or (ends := _ends(matrix)) is None:
        return
    ((monomial, _),) = matrix.form.terms.items()
    if len(monomial) != 2 or any(e != 1 or len(labels) != 2 for _, labels, e in monomial):
        return
    (one, first, _), (other, second, _) = monomial
    for row in (0, 1):
        summed = first[row] == second[row] and is_dummy(first[row])
        if one == other and summed and {first[1 - row], second[1 - row]} == set(ends):
            yield Injective(one, row)


def _ends(matrix: Array) -> tuple[Label, Label] | None:
    """The labels of rows and columns; None of product axes and axes of size one."""
    if len(matrix.axes) != 2 or any(len(axis) != 1 for axis in matrix.axes):
        return None
    ((row, _),), ((column, _),) = matrix.axes
    return row, column


def _only_factor(form: Form) -> Factor | None:
    if len(form.terms) != 1:
        return None
    ((monomial, _),) = form.terms.items()
    return monomial[0] if len(monomial) == 1 and monomial[0][2] == 1 else None


def never_zero(lowering: Lowering, given: Sequence[Relation], equations: Sequence[Form]) -> frozenset[Head]:
    """Heads whose entries are not zero: by ``q != 0``, ``q > 0``, ``q < 0``, or since a product of them is a number."""
    found: set[Head] = set()
    for relation in given:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if relation.sign in ("<", ">", "!=") and isinstance(other, Number) and other.value == 0:
                with suppress(Undecidable):
                    found |= set(_everywhere(lowering.lower(side).form))
    for equation in equations:
        if len(equation.terms) == 2 and equation.terms.get(()):
            found |= set(_everywhere(Form({m: c for m, c in equation.terms.items() if m})))
    return frozenset(found)


def _everywhere(form: Form) -> Iterator[Head]:
    """The heads of the factors of a product that stand there at all of their positions."""
    for monomial in form.terms if len(form.terms) == 1 else ():
        for head, labels, _ in monomial:
            anywhere = all(isinstance(label, int) and not is_dummy(label) for label in labels)
            if anywhere and len(set(labels)) == len(labels) and head.kind in ("symbol", "function"):
                yield head
