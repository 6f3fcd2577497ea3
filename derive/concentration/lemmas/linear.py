"""Tails of linear forms in independent entries: Gaussian ones, signs, and numbers from intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.bounds.bound import Premise, Scheme
from derive.bounds.value import Value
from derive.concentration.affine import Affine, Share, told
from derive.concentration.events import Excess
from derive.concentration.lemma import Lemma, exponential, number
from derive.concentration.setting import Setting
from derive.language.tensor import Add, Divide, Multiply, Negative, Number, Power, Tensor

Tail = Callable[[Value, Value, bool], Value]


def gaussian_tail(deviation: Value, variance: Value, two_sided: bool) -> Value:
    """``Pr[g > t] <= exp(-t^2/(2 v))/2`` of g ~ N(0, v) and t >= 0, and twice that of its absolute value."""
    tail = exponential(-(deviation * deviation) / (variance + variance))
    return tail if two_sided else tail / number(2, tail)


def sub_gaussian_tail(deviation: Value, proxy: Value, two_sided: bool) -> Value:
    """``Pr[S > t] <= exp(-t^2/(2 v))`` of a centred S with ``E exp(s S) <= exp(s^2 v/2)``, t >= 0; twice that of
    its absolute value."""
    tail = exponential(-(deviation * deviation) / (proxy + proxy))
    return tail + tail if two_sided else tail


def _gaussian(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    form = setting.affine(excess.realised)
    if form is not None and all(share.symbol.kind == "gaussian" for share in form.shares):
        yield from _schemes(excess, threshold, setting, form, gaussian_tail)


def _bounded(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    form = setting.affine(excess.realised)
    if form is not None and all(share.symbol.kind in PROXIES for share in form.shares):
        yield from _schemes(excess, threshold, setting, form, sub_gaussian_tail)


def _schemes(excess: Excess, threshold: Value, setting: Setting, form: Affine, tail: Tail) -> Iterator[Scheme]:
    """The tail beyond what the threshold is away from the mean, which has to be no less than zero."""
    centre, proxy = told(_mean(form)), told(_proxy(form))
    if centre is None or proxy is None:
        return

    def bound(spread: Value, *largest: Value) -> Value | None:
        deviation = threshold - largest[0] if largest else threshold
        if spread.is_zero or not setting.reached(deviation, excess.strict):
            return None
        return tail(deviation, spread, excess.two_sided)

    premises: list[Premise] = [("upper", proxy)]
    if not is_zero(centre):
        premises.append(("inf" if excess.two_sided else "upper", centre))
    yield bound, tuple(premises)


def _mean(form: Affine) -> Tensor:
    total = form.constant
    for share in form.shares:
        total = Add.of(total, Multiply.of(share.total, MEANS[share.symbol.kind](share)))
    return total


def _proxy(form: Affine) -> Tensor:
    total: Tensor = Number(Fraction(0))
    for share in form.shares:
        total = Add.of(total, Multiply.of(share.square, PROXIES[share.symbol.kind](share)))
    return total


def is_zero(node: Tensor) -> bool:
    return isinstance(node, Number) and node.value == 0


def _width(share: Share) -> Tensor:
    low, high = share.symbol.parameters
    return Add.of(high, Negative.of(low))


def _number(value: Fraction) -> Callable[[Share], Tensor]:
    return lambda share: Number(value)


PROXIES: dict[str, Callable[[Share], Tensor]] = {
    "gaussian": _number(Fraction(1)),
    "rademacher": _number(Fraction(1)),
    "bernoulli": _number(Fraction(1, 4)),
    "uniform": lambda share: Divide.of(Power.of(_width(share), Number(Fraction(2))), Number(Fraction(4))),
}
"""By law the v of ``E exp(s (X - E X)) <= exp(s^2 v/2)``: a quarter of the squared length of its interval."""

MEANS: dict[str, Callable[[Share], Tensor]] = {
    "gaussian": _number(Fraction(0)),
    "rademacher": _number(Fraction(0)),
    "bernoulli": lambda share: share.symbol.parameters[0],
    "uniform": lambda share: Divide.of(Add.of(*share.symbol.parameters), Number(Fraction(2))),
}

LEMMAS = (
    Lemma(
        "Gaussian tail",
        _gaussian,
        "the standard Gaussian's tail Q satisfies Q(t) <= exp(-t^2/2)/2 for t >= 0: exp(t^2/2) Q(t) decreases, as"
        " t Q(t) <= phi(t) (Boucheron, Lugosi and Massart, Concentration Inequalities, 2013, exercise 2.7)",
    ),
    Lemma(
        "Hoeffding's inequality",
        _bounded,
        "Hoeffding, Probability inequalities for sums of bounded random variables, 1963, theorem 2; a centred Gaussian"
        " has the moment generating function exp(s^2 v/2) itself",
    ),
)
