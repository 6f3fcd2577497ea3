"""Sums and products of forms: every monomial is rewritten by the rules and labelled canonically as it is collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

from derive.calculus.atoms import apart
from derive.calculus.canonical import canonical
from derive.calculus.deltas import Distinct, without_deltas
from derive.calculus.form import (
    PORTS,
    Factor,
    Form,
    Head,
    Label,
    Number,
    Raw,
    Terms,
    dummies,
    fresh_dummies,
    is_dummy,
    quotient,
    rename,
    size,
    tidy,
)
from derive.calculus.rules import Rule, lost_sizes, rewrite
from derive.language.dimensions import Dimension

SHORT = 3
"""The largest number of entries along an axis that is written out."""


def is_short(dimension: Dimension) -> bool:
    """Whether the dimension is a number, and small enough to write out what is summed over it."""
    return dimension.value is not None and 1 < dimension.value <= SHORT


class Undecidable(Exception):
    """The normal form cannot say; the message is the reason."""


@dataclass
class Algebra:
    """The arithmetic of forms under the rewriting ``rules`` of one claim.

    ``distinct`` holds pairs of fixed labels that a hypothesis says are different. ``budget`` bounds the number of
    monomials that one expansion may visit. ``formal`` allows powers ``exp(n log t)`` of any sign, all exponents being
    integers. ``kinks`` records the arguments at whose zeros a derivative was taken piecewise. ``labels`` are the free
    labels that nothing uses yet; an algebra that works on the forms of another takes them from the same place.
    ``explicit`` writes out sums over short axes.
    """

    rules: list[Rule] = field(default_factory=list)
    distinct: Distinct = frozenset()
    budget: int = 60_000
    kinks: dict[str, Form] = field(default_factory=dict)
    spent: int = 0
    labels: Iterator[int] = field(default_factory=lambda: count(PORTS))
    formal: bool = False
    explicit: bool = False

    def fresh(self) -> int:
        """A free label that nothing uses yet."""
        return next(self.labels)

    def collect(self, products: Iterable[Raw]) -> Form:
        """The sum of raw products as a form.

        Raises:
            Undecidable: the expansion outgrows the budget.
        """
        total: Terms = {}
        stack = list(products)
        while stack:
            factors, coefficient = stack.pop()
            self.spent += 1
            if self.spent > self.budget:
                raise Undecidable(f"the expansion has more than {self.budget} terms")
            reduced = without_deltas(factors, self.distinct)
            if reduced is None:
                continue
            factors, coefficient = _merged(reduced, coefficient)
            rewritten = self._recomposed(factors)
            if rewritten is None:
                rewritten = rewrite(factors, self.rules)
            if rewritten is not None:
                stack.extend((new, tidy(coefficient * c)) for new, c in rewritten)
                continue
            monomial, sign = canonical(factors)
            if sign:
                value = tidy(total.get(monomial, 0) + sign * coefficient)
                if value:
                    total[monomial] = value
                else:
                    total.pop(monomial, None)
        return Form(total)

    def rewritten(self, form: Form) -> Form:
        """A form whose monomials the rules have not seen yet, such as the body of a head at new labels."""
        return self.collect((list(monomial), c) for monomial, c in form.terms.items())

    def add(self, *forms: Form) -> Form:
        total: Terms = {}
        for form in forms:
            for monomial, c in form.terms.items():
                value = tidy(total.get(monomial, 0) + c)
                if value:
                    total[monomial] = value
                else:
                    total.pop(monomial, None)
        return Form(total)

    def scale(self, form: Form, factor: Number) -> Form:
        return Form({m: tidy(c * factor) for m, c in form.terms.items()} if factor else {})

    def subtract(self, left: Form, right: Form) -> Form:
        return self.add(left, self.scale(right, -1))

    def divided(self, form: Form, factors: Iterable[Factor], number: Number = 1) -> Form:
        """The form divided by a product of factors and a number."""
        divisors = [(head, labels, -e) for head, labels, e in factors]
        return self.collect(([*m, *divisors], quotient(c, number)) for m, c in form.terms.items())

    def multiply(self, left: Form, right: Form) -> Form:
        """The product; equal free labels stand beside one another, nothing is summed."""
        if (c := left.constant) is not None:
            return self.scale(right, c)
        if (c := right.constant) is not None:
            return self.scale(left, c)
        return self.collect(
            (list(a) + apart(b, a), tidy(ca * cb)) for a, ca in left.terms.items() for b, cb in right.terms.items()
        )

    def contract(self, form: Form, label: Label, dimension: Dimension) -> Form:
        """The sum over all values of ``label``."""
        if self.explicit and is_short(dimension):
            return self.add(*(self.rename(form, {label: f"#{k}"}) for k in range(dimension.value or 0)))
        products: list[Raw] = []
        for monomial, c in form.terms.items():
            if any(label in labels for _, labels, _ in monomial):
                products.append((rename(monomial, fresh_dummies([label], dummies(monomial))), c))
            else:
                products.extend((list(monomial) + list(m), tidy(c * k)) for m, k in size(dimension).terms.items())
        return self.collect(products)

    def rename(self, form: Form, names: Mapping[Label, Label]) -> Form:
        """The form with free labels replaced, all at once."""
        return self.collect((rename(monomial, names), c) for monomial, c in form.terms.items())

    def _recomposed(self, factors: list[Factor]) -> list[Raw] | None:
        """A head with a label at two ports, as the function of its body there; None where there is none."""
        from derive.calculus.structure import recomposed  # which is made of the products collected here

        place = next((k for k, (head, labels, _) in enumerate(factors) if _meets(head, labels)), None)
        if place is None:
            return None
        head, labels, exponent = factors[place]
        opened: dict[Label, Label] = {label: self.fresh() for label in dict.fromkeys(labels)}
        back: dict[Label, Label] = {new: label for label, new in opened.items()}
        sizes: dict[Label, Dimension] = {x: d for x, d in zip(labels, head.dims, strict=True) if is_dummy(x)}
        rest = factors[:place] + factors[place + 1 :]
        products: list[Raw] = []
        for monomial, c in recomposed(self, head, tuple(opened[label] for label in labels), exponent).terms.items():
            raw = rest + rename(apart(monomial, factors), back)
            products.append((raw + lost_sizes(sizes, raw), c))
        return products


def _meets(head: Head, labels: tuple[Label, ...]) -> bool:
    return head.body is not None and not head.has_ends and len(set(labels)) < len(labels)


def _merged(factors: list[Factor], coefficient: Number) -> Raw:
    """Equal atoms joined, their exponents added; powers of idempotent heads and of rational primes reduced."""
    joined: dict[tuple[Head, tuple[Label, ...]], Number] = {}
    for head, labels, e in factors:
        if len(head.symmetries) > 1 and (head, labels) not in joined:
            for permutation, sign in head.symmetries:
                turned = tuple(labels[k] for k in permutation)
                if (head, turned) in joined and (sign == 1 or e.denominator == 1):
                    labels, coefficient = turned, coefficient * sign ** (e.numerator % 2)
                    break
        joined[head, labels] = tidy(joined.get((head, labels), 0) + e)
    result: list[Factor] = []
    lost: dict[Label, Dimension] = {}
    for (head, labels), e in joined.items():
        if head.kind in ("delta", "zero") and e > 0:
            e = 1
        elif head.kind == "prime" and not 0 <= e < 1:
            whole = e.numerator // e.denominator
            coefficient = tidy(coefficient * Fraction(int(head.name)) ** whole)
            e = tidy(e - whole)
        if e:
            result.append((head, labels, e))
        else:
            lost.update((label, d) for label, d in zip(labels, head.dims, strict=True) if is_dummy(label))
    return result + lost_sizes(lost, result), coefficient
