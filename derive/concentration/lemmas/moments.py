"""Tails from moments: Markov, Chebyshev, Cantelli."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.bounds.bound import Premise, Scheme
from derive.bounds.value import Value
from derive.concentration.affine import told
from derive.concentration.events import Excess, unnamed
from derive.concentration.lemma import Lemma
from derive.concentration.lemmas.linear import is_zero
from derive.concentration.setting import Setting
from derive.language.arrays import Norm
from derive.language.chance import Expectation
from derive.language.tensor import Add, Negative, Number, Power

TWO = Number(Fraction(2))


def markov(threshold: Value, mean: Value) -> Value:
    """``Pr[Z >= t] <= E[Z] / t`` of a Z that is never negative; t > 0."""
    return mean / threshold


def markov_of_the_square(threshold: Value, second: Value) -> Value:
    """``Pr[|Z| >= t] <= E[Z^2] / t^2``; t > 0."""
    return second / (threshold * threshold)


def cantelli(deviation: Value, variance: Value) -> Value:
    """``Pr[Z - E Z >= t] <= v / (v + t^2)`` where v is the variance; t > 0."""
    return variance / (variance + deviation * deviation)


def _markov(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    """The mean of what the norm calculus knows to be nonnegative, or of the square of what is."""
    if not threshold.positive:
        return
    if excess.two_sided or isinstance(unnamed(excess.variable), Norm):
        square = Expectation(Power.of(excess.variable, TWO), None, ())
        yield (lambda second: markov_of_the_square(threshold, second)), (("upper", square),)
    elif any(bound.value.nonnegative for bound in setting.derivation.bounds("lower", excess.realised)):
        yield (lambda mean: markov(threshold, mean)), (("upper", Expectation(excess.variable, None, ())),)


def _chebyshev(excess: Excess, threshold: Value, setting: Setting) -> Iterator[Scheme]:
    """The variance, where the mean has a closed form."""
    del setting
    centre = told(Expectation(excess.variable, None, ()))
    tail = markov_of_the_square if excess.two_sided else cantelli
    if centre is None or (is_zero(centre) and excess.two_sided):  # the latter is Markov's
        return

    def bound(variance: Value, *largest: Value) -> Value | None:
        deviation = threshold - largest[0] if largest else threshold
        return tail(deviation, variance) if deviation.positive else None

    centred = excess.variable if is_zero(centre) else Add.of(excess.variable, Negative.of(centre))
    premises: list[Premise] = [("upper", Expectation(Power.of(centred, TWO), None, ()))]
    if not is_zero(centre):
        premises.append(("inf" if excess.two_sided else "upper", centre))
    yield bound, tuple(premises)


LEMMAS = (
    Lemma("Markov's inequality", _markov, "E[Z] >= t Pr[Z >= t] for Z >= 0; of a square t^2 stands for t"),
    Lemma(
        "Chebyshev's inequality",
        _chebyshev,
        "Markov's inequality of the square of Z - E Z, and of the square of Z - E Z + v/t on one side (Cantelli 1928;"
        " Boucheron, Lugosi and Massart, Concentration Inequalities, 2013, exercise 2.3)",
    ),
)
