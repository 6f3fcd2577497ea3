"""Bernstein's inequality for linear forms in bounded entries: the variance instead of the range where it is smaller."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.bounds.bound import Premise, Scheme
from derive.bounds.value import Value
from derive.concentration.affine import told
from derive.concentration.events import Excess
from derive.concentration.lemma import Lemma, exponential, number
from derive.concentration.lemmas.linear import is_zero
from derive.concentration.setting import Setting
from derive.language.chance import Expectation, RandomSymbol
from derive.language.tensor import Add, Divide, Multiply, Negative, Number, Power, Tensor


def bernstein(deviation: Value, variance: Value, largest: Value, two_sided: bool) -> Value:
    """``Pr[S - E S >= t] <= exp(-t^2/(2 (v + b t/3)))`` of a sum of independent terms, each at most b from its mean."""
    spread = variance + largest * deviation / number(3, deviation)
    tail = exponential(-(deviation * deviation) / (number(2, spread) * spread))
    return tail + tail if two_sided else tail


def _bernstein(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    form = setting.affine(excess.realised)
    if form is None or len(form.shares) != 1 or form.shares[0].symbol.kind not in REACHES:
        return
    share, centre = form.shares[0], told(Expectation(excess.variable, None, ()))
    if share.coefficients is None or centre is None:
        return
    reach = Multiply.of(share.coefficients, REACHES[share.symbol.kind](share.symbol))

    def bound(variance: Value, largest: Value, *mean: Value) -> Value | None:
        deviation = threshold - mean[0] if mean else threshold
        if largest.is_zero or not deviation.positive:
            return None
        return bernstein(deviation, variance, largest, excess.two_sided)

    centred = excess.variable if is_zero(centre) else Add.of(excess.variable, Negative.of(centre))
    square = Expectation(Power.of(centred, Number(Fraction(2))), None, ())
    premises: list[Premise] = [("upper", square), ("inf", reach)]
    if not is_zero(centre):
        premises.append(("inf" if excess.two_sided else "upper", centre))
    yield bound, tuple(premises)


def _half_width(symbol: RandomSymbol) -> Tensor:
    low, high = symbol.parameters
    return Divide.of(Add.of(high, Negative.of(low)), Number(Fraction(2)))


ONE = Number(Fraction(1))

REACHES: dict[str, Callable[[RandomSymbol], Tensor]] = {
    "rademacher": lambda symbol: ONE,
    "bernoulli": lambda symbol: ONE,
    "uniform": _half_width,
}
"""By law, what an entry is at most from its mean."""

LEMMAS = (
    Lemma(
        "Bernstein's inequality",
        _bernstein,
        "Bernstein 1927; Boucheron, Lugosi and Massart, Concentration Inequalities, 2013, corollary 2.11",
    ),
)
