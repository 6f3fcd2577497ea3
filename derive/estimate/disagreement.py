"""The signed error of a claimed directional derivative, and when it is no accident."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from derive.estimate.line import Floats
from derive.estimate.regression import Coefficient

FALSE_ALARM = 1e-12
"""The probability with which an estimate may be called wrong by accident, one output of one direction at a time."""

QUANTILE = NormalDist().inv_cdf(1 - FALSE_ALARM / 2)
"""Standard errors that this allows: 7.1."""


@dataclass(frozen=True)
class DirectionalError:
    """Of every output: what a claimed derivative along a line lacks, ``a = estimate - claimed``; arrays (outputs,).

    Attributes:
        a: the error with its sign.
        error: its standard error; infinite where nothing can be told.
        size: what an error is compared with in words, the size of the claimed terms or of the derivative.
        kink: where the derivatives of the two sides differ.
    """

    a: Floats
    error: Floats
    size: Floats
    kink: npt.NDArray[np.bool_]

    @property
    def significant(self) -> npt.NDArray[np.bool_]:
        """Where the claim is wrong, but for an accident of probability ``FALSE_ALARM``."""
        return (np.abs(self.a) > QUANTILE * self.error) & ~self.kink

    @property
    def worst(self) -> int:
        """The output whose error exceeds its standard error most."""
        ratio = np.abs(self.a) / np.where(self.error > 0, self.error, np.finfo(np.float64).tiny)
        return int(np.argmax(np.where(np.isfinite(ratio) & ~self.kink, ratio, -1.0)))

    def shown(self, output: int | None = None) -> str:
        """``-4.75e-02 +- 3e-13``, of the worst output."""
        k = self.worst if output is None else output
        return f"{self.a[k]:.2e} +- {self.error[k]:.0e}"


def directional_error(estimate: Coefficient, claimed: Floats, size: Floats | float = 0.0) -> DirectionalError:
    """The error of the ``claimed`` derivative along the line of ``estimate``.

    Args:
        claimed: the claimed derivative contracted with the direction, ``<g, v>`` or ``J v``, of shape (outputs,).
        size: the size of its terms, such as ``sum |g_i v_i|``, where it is known.
    """
    claimed = np.asarray(claimed, np.float64)
    terms = np.maximum(np.abs(claimed), np.abs(np.where(estimate.coarse, 0.0, estimate.value)))
    rounding = np.finfo(np.float64).eps * np.maximum(terms, size)
    return DirectionalError(estimate.value - claimed, estimate.error + rounding, np.maximum(terms, size), estimate.kink)
