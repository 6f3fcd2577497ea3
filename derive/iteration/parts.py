"""What a statement takes along runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.evaluate.errors import Unavailable
from derive.language.binding import outside
from derive.language.chance import Event, Every
from derive.language.iteration import Always, AtTime, HittingTime, Run
from derive.language.plain import identity
from derive.language.tensor import Number, Tensor

Along = AtTime | HittingTime | Always


def parts(*sides: Tensor) -> tuple[Along, ...]:
    """What the sides take along runs, the outermost, each once."""
    return tuple(dict.fromkeys(node for side in sides for node in outside(side) if isinstance(node, Along)))


def at_the_start(run: Run, operands: Sequence[Tensor]) -> tuple[AtTime, ...]:
    """What operands along ``run`` take from its start: ``run(W, 0)`` in ``norm(W - run(W, 0))``.

    Raises:
        Unavailable: one takes something along a run at another time.
    """
    found = parts(*operands)
    for node in found:
        if not isinstance(node, AtTime) or node.run is not run or not is_zero(node.time):
            raise Unavailable(f"{node!r} stands inside of what is taken along a run")
    return tuple(node for node in found if isinstance(node, AtTime))


def is_zero(time: Tensor) -> bool:
    return isinstance(time, Number) and time.value == 0


def by_run(found: Sequence[Along]) -> dict[Run, list[Along]]:
    """What is taken along each run; runs that are written alike are one."""
    first: dict[str, Run] = {}
    rows: dict[Run, list[Along]] = {}
    for node in found:
        rows.setdefault(first.setdefault(identity(node.run), node.run), []).append(node)
    return rows


def relations(event: Tensor) -> Iterator[Event]:
    """The relations that an event asks for.

    Raises:
        Unavailable: it is no conjunction of relations.
    """
    if isinstance(event, Every):
        for one in event.events:
            yield from relations(one)
    elif isinstance(event, Event):
        yield event
    else:
        raise Unavailable(f"the event {event!r} is no relation")
