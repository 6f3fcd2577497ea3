"""The trust page says of each sentence what stands behind it, and its patterns take no other sentence for one."""

from __future__ import annotations

import pytest

from tests.trust import explained, sentences


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("proved", "a bound derived in 1 step, for all dimensions"),
        ("refuted", "refuted at n = 2, d = 3 by an exact witness"),
        ("supported", "not proved; 1 instance agrees"),
        ("a flag", "exchanging u and v changes the right side and not the left"),
    ],
)
def test_a_sentence_is_recognised_in_the_singular_and_at_any_sizes(of: str, told: str) -> None:
    assert explained(of, told)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("proved", "it looks right"),
        ("proved", "not proved; 24 instances agree"),
        ("refuted", "equal normal forms, for all dimensions"),
    ],
)
def test_what_the_page_does_not_say_is_no_sentence_of_it(of: str, told: str) -> None:
    assert not explained(of, told)


def test_no_sentence_is_a_wildcard_alone() -> None:
    """A row such as ``"..."`` would explain everything."""
    of = ("proved", "refuted", "supported", "vacuous", "certified", "a flag")
    assert all(len(pattern.pattern.replace(".*", "")) > 8 for verdict in of for pattern in sentences(verdict))
