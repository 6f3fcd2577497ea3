"""Answers of processes, and those that earlier runs had: whoever asks does not see which."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeVar

from derive.cache.edition import Edition
from derive.cache.store import FORMAT, Store
from derive.isolation import Answer, Call, answers


class Timed(Protocol):
    """An answer that tells how long it took."""

    @property
    def seconds(self) -> float: ...


Found = TypeVar("Found", bound=Timed)


@dataclass(frozen=True)
class Question:
    """What is asked about a claim.

    Attributes:
        name: the claim's id.
        purpose: what is asked; no two purposes share an answer.
        content: the claim's fingerprint; None where it has none, so that its answer is not kept.
        call: finds the answer, and the fingerprint of the claim of which it was found: the file may have been changed
            since the question was put. Of an answer without a fingerprint nothing is kept.
    """

    name: str
    purpose: str
    content: str | None
    call: Call


@dataclass(frozen=True)
class Terms:
    """What beside the claim an answer depends on."""

    seed: int
    without: tuple[str, ...]


class Memory:
    """Answers that were found before by the same edition of derive, on the same terms."""

    def __init__(self, store: Store, edition: Edition, terms: Terms) -> None:
        self.store = store
        self._edition = edition
        self._terms = terms
        self._stale = False

    def known(self, question: Question, kind: type[Found], time_limit: float) -> Found | None:
        """The answer, where it is known and took no longer than ``time_limit``; else None."""
        if question.content is None:
            return None
        found = self.store.get(self._key(question.purpose, question.content), kind)
        return found if found is not None and found.seconds <= time_limit else None

    def keep(self, question: Question, value: Timed, content: str | None) -> None:
        """Keep an answer, and how long it took."""
        self.store.took(f"{question.purpose} {question.name}", value.seconds)
        self._stale = self._stale or not self._edition.unchanged()
        if content is not None and not self._stale:
            self.store.put(self._key(question.purpose, content), value)

    def expected(self, question: Question) -> float:
        """Seconds that the answer took when it was last found; of a new question nobody knows, so it comes first."""
        return self.store.durations.get(f"{question.purpose} {question.name}", float("inf"))

    def close(self) -> str:
        """End the run; why not all results were kept, or nothing where they were."""
        self.store.close()
        return "derive's own files were changed during the run" if self._stale else self.store.problem

    def _key(self, purpose: str, content: str) -> str:
        parts = (FORMAT, self._edition.digest, purpose, self._terms.seed, sorted(self._terms.without), content)
        return sha256(repr(parts).encode()).hexdigest()


def remembered(
    questions: Sequence[Question],
    memory: Memory | None,
    kind: type[Found],
    lasting: Callable[[Found], bool],
    *,
    jobs: int,
    time_limit: float,
) -> Generator[Answer, None, None]:
    """The answers, numbered as their questions: those that are known, then others as they come, long ones begun first.

    Args:
        kind: the type of the answers.
        lasting: whether an answer may be kept: none that is a fault, or that another try might not find.
    """
    asked = list(range(len(questions)))
    if memory is not None:
        found = [(number, memory.known(questions[number], kind, time_limit)) for number in asked]
        yield from (Answer(number, value) for number, value in found if value is not None)
        unknown = [number for number, value in found if value is None]
        asked = sorted(unknown, key=lambda number: -memory.expected(questions[number]))
    calls = [questions[number].call for number in asked]
    with closing(answers(calls, jobs=jobs, time_limit=time_limit)) as arriving:
        for answer in arriving:
            number = asked[answer.number]
            if answer.error is not None:
                yield Answer(number, error=answer.error)
                continue
            value, content = answer.value
            if memory is not None and lasting(value):
                memory.keep(questions[number], value, content)
            yield Answer(number, value)
