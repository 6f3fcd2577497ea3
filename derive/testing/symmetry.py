"""Structure that every Hessian has: symmetric, and as a product with a vector linear."""

from __future__ import annotations

import numpy as np

from derive.testing.finding import Finding
from derive.testing.question import Question

METHOD = "the claimed values alone"


def symmetric(question: Question) -> Finding | None:
    """The finding that the claimed Hessian is not symmetric, or its product not linear; None where it may be right."""
    matrix, bar = question.claimed.floats(question.point)
    if matrix.shape[0] != matrix.shape[1]:
        return None
    gap = np.abs(matrix - matrix.T)
    if np.any(gap > bar + bar.T):
        i, j = (int(k) for k in np.unravel_index(np.argmax(gap - bar - bar.T), gap.shape))
        reason = f"it is not symmetric: [{i}, {j}] is {matrix[i, j]:.10g}, [{j}, {i}] is {matrix[j, i]:.10g}"
        return question.finding("differs", reason, METHOD)
    return _nonlinear(question, matrix, bar)


def _nonlinear(question: Question, matrix: np.ndarray, bar: np.ndarray) -> Finding | None:
    code = question.claimed.code
    if code is None or not question.claimed.columnwise:
        return None
    vector = question.generator().standard_normal(question.point.shape)
    image = question.claimed.product(code).floats(question.point, vector).reshape(-1)
    gap, allowed = np.abs(image - matrix @ vector.reshape(-1)), bar @ np.abs(vector.reshape(-1))
    rounding = len(matrix) * 2.0**-50 * (np.abs(matrix) @ np.abs(vector.reshape(-1)))
    if np.any(gap > allowed + rounding):
        return question.finding("differs", "the product is not linear in the vector", METHOD, directions=1)
    return None
