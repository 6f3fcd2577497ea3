"""Method: means without a closed form, taken of draws with an error bar.

What it gives is support alone, and how wide the error bars were: a mean of draws proves nothing, and where the operand
is unbounded it refutes nothing either. How it fails: heavy tails, whose standard errors are too small.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import islice

import numpy as np
from flint import arb

from derive.chance.question import chance_nodes
from derive.chance.sampling import Sampler
from derive.chance.settings import Settings
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.evaluation import evaluate, scope_at
from derive.evaluate.point import Point
from derive.evaluate.system import Array, array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.instances.seeds import stream
from derive.language.chance import Expectation
from derive.language.errors import InputError
from derive.obligation import Obligation

METHOD = "means of draws"

SETTINGS, DRAWS = 8, 20_000

LARGEST = 2000
"""Random numbers of a draw."""

ERRORS = 5
"""Standard errors within which a mean is taken to lie."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides at settings, each mean within its error bar."""
    start = time.perf_counter()
    nodes = chance_nodes(obligation.left, obligation.right)
    means = [node for node in nodes if isinstance(node, Expectation) and node.event is None]
    if not means or len(means) < len(nodes) or obligation.sign == "<<":
        return Inapplicable(METHOD, "the claim does not speak of means alone", telling=False)
    settings = Settings.of(obligation, admitted, drawn.seed)
    agree: list[Point] = []
    beyond, lacking = 0, ""
    for number, point in enumerate(islice(settings, SETTINGS)):
        try:
            if settings.drawn(point) > LARGEST:
                raise Unavailable(f"a draw has more than {LARGEST} random numbers")
            if all(_known(mean, point) for mean in means):
                return Inapplicable(METHOD, "the means are known in closed form", telling=False)
            generator = stream(drawn.seed, obligation.id, METHOD, str(number))
            if _violated(obligation, means, point, generator):
                beyond += 1
            else:
                agree.append(point)
        except (EvaluationError, InputError) as error:
            lacking = str(error)
    note = f"means of {DRAWS} draws, within {ERRORS} standard errors" if agree else lacking
    if beyond:
        note = f"at {beyond} settings the sides differ by more than {ERRORS} standard errors, which refutes nothing"
    return Evidence(
        method=METHOD,
        outcome="support" if agree and not beyond else "inconclusive",
        strength="draws",
        note=note,
        seed=drawn.seed,
        sizes=tuple({tuple(point.sizes.items()): dict(point.sizes) for point in agree}.values()),
        kept=len(agree),
        rejected=settings.base.search.rejected,
        seconds=time.perf_counter() - start,
    )


def _known(mean: Expectation, point: Point) -> bool:
    """Has the mean a closed form?"""
    try:
        evaluate(mean, point, Balls())
    except Unavailable:
        return False
    return True


def _violated(
    obligation: Obligation, means: Sequence[Expectation], point: Point, generator: np.random.Generator
) -> bool:
    """Do the sides certainly violate the claim if every mean lies within its error bar?"""
    balls = Balls()
    sampler = Sampler.at(point, *(mean.operand for mean in means))
    with balls.context():
        scope = scope_at(point, balls)
        scope.known.update(zip(means, _means(sampler, generator), strict=True))
        left, right = scope.value(obligation.left), scope.value(obligation.right)
        gaps = list(np.asarray(left - right, dtype=object).flat)
        if obligation.sign == "==":
            return any(not gap.contains(0) for gap in gaps)
        return any(gap > 0 for gap in gaps)


def _means(sampler: Sampler, generator: np.random.Generator) -> list[Array]:
    """Of each expression the mean of the draws as a ball, with so many standard errors as its radius."""
    parts: list[list[Array]] = []
    sampler.run(1, np.random.default_rng(0))  # to know how large its arrays are
    for size in sampler.batches(DRAWS):
        found = sampler.run(size, generator)
        parts.append([np.broadcast_to(x.value, (size, *x.value.shape[1:])) for x in found])
    return [_ball(np.concatenate(values)) for values in zip(*parts, strict=True)]


def _ball(values: Array) -> Array:
    """Raises Unavailable where a draw has no value."""
    if not np.isfinite(values).all():
        raise Unavailable("the operand of a mean is not finite at a draw")
    middle, error = values.mean(axis=0), ERRORS * values.std(axis=0) / np.sqrt(len(values))
    pairs = zip(np.ravel(middle), np.ravel(error), strict=True)
    return array_of([arb(float(x), float(bar)) for x, bar in pairs], values.shape[1:], object)
