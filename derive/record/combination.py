"""An inequality between scalars, shown by products of facts: the identities that a checker multiplies out."""

from __future__ import annotations

from derive.record.frozen import Frozen


class ProductRecord(Frozen, frozen=True, kw_only=True):
    """A rational number times a product of facts, by their numbers from 0; of none it is the number."""

    coefficient: str
    facts: tuple[int, ...] = ()


class CombinationRecord(Frozen, frozen=True, kw_only=True):
    """``multipliers * polynomial = terms``, each a sum of products; the multipliers are positive.

    The terms have positive coefficients, but for those with a fact that is zero.
    """

    multipliers: tuple[ProductRecord, ...]
    terms: tuple[ProductRecord, ...]


class FactRecord(Frozen, frozen=True, kw_only=True):
    """``polynomial >= 0``, ``> 0`` where ``strict``, ``= 0`` where ``zero``: text of the language.

    ``reason``: the ``sign`` of an atom, that a ``size`` is at least 1, a ``square`` (of ``root``), what a square
    ``root`` or an absolute value is by definition, the ``hypothesis`` of that number (from 0) times its ``divisors``
    (numbers of facts), or a ``denominator`` that ``shown`` shows not to be negative: where it is zero nothing is
    claimed.
    """

    polynomial: str
    reason: str
    strict: bool = False
    zero: bool = False
    hypothesis: int | None = None
    divisors: tuple[int, ...] = ()
    root: str = ""
    shown: CombinationRecord | None = None


class PositivityRecord(Frozen, frozen=True, kw_only=True):
    """A proof of the claim's relation ``relation`` (from 1): its larger side minus its smaller one, times ``divisors``.

    That product is ``polynomial``, which ``shown`` shows to be nonnegative, or positive where the relation is strict.
    """

    facts: tuple[FactRecord, ...]
    polynomial: str
    shown: CombinationRecord
    divisors: tuple[int, ...] = ()
    relation: int = 1
