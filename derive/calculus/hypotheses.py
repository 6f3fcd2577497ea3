"""The hypotheses and properties of a claim as facts that the normal form can use: rules, values, symmetries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isqrt

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom
from derive.calculus.axes import align
from derive.calculus.cancellation import cancelled
from derive.calculus.form import (
    SKEW,
    SWAP,
    Form,
    Head,
    Label,
    degree,
    dummies,
    is_dummy,
    monomial_order,
    quotient,
    rename,
)
from derive.calculus.impose import Facts, impose
from derive.calculus.injective import Injective, injective, never_zero
from derive.calculus.lower import Lowering, own_indices
from derive.calculus.matching import is_hole
from derive.calculus.matrices import determinant, inverse
from derive.calculus.matrix_powers import multiplied
from derive.calculus.powers import power
from derive.calculus.regular import off_jumps
from derive.calculus.rules import Rule, orthogonality
from derive.calculus.separation import TwoValued
from derive.calculus.structure import depends
from derive.language.relations import Relation, restricted
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Negative, Tensor, Transpose


def facts_from(lowering: Lowering, given: Sequence[Relation], stated: Sequence[Tensor]) -> Facts:
    """The equalities and properties that the normal form can use; the others bind only instances."""
    facts = Facts()
    sides = [*stated, *(side for relation in given for side in (relation.left, relation.right))]
    symbols = {node.name: node for side in sides for node in side.walk() if isinstance(node, Symbol)}
    fixed = [*(index for side in stated for index in own_indices(side)), *restricted(given).values()]
    own = {label for index in fixed for label, _ in lowering.index_axis(index)}
    for name, symbol in symbols.items():
        if symbol.symmetric:
            facts.symmetric[name] = SWAP
        if "skew" in symbol.properties:
            facts.symmetric[name] = SKEW
    equations: list[Form] = []
    for relation in given:
        if relation.sign == "!=":
            _distinct(lowering, facts, relation)
        elif relation.sign == "==":
            equations.extend(_equation(lowering, facts, relation))
    equations.extend(off_jumps(lowering, given, stated))
    general = [_for_all_indices(lowering.algebra, equation, own) for equation in equations]
    general += list(multiplied(lowering.algebra, general, [lowering.lower(side).form for side in stated]))
    known = injective(lowering, given, symbols) if general else ()
    matrices = [replace(matrix, head=facts.head(matrix.head)) for matrix in known]
    nonzero = frozenset(facts.head(head) for head in never_zero(lowering, given, general))
    for equation in general:  # at points where all that is known by now holds
        _add_rule(lowering.algebra, facts, equation, matrices, nonzero)
    for symbol in symbols.values():
        if "orthogonal" in symbol.properties:
            _orthogonal(lowering, facts, symbol)
    return facts


def _distinct(lowering: Lowering, facts: Facts, relation: Relation) -> None:
    if isinstance(relation.left, IndexSymbol) and isinstance(relation.right, IndexSymbol):
        left = lowering.fixed(relation.left.name, relation.left.dimension)
        right = lowering.fixed(relation.right.name, relation.right.dimension)
        if len(left) == len(right) == 1:
            facts.distinct.add(frozenset((left[0], right[0])))


def _orthogonal(lowering: Lowering, facts: Facts, symbol: Symbol) -> None:
    array = lowering.symbol(symbol)
    if all(len(axis) == 1 for axis in array.axes):
        ((found, labels, _),) = next(iter(array.form.terms))
        head = facts.head(found)
        form = atom(head, labels)
        facts.rules.extend(orthogonality(head))
        algebra = lowering.algebra
        ((inverted, _, _),) = next(iter(inverse(algebra, form, *array.axes).terms))
        facts.rules.append(Rule(((inverted, ("!0", "!1"), 1),), ((((head, ("!1", "!0"), 1),), 1),)))
        ((det, _, _),) = next(iter(determinant(algebra, form, *array.axes).terms))
        facts.rules.append(Rule(((det, (), 2),), (((), 1),)))
        facts.rules.append(Rule(((det, (), -1),), ((((det, (), 1),), 1),)))


def _equation(lowering: Lowering, facts: Facts, relation: Relation) -> Iterator[Form]:
    """The equality as a form that is zero, where it is not the symmetry or the value of a symbol, which are noted."""
    for left, right in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(left, Symbol) and isinstance(right, Transpose) and right.operand is left:
            facts.symmetric[left.name] = SWAP
            return
        turned = right.operand if isinstance(right, Negative) else None
        if isinstance(left, Symbol) and isinstance(turned, Transpose) and turned.operand is left:
            facts.symmetric[left.name] = SKEW
            return
    try:
        forms, axes = align(lowering.algebra, [lowering.lower(relation.left), lowering.lower(relation.right)])
    except Undecidable:
        return
    for side, other in ((relation.left, forms[1]), (relation.right, forms[0])):
        fits = isinstance(side, Symbol) and len(side.shape) == len(axes)
        if isinstance(side, Symbol) and fits and not depends(other, side.name) and not _used(facts, side.name, other):
            facts.values[side.name] = (other, [label for axis in axes for label, _ in axis])
            return
    equation = lowering.algebra.subtract(*_without_root(lowering.algebra, forms))
    if not _isolated(lowering.algebra, facts, equation):
        yield equation


def _isolated(algebra: Algebra, facts: Facts, equation: Form) -> bool:
    """Note the value of a scalar symbol on which one term of the equation depends, and which is all of this term."""
    for monomial, c in equation.ordered():
        if len(monomial) != 1 or monomial[0][0].kind != "symbol" or monomial[0][1] or monomial[0][2] != 1:
            continue
        name = monomial[0][0].name
        rest = Form({m: k for m, k in equation.terms.items() if m != monomial})
        if rest.labels() or depends(rest, name) or _used(facts, name, rest):
            continue
        facts.values[name] = (algebra.scale(rest, quotient(-1, c)), [])
        return True
    return False


def _add_rule(
    algebra: Algebra, facts: Facts, equation: Form, matrices: Sequence[Injective], nonzero: frozenset[Head]
) -> None:
    try:
        rule = oriented(cancelled(algebra, impose(algebra, equation, facts), matrices, nonzero))
    except Undecidable:
        return
    if rule is not None:
        facts.rules.append(rule)
        facts.rules.extend(_square_orthogonality(rule))
        facts.two_valued.extend(two_valued(rule))


def _for_all_indices(algebra: Algebra, equation: Form, own: set[Label]) -> Form:
    """An equation with the author's indices that are no ``own`` ones, and stand for all positions, as free labels."""
    names: dict[Label, Label] = {
        label: algebra.fresh()
        for label in equation.labels()
        if isinstance(label, str) and label.startswith("@") and label not in own
    }
    return algebra.rename(equation, names) if names else equation


def _square_orthogonality(rule: Rule) -> Iterator[Rule]:
    """``A A^T = I`` of a square matrix from ``A^T A = I``, and the other way round."""
    if len(rule.pattern) != 2 or len(rule.replacement) != 1 or rule.pattern[0][0] != rule.pattern[1][0]:
        return
    (monomial, c), head = rule.replacement[0], rule.pattern[0][0]
    is_identity = c == 1 and len(monomial) == 1 and monomial[0][0].kind == "delta"
    ends = zip(rule.pattern[0][1], rule.pattern[1][1], strict=True)
    summed = [is_hole(one) and one == other for one, other in ends]  # A A = I says nothing of the transpose
    if (
        is_identity
        and sum(summed) == 1
        and head.kind == "symbol"
        and len(head.dims) == 2
        and head.dims[0] == head.dims[1]
    ):
        yield from orthogonality(head)


def _without_root(algebra: Algebra, forms: list[Form]) -> list[Form]:
    """``sqrt(s) = t`` as ``s = t**2``, which follows from it; likewise other roots."""
    for form in forms:
        if len(form.terms) == 1:
            ((monomial, _),) = form.terms.items()
            if len(monomial) == 1 and monomial[0][0].kind == "sum" and Fraction(monomial[0][2]).numerator == 1:
                root = Fraction(monomial[0][2]).denominator
                return [power(algebra, side, root) for side in forms]
    return forms


def two_valued(rule: Rule) -> Iterator[TwoValued]:
    """The entries t that satisfy ``t**2 = p t + q``, and the two rational roots."""
    if len(rule.pattern) != 1:
        return
    head, labels, exponent = rule.pattern[0]
    if head.kind != "symbol" or exponent != 2 or len(set(labels)) != len(labels) or any(map(is_hole, labels)):
        return  # a sum of squares fixes no entry
    p = q = Fraction(0)
    for monomial, c in rule.replacement:
        if not monomial:
            q = Fraction(c)
        elif monomial == ((head, labels, 1),):
            p = Fraction(c)
        else:
            return
    root = p * p / 4 + q
    if root <= 0 or any(isqrt(part) ** 2 != part for part in (root.numerator, root.denominator)):
        return
    spread = Fraction(isqrt(root.numerator), isqrt(root.denominator))
    yield TwoValued(head.name, labels, p / 2 - spread, p / 2 + spread)


def _used(facts: Facts, name: str, form: Form) -> bool:
    """Whether giving a symbol this value would go round in a circle."""
    return any(depends(value, name) or depends(form, known) for known, (value, _) in facts.values.items())


def oriented(form: Form) -> Rule | None:
    """``lead -> -rest / c`` for an equation ``c lead + rest = 0``; None where the rest has other labels."""
    if form.is_zero or form.constant is not None:
        return None
    lead, c = max(
        form.terms.items(), key=lambda item: (len(dummies(item[0])), degree(item[0]), monomial_order(item[0]))
    )
    own = {label for _, labels, _ in lead for label in labels}
    rest = [(m, k) for m, k in form.terms.items() if m != lead]
    free = {label for m, _ in rest for _, labels, _ in m for label in labels if isinstance(label, int) and label >= 0}
    if not free <= own or any(f[0].kind == "delta" for f in lead):
        return None
    ports: dict[Label, Label] = {
        label: f"!{k}"
        for k, label in enumerate(sorted(own, key=str))
        if not is_dummy(label) and not isinstance(label, str)
    }
    holes: dict[Label, Label] = {label: f"?{k}" for k, label in enumerate(dummies(lead))}
    pattern = tuple(rename(lead, {**ports, **holes}))
    return Rule(pattern, tuple((tuple(rename(m, ports)), quotient(-k, c)) for m, k in rest))
