"""The facts of the norm calculus. Each module states some as a table ``RULES``; conversions are kept apart."""

from __future__ import annotations

from derive.bounds.bound import Rule
from derive.bounds.rules import (
    arithmetic,
    combinations,
    conversions,
    convexity,
    curvature,
    elementwise,
    even_powers,
    factors,
    fits,
    gram,
    jets,
    joint_convexity,
    kernels,
    largest,
    lipschitz,
    products,
    ranges,
    ranks,
    softmax,
    spectra,
    spectral_functions,
    symmetry,
    tilting,
    univariate,
)

CONVERSIONS: tuple[Rule, ...] = (*conversions.RULES, *tilting.CONVERSIONS)
"""From one measure of an expression to another."""

RULES: tuple[Rule, ...] = (
    *arithmetic.RULES,
    *products.RULES,
    *largest.RULES,
    *ranges.RULES,
    *ranks.RULES,
    *elementwise.RULES,
    *even_powers.RULES,
    *softmax.RULES,
    *spectra.RULES,
    *combinations.RULES,
    *factors.RULES,
    *fits.RULES,
    *kernels.RULES,
    *gram.RULES,
    *symmetry.RULES,
    *lipschitz.RULES,
    *jets.RULES,
    *curvature.RULES,
    *univariate.RULES,
    *tilting.RULES,
    *spectral_functions.RULES,
    *convexity.RULES,
    *joint_convexity.RULES,
)
"""From measures of operands to a measure of what is made of them."""
