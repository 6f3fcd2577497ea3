"""Linear combinations of matrices: equal terms collected, Gram forms, blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from derive.bounds.bound import NORMS, SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import same
from derive.bounds.rules.softmax import unnamed
from derive.bounds.value import smallest
from derive.language.arrays import Kron, Literal, Outer
from derive.language.plain import identity
from derive.language.tensor import Add, Divide, Multiply, Negative, Number, Tensor, Transpose

Terms = list[tuple[Fraction, Tensor]]
"""A linear combination with numbers as coefficients."""


def terms(node: Tensor, inside: Callable[[Tensor], Tensor] = unnamed) -> Terms:
    """The linear combination that ``node`` is, multiples by numbers written out, and sums in definitions unless
    ``inside`` leaves names as they are."""
    match inside(node):
        case Add(left=left, right=right) if left.shape == right.shape:
            return terms(left, inside) + terms(right, inside)
        case Negative(operand=operand):
            return _scaled(Fraction(-1), terms(operand, inside))
        case Multiply(left=Number(value=c), right=array) | Multiply(left=array, right=Number(value=c)):
            return _scaled(c, terms(array, inside))
        case Divide(left=array, right=Number(value=c)):
            return _scaled(1 / c, terms(array, inside))
    return [(Fraction(1), node)]


def _scaled(factor: Fraction, found: Terms) -> Terms:
    return [(factor * c, term) for c, term in found]


def combination(found: Terms) -> Tensor:
    """The sum of the terms, of which there is at least one."""
    signed: dict[Fraction, Callable[[Tensor], Tensor]] = {Fraction(1): lambda term: term, Fraction(-1): Negative.of}
    total, *rest = [signed[c](term) if c in signed else Multiply.of(Number(c), term) for c, term in found]
    for term in rest:
        total = Add.of(total, term)
    return total


def collected(node: Add) -> Terms | None:
    """The terms, those that are equal as far as their text tells added; None where all differ."""
    found = terms(node)
    sums: dict[str, tuple[Fraction, Tensor]] = {}
    for c, term in found:
        key = identity(unnamed(term))
        sums[key] = (c + sums[key][0], sums[key][1]) if key in sums else (c, term)
    return None if len(sums) == len(found) else [(c, term) for c, term in sums.values() if c]


def _collected(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """Equal terms are added first."""
    found = collected(node) if node.ndim == 2 else None
    if found:
        yield same, ((measure, combination(found)),)
    elif found is not None:
        yield (lambda: p.number(0)), ()


def _gram(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``sum q_ij a_i a_j^T`` is positive semidefinite where q is."""
    found = [(c, unnamed(term)) for c, term in terms(node)]
    vectors: dict[str, int] = {}
    entries: dict[tuple[int, int], Fraction] = {}
    for c, term in found:
        if not isinstance(term, Outer):
            return
        i, j = (vectors.setdefault(identity(unnamed(side)), len(vectors)) for side in (term.left, term.right))
        entries[i, j] = entries.get((i, j), Fraction(0)) + c
    sign = 1 if measure == "lambda_min" else -1
    size = range(len(vectors))
    q = [[sign * entries.get((i, j), Fraction(0)) for j in size] for i in size]
    if _is_psd(q):
        yield (lambda: p.number(0)), ()


def _is_psd(q: Sequence[Sequence[Fraction]]) -> bool:
    """Is the matrix symmetric and positive semidefinite? By symmetric elimination, exactly."""
    rest = [list(row) for row in q]
    if any(rest[i][j] != rest[j][i] for i in range(len(rest)) for j in range(i)):
        return False
    while rest:
        pivot, row = rest[0][0], rest[0][1:]
        if pivot < 0 or (pivot == 0 and any(row)):
            return False
        rest = [
            [entry - (row[i] * row[j] / pivot if pivot else 0) for j, entry in enumerate(below[1:])]
            for i, below in enumerate(rest[1:])
        ]
    return True


def _blocks(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``[[P, S], [S^T, Q]] >= min(lambda(P), lambda(Q)) - ||S||``, blocks placed by Kronecker products."""
    del p
    found: dict[tuple[int, int], Tensor] = {}
    for c, term in terms(node):
        place = _place(unnamed(term))
        if c != 1 or place is None or place[0] in found:
            return
        found[place[0]] = place[1]
    if measure != "lambda_min" or found.keys() != {(0, 0), (0, 1), (1, 0), (1, 1)}:
        return
    if identity(found[1, 0]) == identity(Transpose.of(found[0, 1], (1, 0))):
        wanted = ((measure, found[0, 0]), (measure, found[1, 1]), ("op", found[0, 1]))
        yield (lambda s, t, off: smallest(s, t) - off), wanted


def _place(term: Tensor) -> tuple[tuple[int, int], Tensor] | None:
    """Row, column and block where the term is ``kron(E, M)`` with a 2 x 2 unit matrix E."""
    unit = unnamed(term.left) if isinstance(term, Kron) else None
    if not isinstance(term, Kron) or not isinstance(unit, Literal) or [str(size) for size in unit.shape] != ["2", "2"]:
        return None
    ones = [k for k, entry in enumerate(unit.entries) if entry]
    if len(ones) != 1 or unit.entries[ones[0]] != 1:
        return None
    return divmod(ones[0], 2), term.right


RULES = (
    Rule("equal terms collected", SPECTRA | NORMS, Add, _collected, "the same matrix"),
    Rule("Gram form", SPECTRA, Add, _gram, "v^T (sum q_ij a_i a_j^T) v = z^T q z with z_i = <a_i, v>"),
    Rule(
        "two by two blocks", SPECTRA, Add, _blocks, "Weyl's inequality; the off-diagonal part has the norm of its block"
    ),
)
