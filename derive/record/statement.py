"""A claim in the text form of the language, with all that its words stand for: what ``derive verify`` starts from."""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen


class SymbolRecord(Frozen, frozen=True, kw_only=True):
    """A symbol: the sizes of its axes as text (``["n", "d*d"]``, none for a scalar), and its properties in order.

    ``law`` is that of a random symbol: ``"gaussian"``, ``"uniform(low=-1, high=1)"``.
    """

    shape: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    law: str = ""


class StatementRecord(Frozen, frozen=True, kw_only=True):
    """What is claimed, and under which hypotheses, as relations in the text form of the language.

    Of a claim of existence, ``exists`` are the symbols of which some values are enough. ``dimensions`` are the names of
    all sizes. ``indices`` gives the size of the axis that each index symbol runs over, ``definitions`` the named
    expressions in an order in which each uses earlier ones alone.
    """

    relations: tuple[str, ...]
    given: tuple[str, ...] = ()
    exists: tuple[str, ...] = ()
    symbols: dict[str, SymbolRecord] = msgspec.field(default_factory=dict)
    indices: dict[str, str] = msgspec.field(default_factory=dict)
    dimensions: tuple[str, ...] = ()
    definitions: dict[str, str] = msgspec.field(default_factory=dict)
