"""Taking a form apart and putting it together again: one function of symbols, and the derivative."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, instantiate, number
from derive.calculus.axes import Axis
from derive.calculus.form import Factor, Form, Head, Label, Monomial, Number, Raw, delta_factor
from derive.calculus.functions import derivative_of, from_sympy, primitive
from derive.calculus.matrices import bound_head, determinant, extremum, inverse
from derive.calculus.matrix_powers import matrix_power
from derive.calculus.opening import opened
from derive.calculus.powers import power
from derive.language.functions import z

SymbolMap = Callable[[Head, tuple[Label, ...]], Form]


def rebuild(algebra: Algebra, form: Form, replace: SymbolMap) -> Form:
    """The form with every symbol atom replaced by a form, everything above recomputed."""
    return algebra.add(*(_rebuild_monomial(algebra, m, c, replace) for m, c in form.terms.items()))


def _rebuild_monomial(algebra: Algebra, monomial: Monomial, c: Number, replace: SymbolMap) -> Form:
    product = opened(algebra, monomial)
    result = number(c)
    for head, labels, e in product.factors:
        result = algebra.multiply(result, power(algebra, _rebuild_head(algebra, head, labels, replace), e))
    for label, dimension in product.summed.items():
        result = algebra.contract(result, label, dimension)
    return result


def _rebuild_head(algebra: Algebra, head: Head, labels: tuple[Label, ...], replace: SymbolMap) -> Form:
    if head.kind == "symbol":
        return replace(head, labels)
    if head.body is None:
        return atom(head, labels)
    axes = tuple(tuple((algebra.fresh(), d) for d in axis) for axis in head.bound)
    bound = [label for axis in axes for label, _ in axis]
    outer = labels[len(bound) :] if head.has_ends else labels
    body = rebuild(algebra, instantiate(head.body, [*bound, *outer]), replace)
    if head.has_ends:  # these get labels of their own, since both may stand at one: diag(inv(M))
        raised = None if head.exponent is None else rebuild(algebra, head.exponent, replace)
        found = inverse(algebra, body, *axes) if raised is None else matrix_power(algebra, body, raised, *axes)
        return algebra.rename(found, dict(zip(bound, labels, strict=False)))
    return compose(algebra, head, body, axes)


def recomposed(algebra: Algebra, head: Head, labels: tuple[Label, ...], exponent: Number) -> Form:
    """A head at labels of which some are equal, so that its body may simplify."""
    return power(algebra, _rebuild_head(algebra, head, labels, atom), exponent)


def compose(algebra: Algebra, head: Head, body: Form, axes: tuple[Axis, ...]) -> Form:
    """The head's function of another body, ``axes`` bound."""
    if head.kind == "sum":
        return body
    if head.kind in ("function", "step", "zero"):
        return primitive(algebra, head.name, body)
    if head.kind == "determinant":
        return determinant(algebra, body, *axes)
    if head.kind == "max":
        return extremum(algebra, body, *axes)
    return bound_head(head.kind, head.name, body, axes)


def differentiate(algebra: Algebra, form: Form, symbol: str, labels: Sequence[Label]) -> Form:
    """The derivative in the entry ``symbol[labels]``, by the product rule over factors.

    Raises:
        Undecidable: the form contains a maximum, a norm of the spectrum or another head without a rule.
    """
    products: list[Raw] = []
    for monomial, c in form.terms.items():
        products.extend(_product_rule(algebra, monomial, c, symbol, labels))
    return algebra.collect(products)


def _product_rule(algebra: Algebra, monomial: Monomial, c: Number, symbol: str, labels: Sequence[Label]) -> list[Raw]:
    product = opened(algebra, monomial)
    products: list[Raw] = []
    for position, factor in enumerate(product.factors):
        rest = product.factors[:position] + product.factors[position + 1 :]
        for changed, k in _derivative_of_factor(algebra, factor, symbol, tuple(labels)).terms.items():
            products.append((product.closed([*rest, *changed]), k * c))
    return products


def _derivative_of_factor(algebra: Algebra, factor: Factor, symbol: str, labels: tuple[Label, ...]) -> Form:
    head, at, e = factor
    inner = _derivative_of_head(algebra, head, at, symbol, labels, e)
    if inner.is_zero or e == 1 or (head.kind == "function" and head.name == "exp"):
        return inner
    return algebra.scale(algebra.multiply(atom(head, at, e - 1), inner), e)


def _derivative_of_head(
    algebra: Algebra, head: Head, at: tuple[Label, ...], symbol: str, labels: tuple[Label, ...], e: Number
) -> Form:
    if head.kind == "symbol":
        if head.name != symbol:
            return Form({})
        deltas = [delta_factor(i, j, d) for i, j, d in zip(at, labels, head.dims, strict=True)]
        return algebra.collect([(deltas, 1)])
    if head.body is None or not depends(head.body, symbol):
        return Form({})
    if head.kind == "power":
        raise Undecidable("no rule for the derivative of a power of a matrix with a symbolic exponent")
    if head.kind == "inverse":
        return _derivative_of_inverse(algebra, head, at, symbol, labels)
    bound = tuple(algebra.fresh() for _ in range(head.inner))
    body = instantiate(head.body, [*bound, *at])
    inner = differentiate(algebra, body, symbol, labels)
    if head.kind == "sum" or inner.is_zero:
        return inner
    if head.kind == "function":
        if head.name == "exp":  # d exp(b)^e = e exp(b)^e db
            return algebra.scale(algebra.multiply(atom(head, at, e), inner), e)
        return algebra.multiply(from_sympy(algebra, derivative_of(head.name), {z: algebra.rewritten(body)}), inner)
    if head.kind in ("step", "zero"):
        algebra.kinks[body.key()] = body
        return Form({})
    if head.kind == "determinant":
        return _derivative_of_determinant(algebra, head, at, bound, inner)
    raise Undecidable(f"no rule for the derivative of {head.name}")


def _derivative_of_inverse(
    algebra: Algebra, head: Head, at: tuple[Label, ...], symbol: str, labels: tuple[Label, ...]
) -> Form:
    """``dM^-1 = -M^-1 dM M^-1``."""
    assert head.body is not None
    rank = head.inner
    near = tuple(algebra.fresh() for _ in range(rank))
    far = tuple(algebra.fresh() for _ in range(rank))
    rows, columns, others = at[:rank], at[rank : 2 * rank], at[2 * rank :]
    inner = differentiate(algebra, instantiate(head.body, [*near, *far, *others]), symbol, labels)
    result = algebra.multiply(
        algebra.multiply(atom(head, rows + near + others), inner), atom(head, far + columns + others)
    )
    for k in range(rank):
        result = algebra.contract(algebra.contract(result, near[k], head.dims[k]), far[k], head.dims[rank + k])
    return algebra.scale(result, -1)


def _derivative_of_determinant(
    algebra: Algebra, head: Head, at: tuple[Label, ...], bound: tuple[Label, ...], inner: Form
) -> Form:
    """Jacobi: ``d det M = det M tr(M^-1 dM)``."""
    assert head.body is not None
    half = len(bound) // 2
    rows, columns = (
        tuple(zip(b, d, strict=True)) for b, d in zip((bound[:half], bound[half:]), head.bound, strict=True)
    )
    body = algebra.rewritten(instantiate(head.body, [*bound, *at]))
    turned = dict(zip(bound, bound[half:] + bound[:half], strict=True))
    result = algebra.multiply(inner, algebra.rename(inverse(algebra, body, rows, columns), turned))
    for label, dimension in rows + columns:
        result = algebra.contract(result, label, dimension)
    return algebra.multiply(atom(head, at), result)


def depends(form: Form, symbol: str) -> bool:
    """Whether a symbol occurs anywhere in the form."""
    for monomial in form.terms:
        for head, _, _ in monomial:
            if head.kind == "symbol":
                if head.name == symbol:
                    return True
            elif head.body is not None and depends(head.body, symbol):
                return True
    return False
