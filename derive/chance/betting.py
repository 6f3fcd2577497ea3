"""Anytime-valid tests of a probability, and exact bounds on it: counts in, certain numbers out.

The test. Draws are independent, each fails with the same probability q, and the claim says q <= p. For any r > p the
likelihood ratio ``(r/p)^k ((1-r)/(1-p))^(n-k)`` after n draws with k failures is a nonnegative supermartingale under
every q <= p, and so is a mixture of such ratios over r > p. By Ville's inequality it ever exceeds 1/level with a
probability of at most ``level``, however often one looks and whenever one stops (Ville 1939; Wald's mixtures, Robbins
1970; Shafer and Vovk 2019, chapter 2). The mixture here has the density ``1 / (r log(1/p))`` on (p, 1), which is
scale-free: a true failure probability is found about as fast for p = 1e-6 as for p = 1e-2, relative to what it takes.

A draw that cannot be decided counts as no failure here, which only makes the ratio smaller.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, nextafter

from flint import arb, ctx, fmpq

PRECISION = 128
"""Bits of the balls: counts of millions leave more than 60 of them."""


def _number(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def log_wealth(failures: int, runs: int, claimed: Fraction) -> float:
    """A lower bound on the logarithm of the mixture against "a draw fails with probability at most ``claimed``".

    It is ``log( B(k, n-k+1) P[Beta(k, n-k+1) > p] / (p^k (1-p)^(n-k) log(1/p)) )`` for k failures of n runs. Without
    a failure nothing speaks against the claim, and it is minus infinity; where nothing may fail (p = 0), one failure
    is infinite wealth; and no probability is negative.

    Raises:
        ValueError: there are more failures than runs.
    """
    if not 0 <= failures <= runs:
        raise ValueError(f"{failures} failures of {runs} runs")
    if claimed < 0:
        return inf
    if failures == 0 or claimed >= 1:
        return -inf
    if claimed == 0:
        return inf
    with ctx.workprec(PRECISION):
        k, rest, p = arb(failures), arb(runs - failures), _number(claimed)
        beyond = (1 - p).beta_lower(rest + 1, k, regularized=True)  # P[Beta(k, n-k+1) > p]
        mixed = k.lgamma() + (rest + 1).lgamma() - arb(runs + 1).lgamma() + beyond.log()
        return _below(mixed - k * p.log() - rest * (1 - p).log() - (-p.log()).log())


def _below(ball: arb) -> float:
    """A double below all that the ball stands for; minus infinity where that is everything."""
    return nextafter(float(ball.lower()), -inf) if ball.is_finite() else -inf


def refutes(failures: int, runs: int, claimed: Fraction, level: Fraction) -> bool:
    """Has the wealth reached 1/level? Under the claim it ever does so with a probability of at most ``level``."""
    with ctx.workprec(PRECISION):
        return log_wealth(failures, runs, claimed) >= -float(_number(level).log().lower())


def at_most(failures: int, runs: int, confidence: Fraction) -> float:
    """The upper Clopper-Pearson bound: a double above the failure probability with at least this confidence.

    For a number of runs fixed beforehand (Clopper and Pearson 1934). It is the p at which at most ``failures`` of
    ``runs`` have the probability ``1 - confidence``, found by bisection; the end that is returned is certain in balls.
    """
    if failures >= runs:
        return 1.0
    low, high = failures / runs, 1.0
    with ctx.workprec(PRECISION):
        wanted = _number(confidence)
        for _ in range(60):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            above = arb(middle).beta_lower(failures + 1, runs - failures, regularized=True) >= wanted
            low, high = (low, middle) if above else (middle, high)
    return high
