"""Each call in a process of its own, under a hard limit of time and memory."""

import operator
import os
import signal
import time
from contextlib import closing

import pytest

from derive.isolation import Answer, Call, Died, answers
from derive.language.errors import InputError
from derive.selection import parse_selection


def ask(*calls: Call, jobs: int = 2, time_limit: float = 20) -> list[Answer]:
    return sorted(answers(calls, jobs=jobs, time_limit=time_limit), key=lambda answer: answer.number)


def test_answers_carry_the_number_of_their_call() -> None:
    found = ask(*(Call(operator.mul, (k, k)) for k in range(5)))
    assert [(answer.number, answer.value, answer.error) for answer in found] == [(k, k * k, None) for k in range(5)]


def test_no_call_gives_no_answer() -> None:
    assert ask() == []


def test_every_call_has_a_process_of_its_own() -> None:
    found = ask(*[Call(os.getpid, ())] * 3, jobs=1)
    assert len({answer.value for answer in found} | {os.getpid()}) == 4


def test_an_exception_is_the_answers_error_and_leaves_the_other_calls() -> None:
    wrong, right = ask(Call(operator.truediv, (1, 0)), Call(operator.truediv, (6, 2)))
    assert isinstance(wrong.error, ZeroDivisionError)
    assert right.value == 3


def test_an_input_error_arrives_whole() -> None:
    (answer,) = ask(Call(parse_selection, ("(",)))
    assert isinstance(answer.error, InputError)
    assert "a part of a claim's id was expected" in answer.error.message


def test_a_call_beyond_the_time_limit_is_killed_and_leaves_the_other_calls() -> None:
    start = time.monotonic()
    slow, quick = ask(Call(time.sleep, (60,)), Call(operator.add, (1, 1)), time_limit=1.5)
    assert isinstance(slow.error, TimeoutError)
    assert quick.value == 2
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("call", "manner"),
    [
        (Call(os._exit, (7,)), "exit code 7"),
        (Call(signal.raise_signal, (signal.SIGKILL,)), "SIGKILL"),
    ],
)
def test_a_process_that_dies_is_said_to_have_died(call: Call, manner: str) -> None:
    (answer,) = ask(call)
    assert isinstance(answer.error, Died)
    assert manner in str(answer.error)


def test_a_call_that_asks_for_too_much_memory_gets_a_memory_error() -> None:
    (answer,) = ask(Call(bytearray, (10**12,)))
    assert isinstance(answer.error, MemoryError)


def test_an_answer_that_cannot_be_pickled_is_an_error() -> None:
    (answer,) = ask(Call(memoryview, (b"",)))
    assert "pickle" in str(answer.error)


def test_closing_the_answers_ends_what_still_runs() -> None:
    start = time.monotonic()
    with closing(answers([Call(operator.add, (1, 1)), Call(time.sleep, (60,))], jobs=2, time_limit=60)) as arriving:
        assert next(arriving).value == 2
    assert time.monotonic() - start < 10


def test_the_environment_is_as_before() -> None:
    before = dict(os.environ)
    ask(Call(operator.add, (1, 1)))
    assert dict(os.environ) == before
