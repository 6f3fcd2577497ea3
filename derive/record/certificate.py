"""The record of a certificate: what a checker needs to see for itself that an inequality holds on a bounded domain.

The mathematics. A claim ``left <= right`` is read as goals, each of which says that an array is nonnegative or a matrix
positive definite (``reading``). The domain, at given sizes, is covered by cases. A case has a box of parameters t in
``[0, 1]^k`` and affine maps from them to the entries of the symbols; its ``tree`` cuts the box into leaves, on each of
which either the goal certainly holds, or no point satisfies the hypotheses. All numbers are exact rationals as text.
"""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen
from derive.record.witness import Entries


class ParameterRangeRecord(Frozen, frozen=True, kw_only=True):
    """Entry ``entry`` (row-major, from 0) of ``symbol`` is ``low + (high - low) t`` for t from 0 to 1.

    Of a symmetric matrix the upper triangle alone is listed, which the lower one mirrors (a skew one with the other
    sign). Entries that are not listed have one value only: low and high are equal.
    """

    symbol: str
    entry: int
    low: str
    high: str


class CaseRecord(Frozen, frozen=True, kw_only=True):
    """One box of parameters of one goal of the reading (counted from 1), at explicit sizes.

    ``fixed``: symbols at a vertex of their polytope. ``largest``: of a symbol whose entries are nonnegative and sum to
    a constant, the entry that is the largest, which is that constant minus the others. ``ordered``: pairs (i, j) of
    entries of ``ordered_symbol`` with ``symbol[i] >= symbol[j]``; points of other orders are permutations of these.

    ``tree`` is the bisection in preorder: a capital letter cuts the box at the midpoint of an axis (A the first), the
    lower half first. A small letter is a leaf: ``n`` where the goal holds by evaluation in balls, ``m`` where it does
    by the mean value form, ``o`` where a hypothesis, or one of the orders above, certainly fails.
    """

    sizes: dict[str, int]
    tree: str
    goal: int = 1
    parameters: tuple[ParameterRangeRecord, ...] = ()
    indices: dict[str, int] = msgspec.field(default_factory=dict)
    fixed: dict[str, Entries] = msgspec.field(default_factory=dict)
    largest: dict[str, int] = msgspec.field(default_factory=dict)
    ordered_symbol: str = ""
    ordered: tuple[tuple[int, int], ...] = ()


class CertificateRecord(Frozen, frozen=True, kw_only=True):
    """An inequality certified at stated sizes.

    ``relation`` counts the claim's relations from 1. ``reading`` is what is shown of it, with these goals:

    - ``entries``: right - left is nonnegative, positive of a strict inequality;
    - ``loewner``, ``lambda_max``, ``lambda_min``: right - left, ``c I - M``, ``M - c I`` is positive definite;
    - ``opnorm``: c is nonnegative; ``c^2 I - M^T M`` is positive definite;
    - ``norm`` (of order 2): c is nonnegative; ``c^2 - sum(T^2)`` is;
    - ``abs`` (and the norm of order inf): ``c - T`` is nonnegative; ``c + T`` is;
    - ``lipschitz``: on a convex domain, the goals of ``opnorm`` or ``norm`` for the derivative, of C;
    - ``hessian-lipschitz``: C is nonnegative; ``C (u @ u)^(3/2)`` minus the third derivative along u, thrice, is, for a
      new symbol u with ``norm(u, inf) == 1``.

    ``replaced`` are the symbols that stand for a softmax whose argument is free: nonnegative, of sum 1. ``reductions``
    are the named steps that were used.
    """

    reading: str
    cases: tuple[CaseRecord, ...]
    relation: int = 1
    replaced: dict[str, str] = msgspec.field(default_factory=dict)
    reductions: tuple[str, ...] = ()
