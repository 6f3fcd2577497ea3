"""Numbers of extensions of number systems: dual numbers, and numbers that depend on chance, over any system.

Extensions are stacked. ``level`` says how many lie below, so that of two numbers the one of the higher level takes the
other for a constant.
"""

from __future__ import annotations

from typing import ClassVar


class Extended:
    """A number of an extension of a number system."""

    __slots__ = ()
    __array_ufunc__: ClassVar[None] = None  # NumPy must leave the arithmetic to these classes
    level: int
