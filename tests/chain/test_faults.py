"""Claims that do not exist, and circular arguments, are errors with their places."""

import re
from collections.abc import Sequence

from derive.chain.faults import faults
from derive.record import ClaimRecord, Verdict, WhereRecord
from derive.resources import catalogue
from derive.run import outlines


def claim(name: str, line: int, *uses: str) -> ClaimRecord:
    return ClaimRecord(
        id=name,
        kind="bound",
        statement_tex="",
        verdict=Verdict.PROVED,
        uses=uses,
        where=WhereRecord(file="p.py", line=line),
    )


def errors(*claims: ClaimRecord, known: dict[str, Sequence[str]] | None = None) -> list[str]:
    stated = {"p": [item.id for item in claims]}
    return [str(error) for error in faults(claims, stated if known is None else known)]


def test_a_claim_that_does_not_exist_is_named_with_the_nearest_and_the_line() -> None:
    (message,) = errors(claim("p/gram-mean", 3), claim("p/theorem", 5, "p/gram-maen"))
    assert "p.py:5" in message
    assert "claim p/theorem" in message
    assert "did you mean 'gram-mean'?" in message


def test_where_no_name_is_near_those_that_there_are_are_listed() -> None:
    (message,) = errors(claim("p/a", 3), claim("p/b", 5, "p/something-else"))
    assert "its claims are a, b" in message


def test_nothing_is_said_of_a_paper_that_the_run_does_not_have() -> None:
    assert errors(claim("p/a", 1, "q/b")) == []


def test_a_claim_of_another_paper_of_the_run_has_to_exist() -> None:
    (message,) = errors(claim("p/a", 1, "q/b"), known={"p": ["p/a"], "q": ["q/c"]})
    assert "the paper q has no claim 'b'" in message


def test_a_circle_is_shown_with_its_lines_in_the_order_of_the_argument() -> None:
    (message,) = errors(claim("p/a", 1, "p/c"), claim("p/b", 2, "p/a"), claim("p/c", 3, "p/b"))
    assert re.search(r"p/a \(p.py:1\) uses p/c \(p.py:3\), which uses p/b \(p.py:2\), which uses p/a$", message, re.M)


def test_the_chains_of_the_catalogue_are_sound_and_there_are_some() -> None:
    found = outlines([catalogue()])
    assert found.errors == ()
    assert sum(bool(item.uses) for paper in found.record.papers for item in paper.claims) >= 10
