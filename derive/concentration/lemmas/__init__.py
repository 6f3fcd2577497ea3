"""The concentration lemmas. Each module states some as a table ``LEMMAS``."""

from __future__ import annotations

from derive.concentration.lemma import Lemma
from derive.concentration.lemmas import bernstein, linear, moments, quadratic

LEMMAS: tuple[Lemma, ...] = (*linear.LEMMAS, *bernstein.LEMMAS, *quadratic.LEMMAS, *moments.LEMMAS)
