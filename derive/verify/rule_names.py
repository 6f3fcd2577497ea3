"""Rules by name: those that the table does not settle alone, and those that the table does not have."""

from __future__ import annotations

OF_CONVEXITY = frozenset({"definition", "affine in the variables"})
"""What else a proof says of convexity."""

NUMERIC = frozenset(
    {
        "Gershgorin's theorem",
        "Gram form",
        "Hessian of a convex function",
        "Hessian of a square",
        "Leibniz rule",
        "Schur's product theorem",
        "a norm is never negative",
        "affine change of variables",
        "an extremum moves with its entries",
        "chain rule",
        "common factor",
        "comparison of norms",
        "composition",
        "composition of convex functions",
        "congruence",
        "constant",
        "constant array",
        "convex function of a spectrum",
        "convex quadratic form",
        "derivatives of a function of one variable",
        "derivatives of logsumexp",
        "derivatives of the softmax",
        "diagonal of a range",
        "diagonal of a spectrum",
        "entries of convex functions",
        "entries of the identity",
        "equal terms collected",
        "extreme eigenvalue",
        "extremum of a range",
        "identity",
        "kernel",
        "largest entry",
        "largest entry named",
        "largest of convex functions",
        "log-determinant and geometric mean",
        "log-sum-exp of convex functions",
        "multiple of a Hessian",
        "multiple of a convex function",
        "multiple of a range",
        "multiple of a spectrum",
        "nonnegative inner product",
        "norm of the second derivative",
        "number of terms times the largest",
        "number times a derivative",
        "orthogonal projection",
        "power",
        "power of a convex function",
        "power of a kernel",
        "power of a range",
        "power series of a positive semidefinite matrix",
        "product of diagonals",
        "product of nonnegative ranges",
        "quadratic form",
        "quotient by a positive range",
        "quotient of a convex function",
        "quotient rule",
        "radial kernel",
        "range of a function",
        "range of a function of one variable",
        "relative entropy",
        "rows of probabilities",
        "separable sum of an affine argument",
        "series of a kernel",
        "sign of a Hessian",
        "sign of a convex function",
        "sign of a second derivative",
        "spectrum of a diagonal",
        "spectrum of a function of a matrix",
        "spectrum of an inverse",
        "square",
        "square over a concave function",
        "steepest slope of a function",
        "sum of convex functions",
        "sum over a spectrum",
        "sum over an index",
        "trace",
        "trace of an inverse",
        "transpose",
        "two by two blocks",
    }
)
"""Rules that state more than the table has: what it does not settle is checked at points."""

SYMMETRY = frozenset(
    {
        "a matrix and its transpose",
        "definition",
        "equal to its transpose",
        "hypothesis",
        "kernel",
        "made of symmetric matrices",
        "power of a kernel",
        "radial kernel",
        "series of a kernel",
    }
)
"""Rules that a matrix is its own transpose by."""

SUMS = {"triangle inequality", "sum rule for Lipschitz constants", "derivative of a sum"}
MULTIPLES = {"multiple of a spectrum", "multiple of a range", "multiple of a Hessian", "sign of a Hessian"}
OPPOSITE = {
    "lambda_max": "lambda_min",
    "lambda_min": "lambda_max",
    "upper": "lower",
    "lower": "upper",
    "convexity": "smoothness",
    "smoothness": "convexity",
}
