"""Instances of an obligation: sizes, positions and exact rational values that satisfy every hypothesis.

Hypotheses are met by construction where their form is known (``hypotheses.py``), else by a short random search; an
instance is kept only where each hypothesis certainly holds. The same seed and obligation give the same instances,
whatever other obligations there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from derive.evaluate.point import Point
from derive.evaluate.scope import Tally
from derive.instances.admission import has_properties, holds
from derive.instances.domain import domain
from derive.instances.draft import Draft
from derive.instances.draws import draw, move, neighbours
from derive.instances.lack import HUGE, LARGEST_NUMBER, LARGEST_OF_ALL, Lack, huge, lack_of
from derive.instances.patterns import carried_out, symbols
from derive.instances.plan import plans
from derive.instances.rational import Array
from derive.instances.repair import EDGE, INSIDE, VERTEX
from derive.instances.seeds import generator
from derive.instances.sizes import Shapes, Sizes
from derive.instances.styles import STYLES, Style
from derive.language.errors import InputError
from derive.language.symbols import Symbol
from derive.obligation import Obligation

DRAWS = 6
"""Fresh draws for one size and style before it is given up."""

MOVES = 12
"""Steps of the random search that repairs one draw."""

PATIENCE = 800
"""Drafts in a row, none kept, after which the search ends."""

FEWEST = 60
"""Instances that can be had of every obligation whose hypotheses are easily met."""

SLOWER = 4
"""By how much less is tried after the first instance where numbers are large."""

FRUITLESS = 60
"""Draws in a row, none kept before, after which the search ends."""


@dataclass(frozen=True)
class Instance:
    """A point that satisfies every hypothesis, how it was drawn, and how many draws were rejected before it."""

    point: Point
    style: str
    place: str
    rejected: int = 0

    @property
    def degenerate(self) -> bool:
        """Was it drawn with all entries of each array equal?"""
        return any(style.name == self.style and style.degenerate for style in STYLES)


def instances(obligation: Obligation, seed: int) -> Search:
    """Instances in a fixed order: each size in turn, with entries of changing style, degenerate entries late."""
    return Search(obligation, seed)


class Search(Iterator[Instance]):
    """The instances of an obligation, one at a time, and what it took so far.

    Attributes:
        kept: instances given out.
        reasons: the hypothesis or property that a rejected draw failed -> how often.
        sizes: the sizes tried.
        problem: why nothing could be tried, or empty.
    """

    def __init__(self, obligation: Obligation, seed: int) -> None:
        self.rng = generator(seed, obligation.id)
        self.kept = 0
        self.reasons: Counter[str] = Counter()
        self.sizes: list[Sizes] = []
        self.problem = ""
        self.given = obligation.given
        self.domain = domain(obligation.left, obligation.right)
        self.shapes = Shapes(obligation)
        self.symbols = symbols(*obligation.expressions)
        self._plans = list(plans([*map(carried_out, obligation.given), *self.domain]))
        self._ways = [(plan, LARGEST_NUMBER) for plan in self._plans]
        self.plan, self.largest = self._ways[0]
        self._tally = Tally()
        self._idle = 0
        self._failures: Counter[tuple[int, ...]] = Counter()
        self._found = self._run()

    def __next__(self) -> Instance:
        return next(self._found)

    @property
    def rejected(self) -> int:
        """Draws that failed a hypothesis."""
        return self.reasons.total()

    @property
    def hopeless(self) -> list[Sizes]:
        """The sizes at which all draws of two styles have failed."""
        return [sizes for sizes in self.sizes if self._hopeless(sizes)]

    def searched(self) -> str:
        """The search in words, for a verdict that rests on it."""
        if self.problem:
            return self.problem
        sizes = "; ".join(", ".join(f"{k}={v}" for k, v in row.items()) or "no dimensions" for row in self.sizes)
        draws = self.kept + self.rejected
        return (
            f"a search over {draws} draws at sizes {sizes} kept {self.kept}; failed: {self._failures_named() or 'none'}"
        )

    def rejections(self) -> str:
        """How many draws were rejected so far, and because of what; empty where none was."""
        draws = self.kept + self.rejected
        return f"; of {draws} draws {self.rejected} failed: {self._failures_named()}" if self.rejected else ""

    def _failures_named(self) -> str:
        ranked = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))
        return ", ".join(f"'{reason}' {count} {'time' if count == 1 else 'times'}" for reason, count in ranked[:3])

    def at(self, sizes: Sizes, style: Style, draws: int) -> Instance | None:
        """An instance at sizes of the caller's choice; None where none was found, or the claim does not allow them."""
        return self._instance(sizes, style, draws) if self.shapes.admissible(sizes) else None

    def _run(self) -> Iterator[Instance]:
        try:
            self.sizes = self.shapes.sizes()
        except InputError as error:
            self.problem = error.message
            return
        if not self.sizes:
            self.problem = f"a search found no sizes that the hypotheses allow{_sizes_tried(self.shapes)}"
            return
        for sizes, style in _schedule(self.sizes):
            if self._hopeless(sizes):
                continue
            found = self._instance(sizes, style)
            if found is not None:
                self.kept += 1
                yield found
            elif self._idle >= self._patience or (not self.kept and self.rejected >= FRUITLESS * len(self._ways)):
                return

    @property
    def _patience(self) -> int:
        return PATIENCE // SLOWER if self.kept and self.largest > LARGEST_NUMBER else PATIENCE

    def _turn(self) -> None:
        """Until an instance is found every plan takes its turn, with large numbers too where they were met."""
        if self.kept:
            return
        if len(self._ways) == len(self._plans) and any(reason.endswith(HUGE) for reason in self.reasons):
            self._ways += [(plan, LARGEST_OF_ALL) for plan in self._plans]
        self.plan, self.largest = self._ways[self.rejected % len(self._ways)]

    def _hopeless(self, sizes: Sizes) -> bool:
        """Have the draws of two styles failed at these sizes, of several, and none succeeded?"""
        return len(self.sizes) > 1 and self._failures[tuple(sizes.values())] >= 2 * DRAWS * len(self._ways)

    def _instance(self, sizes: Sizes, style: Style, draws: int = DRAWS) -> Instance | None:
        for _ in range(1 if style.degenerate else draws):
            self._turn()
            place = VERTEX if style.vertex else EDGE if self.rng.random() < 0.5 else INSIDE
            draft, failed = self._draw(sizes, style, place)
            if failed is None:
                self._idle = 0
                self._failures[tuple(sizes.values())] = -(10**6)
                return Instance(draft.point(), style.name, place, self.rejected)
            self.reasons[failed] += 1
            self._failures[tuple(sizes.values())] += 1
        return None

    def _draw(self, sizes: Sizes, style: Style, place: str) -> tuple[Draft, str | None]:
        """A draft, and the first hypothesis that it fails, None where it fails none."""
        positions = self.shapes.all_positions(sizes)
        chosen = self.rng.choice(positions)
        everywhere = positions if self.kept or self.rejected < FRUITLESS // 2 else (chosen,)
        empty = Draft(sizes, chosen, everywhere, {}, self._tally)
        values = {name: self._fresh(symbol, empty.shape(symbol), style) for name, symbol in self.symbols.items()}
        if style.near:
            values = neighbours(self.rng, self.symbols, values)
        base = Draft(sizes, chosen, everywhere, values, self._tally)
        draft = self._repaired(base, place, frozenset(self.symbols))
        failed = self._failed(draft)
        for _ in range(0 if style.degenerate else MOVES):
            if not failed or not failed[0].movable:
                break
            symbol = self.rng.choice(failed[0].movable)
            value = move(self.rng, symbol, base.values[symbol.name], base.shape(symbol), style)
            moved, touched = base.replaced(symbol.name, value), self.plan.touched(symbol.name)
            drawn = draft.replaced(symbol.name, value)
            for name in sorted(touched - {symbol.name}):
                drawn = drawn.replaced(name, base.values[name])
            trial = self._repaired(drawn, INSIDE, touched)
            still = self._failed(trial)
            if len(still) <= len(failed):
                base, draft, failed = moved, trial, still
        required = [failure.reason for failure in failed if failure.required]
        return draft, required[0] if required else None

    def _fresh(self, symbol: Symbol, shape: tuple[int, ...], style: Style) -> Array:
        return draw(self.rng, symbol, shape, style, self.plan.signs.get(symbol.name, ""))

    def _repaired(self, draft: Draft, place: str, names: frozenset[str]) -> Draft:
        """The draft with the repairs of these symbols."""
        for repair in self.plan.repairs:
            if repair.target.name not in names:
                continue
            here = INSIDE if place == EDGE and self.rng.random() < 0.35 else place
            try:
                value = repair.apply(draft, self.rng, here)
            except ZeroDivisionError:
                value = None
            if value is not None:
                draft = draft.replaced(repair.target.name, value)
        return draft

    def _failed(self, draft: Draft) -> list[Lack]:
        """What the draft does not certainly have: properties, hypotheses, and a place inside the claim's domain."""
        self._idle += 1
        lacks = ((symbol, has_properties(symbol, draft.values[name])) for name, symbol in self.symbols.items())
        failed = [Lack(f"{symbol.name} is not {lack}", (symbol,)) for symbol, lack in lacks if lack is not None]
        failed += [Lack(f"{name} {HUGE}", ()) for name, x in draft.values.items() if huge(x, self.largest)]
        failed += [lack_of(relation, True) for relation in self.given if not holds(relation, draft)]
        return failed + [lack_of(relation, False) for relation in self.domain if not holds(relation, draft)]


def _sizes_tried(shapes: Shapes) -> str:
    return f" (dimensions {', '.join(shapes.names)} from 1 to 6 and near the constants of the hypotheses)"


def _schedule(every: list[Sizes]) -> Iterator[tuple[Sizes, Style]]:
    """Every size with every style: neighbouring sizes get different styles, and degenerate ones come late."""
    usual = [style for style in STYLES if not style.degenerate]
    degenerate = [style for style in STYLES if style.degenerate]
    for turn in range(max(len(usual), -(-FEWEST // len(every)))):
        for k, sizes in enumerate(every):
            yield sizes, usual[(turn + k) % len(usual)]
        if turn in (1, 2):
            yield every[turn % len(every)], degenerate[turn - 1]
