"""The concentration lemmas. Each module states some as a table ``LEMMAS``."""

from __future__ import annotations

from derive.concentration.lemma import Lemma
from derive.concentration.lemmas import bernstein, linear, matrix_bernstein, moments, quadratic

LEMMAS: tuple[Lemma, ...] = (
    *linear.LEMMAS,
    *bernstein.LEMMAS,
    *quadratic.LEMMAS,
    *matrix_bernstein.LEMMAS,
    *moments.LEMMAS,
)
