"""An author's function as the checks call it: with floats, with numbers of a system, in the author's own array type."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derive.estimate.line import Floats
from derive.evaluate.generic.arithmetic import Arithmetic
from derive.evaluate.generic.run import run
from derive.evaluate.system import Array


@dataclass(frozen=True)
class Code:
    """``function(x, *arguments)``.

    Attributes:
        like: the point that the author passed; floats come to the function as arrays of its type.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    like: Any = None

    @property
    def name(self) -> str:
        name = getattr(self.function, "__name__", type(self.function).__name__)
        return "the function" if name == "<lambda>" else str(name)

    def floats(self, point: Any) -> Floats:
        """The value in double precision, as an array; a bare number has no axes."""
        return as_floats(self.native(point))

    def native(self, point: Any) -> Any:
        """What the function returns for floats."""
        with np.errstate(all="ignore"):  # beside the point the function may overflow
            return self.function(as_given(np.array(point), self.like), *self.arguments)

    def numbers(self, point: Array, arithmetic: Arithmetic) -> Array:
        """The value for numbers of a system; see ``derive.evaluate.generic.run`` for what it raises."""
        return run(self.function, [point, *self.arguments], arithmetic)


def origin(array: Any) -> str:
    """The package whose array this is: ``numpy``, ``torch``, ``jax``, or that of another type."""
    package = type(array).__module__.partition(".")[0]
    return {"jaxlib": "jax"}.get(package, package)


def as_floats(array: Any) -> Floats:
    """An array of NumPy, JAX or PyTorch as doubles.

    Raises:
        TypeError: it holds no real numbers.
    """
    if origin(array) == "torch":
        array = array.detach().cpu().numpy()
    found = np.asarray(array)
    if found.dtype.kind not in "fiub":
        raise TypeError(f"expected an array of real numbers, found {type(array).__name__} of {found.dtype}")
    return np.asarray(found, dtype=np.float64)


def as_given(point: Floats, like: Any) -> Any:
    """Doubles in the array type of ``like``: the packages that make them were imported by the author."""
    match origin(like):
        case "torch":
            array = sys.modules["torch"].from_numpy(np.ascontiguousarray(point))
            array = array.to(dtype=like.dtype, device=like.device)
            return array.requires_grad_(True) if like.requires_grad else array
        case "jax":
            return sys.modules["jax"].numpy.asarray(point, dtype=like.dtype)
    return float(point) if isinstance(like, (int, float)) else point


def unit_roundoff(array: Any) -> float:
    """The relative rounding error of the numbers in an array of floats."""
    text = str(getattr(array, "dtype", "float64"))
    return 2.0**-24 if "32" in text else 2.0**-8 if "16" in text else 2.0**-53
