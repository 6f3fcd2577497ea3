"""Why no instance can satisfy some hypotheses: a contradiction between them and what holds anyway.

Hypotheses that compare are linear inequalities between expressions; so are the facts of ``facts.py``, a rank argument
(``ranks.py``), and what a bound of a whole array says of its entries, sums and norms. That these have no common
solution is decided exactly (``farkas.py``). A contradiction of another kind is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.evidence.hypotheses.facts import ONE, Linear, facts, linear, minus, number, plus, text, times
from derive.evidence.hypotheses.farkas import Row, exclusion
from derive.instances.patterns import bare, constant, euclidean, strip, symbols
from derive.instances.ranks import implied
from derive.instances.sizes import counting
from derive.language.arrays import Eye, Norm, Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Index, IndexSymbol, Multiply, Negative, Number, Size, Sum, Tensor
from derive.obligation import TURNED

Bound = tuple[Fraction, bool, bool, str]
"""A constant that bounds all entries of a symbol, whether from above, whether strictly, and the hypothesis."""

Bounds = dict[str, list[Bound]]


def contradiction(given: Sequence[Relation]) -> str | None:
    """Why no instance can satisfy the hypotheses, where their bounds exclude each other; else None."""
    rows = [row for relation in given for row in _hypothesis(relation)]
    nodes = {text(node): node for relation in given for node in _nodes(relation)}
    rows += [_row(form, strict, why) for node in nodes.values() for form, strict, why in facts(node)]
    bounds = _entrywise(given)
    entries = [node for node in nodes.values() if isinstance(node, Index) and node.ndim == 0]
    rows += [row for node in nodes.values() for row in _of_entries(node, bounds, entries)]
    reasons = exclusion(rows)
    return None if reasons is None else f"no instance: {', '.join(sorted(reasons))} exclude each other"


def _nodes(relation: Relation) -> Iterator[Tensor]:
    for side in (relation.left, relation.right):
        for node in side.walk():
            yield strip(node)


def _row(form: Linear, strict: bool, *reasons: str) -> Row:
    coefficients = {name: coefficient for name, coefficient in form.items() if name != ONE}
    return Row(coefficients, form.get(ONE, Fraction(0)), strict, frozenset(reasons))


def _hypothesis(relation: Relation) -> Iterator[Row]:
    """What a hypothesis states of first entries and of sizes."""
    why = repr(relation)
    sign = TURNED.get(relation.sign, relation.sign)
    small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    gap = minus(linear(small), linear(large))
    if sign in ("<=", "<"):
        if sign == "<" and _between_integers(relation, gap):
            yield _row(plus(gap, number(1)), False, why)
        yield _row(gap, sign == "<", why)
        yield from _squares(small, large, sign == "<", why)
    elif sign == "==":
        yield _row(gap, False, why)
        yield _row(times(gap, Fraction(-1)), False, why)
        yield from _squares(small, large, False, why)
        yield from _squares(large, small, False, why)
    elif sign == "<<":
        yield _row(gap, False, why)
        yield from _loewner(small, large, why)
    for between in implied(relation):
        yield _row(minus(linear(between.left), linear(between.right)), False, why)


WHOLE = (Size, IndexSymbol, Number, Add, Negative, Multiply)
"""Nodes of which whole numbers are made of whole numbers."""


def _between_integers(relation: Relation, gap: Linear) -> bool:
    nodes = [*relation.left.walk(), *relation.right.walk()]
    whole = all(coefficient.denominator == 1 for coefficient in gap.values())
    return counting(relation) and whole and all(isinstance(node, WHOLE) for node in nodes)


def _squares(small: Tensor, large: Tensor, strict: bool, why: str) -> Iterator[Row]:
    """``norm(x) <= c`` bounds ``norm(x)**2`` too, and ``R >= c >= 0`` bounds ``R**2`` below."""
    for side, other, sign in ((small, large, 1), (large, small, -1)):
        value = constant(other)
        if value is None or value < 0 or (euclidean(side) is None and (sign > 0 or bare(side) is None)):
            continue
        square = {f"{text(side)}**2": Fraction(1)}
        yield _row(times(minus(square, number(value**2)), Fraction(sign)), strict, why)


def _loewner(small: Tensor, large: Tensor, why: str) -> Iterator[Row]:
    """``A << B`` orders the eigenvalues; a scalar stands for that multiple of the identity."""
    for kind in ("lambda_min", "lambda_max"):
        yield _row(minus(_eigenvalue(small, kind), _eigenvalue(large, kind)), False, why)
    for side in (small, large):
        order = minus(_eigenvalue(side, "lambda_min"), _eigenvalue(side, "lambda_max"))
        yield _row(order, False, "eigenvalues are ordered")


def _eigenvalue(side: Tensor, kind: str) -> Linear:
    side = strip(side)
    if side.ndim == 0 or constant(side) == 0:
        return linear(side)
    match side:
        case Eye():
            return number(1)
        case Multiply(left=left, right=right) if left.ndim == 0 and isinstance(strip(right), Eye):
            return linear(left)
        case Multiply(left=left, right=right) if right.ndim == 0 and isinstance(strip(left), Eye):
            return linear(right)
    return linear(Spectral(kind, side))


def _entrywise(given: Sequence[Relation]) -> Bounds:
    """Constant bounds of all entries of a symbol."""
    found: Bounds = {}
    for relation in given:
        if relation.sign in ("==", "<=", ">=", "<", ">"):
            for side, other, larger in ((relation.left, relation.right, True), (relation.right, relation.left, False)):
                symbol, value = strip(side), constant(other)
                if isinstance(symbol, Symbol) and value is not None:
                    above = (relation.sign in ("<=", "<")) is larger
                    for upper in (True, False) if relation.sign == "==" else (above,):
                        bound = (value, upper, relation.sign in ("<", ">"), repr(relation))
                        found.setdefault(symbol.name, []).append(bound)
    for relation in given:
        for name, symbol in symbols(relation.left, relation.right).items():
            if symbol.properties & {"positive", "nonnegative"}:
                strict = "positive" in symbol.properties
                sign = f"{name} is {'positive' if strict else 'nonnegative'}"
                found.setdefault(name, []).append((Fraction(0), False, strict, sign))
    return found


def _of_entries(node: Tensor, bounds: Bounds, entries: Sequence[Index]) -> Iterator[Row]:
    """What bounds of all entries say of one entry, and of sums and norms of a symbol."""
    it = linear(node)
    match node:
        case Index(operand=operand) if isinstance(symbol := strip(operand), Symbol):
            for value, upper, strict, why in bounds.get(symbol.name, []):
                yield _row(times(minus(it, number(value)), Fraction(1 if upper else -1)), strict, why)
        case Sum(operand=operand, axes=axes) if len(axes) == operand.ndim:
            symbol = strip(operand)
            if isinstance(symbol, Symbol):
                yield from _sum(symbol, it, bounds.get(symbol.name, []), entries)
        case Norm(operand=operand, order=order):
            symbol = strip(operand)
            for value, upper, strict, why in bounds.get(symbol.name, []) if isinstance(symbol, Symbol) else ():
                if order == "1" and not upper and value >= 0:
                    yield _row(minus(times(linear(Size(symbol.shape[0])), value), it), strict, why)
            for entry in entries:
                for sign in (1, -1) if strip(entry.operand) is symbol else ():
                    yield _row(minus(times(linear(entry), Fraction(sign)), it), False, f"{node!r} bounds {entry!r}")


def _sum(symbol: Symbol, it: Linear, bounds: Sequence[Bound], entries: Sequence[Index]) -> Iterator[Row]:
    """``c <= x`` makes ``c*n <= sum(x)``; where no entry is negative, the sum is a norm and bounds each entry."""
    for value, upper, strict, why in bounds:
        if symbol.ndim == 1:
            total = times(linear(Size(symbol.shape[0])), value)
            yield _row(times(minus(it, total), Fraction(1 if upper else -1)), strict, why)
        if not upper and value >= 0:
            yield _row(minus(linear(symbol), it), False, why)
            for entry in entries:
                if strip(entry.operand) is symbol:
                    yield _row(minus(linear(entry), it), False, why)
            for order in ("1", "2", "inf") if symbol.ndim == 1 else ():
                yield _row(minus(linear(Norm(symbol, order)), it), False, why)
            yield _row(minus(it, linear(Norm(symbol, "1"))), False, why)
