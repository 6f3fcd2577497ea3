"""The concentration lemmas. Each module states some as a table ``LEMMAS``."""

from __future__ import annotations

from derive.concentration.lemma import Lemma
from derive.concentration.lemmas import linear, moments

LEMMAS: tuple[Lemma, ...] = (*linear.LEMMAS, *moments.LEMMAS)
