"""Rewriting of products: powers of sums expanded, normalisers and inverses cancelled, hypotheses applied.

A negative power of a sum ``D = m + rest`` beside its leading monomial ``m`` is rewritten by ``m / D = 1 - rest / D``.
So a normaliser cancels against the sum that it normalises, and a rational function of exponentials becomes a
polynomial in 1/D. Partial fractions do the same for negative powers of that monomial. An inverse beside the leading
monomial of its matrix is rewritten likewise by ``M^-1 M = I``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.calculus.adjacent import cancel_inverse, joined_power
from derive.calculus.form import (
    Factor,
    Head,
    Label,
    Monomial,
    Number,
    Raw,
    delta_factor,
    dummies,
    is_dummy,
    label_dimensions,
    quotient,
    rename,
    size_factor,
)
from derive.calculus.matching import match
from derive.calculus.replacement import Step, consumed, holes, leading, placed, ports
from derive.language.dimensions import Dimension


@dataclass(frozen=True)
class Rule:
    """``pattern -> replacement``: labels ``!k`` are ports, ``?k`` are dummies of the pattern."""

    pattern: tuple[Factor, ...]
    replacement: tuple[tuple[Monomial, Number], ...]


def rewrite(factors: list[Factor], rules: Sequence[Rule]) -> list[Raw] | None:
    """One step of rewriting, or None where no rule applies."""
    step = _step(factors, rules)
    if step is None:
        return None
    sizes: dict[Label, Dimension] = {
        label: d for label, d in label_dimensions(factors) if is_dummy(label) and label not in step.summed
    }
    return [(new + lost_sizes(sizes, new), c) for new, c in step.results]


def lost_sizes(sizes: Mapping[Label, Dimension], factors: Sequence[Factor]) -> list[Factor]:
    """A summed index on which nothing depends any more is a factor: the size of its axis."""
    left = {label for _, labels, _ in factors for label in labels}
    return [size_factor(d) for label, d in sizes.items() if label not in left]


def _step(factors: list[Factor], rules: Sequence[Rule]) -> Step | None:
    for position, (head, _, exponent) in enumerate(factors):
        found: Step | None = None
        if head.kind == "sum":
            found = (
                _expand(factors, position) if exponent >= 1 else _cancel(factors, position) if exponent < 0 else None
            )
        elif head.kind == "inverse":
            found = cancel_inverse(factors, position)
        elif head.kind == "power":
            found = joined_power(factors, position)
        elif head.kind == "step" and exponent >= 2:
            found = _square_of_step(factors, position)
        elif head.kind == "zero":
            found = _at_zero(factors, position)
        elif head.name == "sin" and head.kind == "function" and exponent >= 2:
            found = _pythagoras(factors, position)
        if found is not None:
            return found
    for rule in rules:
        for binding, rest in match(rule.pattern, factors):
            results = [(rest + placed(monomial, binding, rest), c) for monomial, c in rule.replacement]
            return Step(results, consumed(binding))
    return None


def _expand(factors: list[Factor], position: int) -> Step:
    head, labels, exponent = factors[position]
    assert head.body is not None
    rest = factors[:position] + factors[position + 1 :]
    if exponent != 1:
        rest.append((head, labels, exponent - 1))
    return Step([(rest + placed(m, ports(labels), rest), c) for m, c in head.body.terms.items()])


def _cancel(factors: list[Factor], position: int) -> Step | None:
    head, labels, exponent = factors[position]
    assert head.body is not None
    lead, c = leading(head)
    others = factors[:position] + factors[position + 1 :]
    for binding, rest in match(holes(lead, ports(labels)), others):
        powered = [*rest, (head, labels, exponent + 1)] if exponent != -1 else rest
        kept = [*rest, (head, labels, exponent)]
        result: list[Raw] = [(powered, quotient(1, c))]
        for monomial, k in head.body.terms.items():
            if monomial != lead:
                result.append((kept + placed(monomial, ports(labels), kept), quotient(-k, c)))
        return Step(result, consumed(binding))
    return _part(factors, position)


def _square_of_step(factors: list[Factor], position: int) -> Step:
    """``step**2 = step - zero/4``."""
    head, labels, exponent = factors[position]
    rest = factors[:position] + factors[position + 1 :]
    zero = Head("zero", "zero", head.dims, head.body, symmetries=head.symmetries)
    lower: list[Factor] = [(head, labels, exponent - 2)] if exponent > 2 else []
    once: Factor = (head, labels, exponent - 1)
    return Step([([*rest, once], 1), ([*rest, *lower, (zero, labels, 1)], Fraction(-1, 4))])


def _at_zero(factors: list[Factor], position: int) -> Step | None:
    """``zero(t) step(t) = zero(t)/2``, and ``zero(t) m = -zero(t) rest`` for ``t = m + rest``."""
    head, labels, _ = factors[position]
    others = factors[:position] + factors[position + 1 :]
    for place, (other, at, exponent) in enumerate(others):
        if other.kind == "step" and at == labels and _same_body(other, head):
            rest = others[:place] + others[place + 1 :]
            return Step([([*rest, factors[position]], Fraction(1, 2) ** int(exponent))])
    lead, c = leading(head)
    assert head.body is not None
    for binding, rest in match(holes(lead, ports(labels)), others):
        kept = [*rest, factors[position]]
        tail = [
            (kept + placed(m, ports(labels), kept), quotient(-k, c)) for m, k in head.body.terms.items() if m != lead
        ]
        return Step(tail, consumed(binding))
    return None


def _same_body(left: Head, right: Head) -> bool:
    return left.body is not None and right.body is not None and left.body.key() == right.body.key()


def _part(factors: list[Factor], position: int) -> Step | None:
    """Partial fractions: ``a**-k / D`` with ``D = c a**d + m``, as ``(a**-k - c a**(d-k) / D) / m``."""
    head, labels, exponent = factors[position]
    assert head.body is not None
    lead, c = leading(head)
    others = [item for item in head.body.terms.items() if item[0] != lead]
    if len(others) != 1 or len(lead) != 1 or dummies([*lead, *others[0][0]]):
        return None
    ((base, at, raised_by),) = rename(lead, ports(labels))
    other, m = rename(others[0][0], ports(labels)), others[0][1]
    place = next((k for k, f in enumerate(factors) if f[:2] == (base, at) and f[2] < 0), None)
    if place is None or not base.positive or not all(f[0].positive and f[:2] != (base, at) for f in other):
        return None
    rest = [f for k, f in enumerate(factors) if k not in (place, position)]
    rest += [(h, i, -e) for h, i, e in other]
    first = [*rest, factors[place], *([(head, labels, exponent + 1)] if exponent != -1 else [])]
    raised = factors[place][2] + raised_by
    second = [*rest, factors[position], *([(base, at, raised)] if raised else [])]
    return Step([(first, quotient(1, m)), (second, quotient(-c, m))])


def _pythagoras(factors: list[Factor], position: int) -> Step:
    head, labels, exponent = factors[position]
    rest = factors[:position] + factors[position + 1 :]
    if exponent != 2:
        rest.append((head, labels, exponent - 2))
    plain_symmetries = tuple((p, 1) for p, _ in head.symmetries)
    cosine = Head("function", "cos", head.dims, head.body, symmetries=plain_symmetries)
    return Step([(rest, 1), ([*rest, (cosine, labels, 2)], -1)])


def orthogonality(head: Head) -> Iterator[Rule]:
    """``Q Q^T = I`` and ``Q^T Q = I`` of an orthogonal symbol."""
    for pattern in ((("!0", "?1"), ("!1", "?1")), (("?1", "!0"), ("?1", "!1"))):
        identity = (delta_factor("!0", "!1", head.dims[0]),)
        yield Rule(tuple((head, labels, 1) for labels in pattern), ((identity, 1),))
