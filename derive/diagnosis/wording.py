"""Findings in words. Every sentence says no more than was found."""

from __future__ import annotations

from fractions import Fraction

from derive.diagnosis.finding import Finding, Kind
from derive.diagnosis.reading import Reading

UNEXPLAINED = (
    "no multiple of the claim gives it: a term is missing or wrong",
    "no multiples of the claim's own terms give it: a term is missing or wrong",
)
"""Said where neither the claim nor its terms, multiplied by whatever numbers, come out right."""

PLAIN = {
    Kind.CLAIMS_ZERO: "the claim says zero, which it is not",
    Kind.SHOULD_BE_ZERO: "it should be zero",
    Kind.ROW_FACTORS: "each row is right up to a factor of its own",
    Kind.COLUMN_FACTORS: "each column is right up to a factor of its own",
    Kind.SIGNS: "every entry is right up to its sign",
    Kind.RANK_ONE: "the difference has rank one",
    Kind.NOT_SYMMETRIC: "it should be symmetric, and is not",
}


def words(finding: Finding) -> str:
    """The finding as a phrase."""
    text = PLAIN.get(finding.kind) or _with_number(finding)
    return f"at this instance, {text}" if finding.only_here else text


def _with_number(finding: Finding) -> str:
    number = finding.number or Reading(("1",), "1")
    match finding.kind:
        case Kind.FACTOR:
            factor = f"a global factor {number}: claimed = {number} * derived"
            return "the sign is wrong" if number.value == -1 else factor
        case Kind.PERMUTED:
            return f"{finding.place}{_times(number)}"
        case Kind.TERM_FACTOR:
            return f"{finding.place} {term_words(number)}"
        case Kind.TERM_PERMUTED:
            return finding.place
        case Kind.OFFSET:
            return f"off by a constant: {finding.place} {_size(number)}"
        case Kind.IDENTITY:
            return _identity_words(number)
        case Kind.PLACE:
            return f"only {finding.place}{f': {_size(number)}' if finding.number else ''}"
        case Kind.SIGN:
            return f"wrong only {finding.place}"
        case Kind.UNEXPLAINED if finding.place == "one":
            return UNEXPLAINED[0]
        case Kind.UNEXPLAINED:
            return UNEXPLAINED[1]
        case Kind.ARRAY_FACTOR:
            return finding.place
        case Kind.CONSTANT_SUM:
            return f"claimed and derived entries add up to {number} everywhere"
        case Kind.CONSTANT_PRODUCT:
            return f"the product of claimed and derived entries is {number} everywhere"
    raise ValueError(f"no words for {finding.kind!r}")


def _times(number: Reading) -> str:
    """What remains to be said of a factor beside an exchange of axes."""
    return {Fraction(1): "", Fraction(-1): " with the wrong sign"}.get(number.value or Fraction(0), f" times {number}")


def term_words(number: Reading) -> str:
    """What is wrong with a term that has to be multiplied by ``number``; empty where nothing is."""
    value = number.value
    if value == 1:
        return ""
    if value == -1:
        return "has the wrong sign"
    if value == 0:
        return "does not belong"
    if value is not None and abs(value) < 1 and abs(value.numerator) == 1:
        sign = " and has the wrong sign" if value < 0 else ""
        return f"has a factor {abs(1 / value)} too many{sign}"
    if number.varies:
        return f"has a wrong factor that is not the same everywhere (here it lacks about {number.digits})"
    return f"lacks a factor {number}"


def term_note(number: Reading) -> str:
    """``term_words`` by themselves: with the reserve that the number has."""
    text = term_words(number)
    return f"{text} at this instance" if text and number.here else text


def _size(number: Reading) -> str:
    text = str(number)
    return f"{text[1:]} too small" if text.startswith("-") else f"{text} too large".replace("about -", "about ")


def _identity_words(number: Reading) -> str:
    text = str(number)
    if text.startswith("-"):
        missing = text[1:]
        return "the identity is missing" if missing == "1" else f"{missing} times the identity is missing"
    return "the identity is too much" if text == "1" else f"{text} times the identity is too much"
