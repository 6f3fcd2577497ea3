"""The record of a bracket: what an instance reaches, what was derived and enclosed, what is claimed of a constant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from derive.record.frozen import Frozen
from derive.record.magnitude import compared
from derive.record.witness import WitnessRecord

ABOVE = {
    "attack_lower": "the worst case found",
    "derived_upper": "the derived bound",
    "enclosed_upper": "the enclosed extreme value",
}
BELOW = {
    "attack_upper": "the worst case found",
    "derived_lower": "the derived bound",
    "enclosed_lower": "the enclosed extreme value",
}
"""What stands beside the claimed constant of a bound from above, or from below, by its key."""

LOOSE = Decimal("1.005")
"""By what factor a claimed constant is larger than a derived one where that is said: by less it is a rounding."""


class ParameterRecord(Frozen, frozen=True, kw_only=True):
    """A parameter of a bound: a size, a scalar or a norm, as LaTeX and as text, and its value as a decimal."""

    tex: str
    text: str
    value: str


class SampleRecord(Frozen, frozen=True, kw_only=True):
    """The bracket in numbers, at values of its parameters.

    ``numbers`` are decimals by their keys in the bracket, what an instance reaches rounded to the safe side.
    ``reached`` where the parameters are those of the worst instance found; elsewhere they are examples.
    """

    at: tuple[ParameterRecord, ...] = ()
    numbers: dict[str, str] = msgspec.field(default_factory=dict)
    reached: bool = False

    @property
    def place(self) -> str:
        """``n = 2, R = 1``."""
        return ", ".join(f"{parameter.text} = {parameter.value}" for parameter in self.at)

    @property
    def factor(self) -> Decimal:
        """By what factor the claimed and the derived constant differ, infinite where one is 0; 1 without a derived."""
        derived = self.numbers.get("derived_upper") or self.numbers.get("derived_lower")
        if derived is None:
            return Decimal(1)
        large, small = sorted((abs(Decimal(self.numbers["claimed"])), abs(Decimal(derived))), reverse=True)
        return large / small if small else Decimal("Infinity") if large else Decimal(1)


class BracketRecord(Frozen, frozen=True, kw_only=True):
    """``attack_lower <= measure <= derived_upper`` of a bound from above, beside ``claimed``.

    Of a bound from below (``below``) ``derived_lower <= measure <= attack_upper``. An enclosure of the extreme value of
    the measure at ``enclosed_sizes`` is ``enclosed_lower`` and ``enclosed_upper``. All of them are LaTeX; ``text`` has
    them, by the same keys, in the author's language. What an instance reaches is a part of the claimed constant: with a
    smaller number in front of it the inequality fails.

    ``slack_tex`` and ``slack_text`` are ``claimed / derived`` where that depends on parameters. ``proved`` where the
    derived bound proves the claim, and ``replaceable`` where it can stand in the place of the claimed one.
    ``instance`` is the instance that came nearest to a violation; it satisfies the hypotheses.
    """

    measure: str
    claimed: str
    below: bool = False
    attack_lower: str = ""
    attack_upper: str = ""
    derived_lower: str = ""
    derived_upper: str = ""
    enclosed_lower: str = ""
    enclosed_upper: str = ""
    enclosed_sizes: tuple[dict[str, int], ...] = ()
    text: dict[str, str] = msgspec.field(default_factory=dict)
    slack_tex: str = ""
    slack_text: str = ""
    proved: bool = False
    replaceable: bool = False
    samples: tuple[SampleRecord, ...] = ()
    instance: WitnessRecord | None = None

    @property
    def derived(self) -> str:
        """The derived bound, in LaTeX; empty where there is none."""
        return self.derived_upper or self.derived_lower

    @property
    def derived_text(self) -> str:
        return self.text.get("derived_upper") or self.text.get("derived_lower", "")

    @property
    def chain_tex(self) -> str:
        """``0.5714 \\le \\|H\\| \\le 1.05``: what is known of the measure, in LaTeX."""
        below, above = self.attack_lower or self.derived_lower, self.derived_upper or self.attack_upper
        return r" \le ".join(filter(None, (below, self.measure, above)))

    @property
    def chain_text(self) -> str:
        """The same as text."""
        ends = [self.text.get("attack_lower") or self.text.get("derived_lower")]
        ends += [self.text["measure"], self.text.get("derived_upper") or self.text.get("attack_upper")]
        return " <= ".join(filter(None, ends))

    @property
    def loose(self) -> bool:
        """Can the claimed constant be replaced by the derived one, which is better by more than a rounding?"""
        return self.replaceable and any(sample.factor > LOOSE for sample in self.samples)

    @property
    def slack(self) -> tuple[str, ...]:
        """The slack in words: ``the claimed constant is 28 times the derived bound``, by examples of parameters."""
        return tuple(dict.fromkeys(_slack(self.samples, BELOW if self.below else ABOVE, bool(self.slack_tex))))

    @property
    def replacement(self) -> str:
        """What a loose constant can be replaced by, in the author's language."""
        return f"the claimed constant can be replaced by {self.derived_text}" if self.loose else ""

    @property
    def words(self) -> tuple[str, ...]:
        """All that is said of the slack, for a reader of plain text."""
        return tuple(filter(None, (*self.slack, self.replacement)))


def _slack(samples: tuple[SampleRecord, ...], ends: Mapping[str, str], depends: bool) -> Iterator[str]:
    """A sentence on the worst instance, and one on each example; ``depends`` where the slack has parameters."""
    for sample in samples:
        numbers = {key: Decimal(number) for key, number in sample.numbers.items()}
        told = compared(numbers["claimed"], {name: numbers[key] for key, name in ends.items() if key in numbers})
        if told:
            yield f"for {sample.place} {told}" if depends and sample.at else told
