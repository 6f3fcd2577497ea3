"""Calls in processes of their own, a few at a time, each under a hard limit of time and memory.

Each call gets a fresh process, so that none sees what another left behind, and a run gives the same results whatever
the number of processes. They are forked from a server that has imported the mathematics once, so a process costs
milliseconds (pools that replace their workers by polling cost a quarter of a second each).
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Any

MEMORY_LIMIT = 8 * 2**30
"""Bytes of address space of one process: a call that asks for more gets a MemoryError, and the machine is spared."""

GRACE = 2.0
"""Seconds a process has to end after its answer."""

PRELOADED = ("derive.preloaded",)


class Died(Exception):
    """The process of a call ended without an answer; the message says how."""


@dataclass(frozen=True)
class Call:
    """``function(*arguments)``, both picklable."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Answer:
    """What came of the call numbered ``number``: its ``value``, or the ``error`` that it raised.

    The error is TimeoutError where the limit was reached and Died where the process ended otherwise.
    """

    number: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class _Running:
    number: int
    process: ForkServerProcess
    connection: Connection
    time_limit: float
    deadline: float


def cores() -> int:
    """The number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def answers(calls: Sequence[Call], *, jobs: int, time_limit: float) -> Generator[Answer, None, None]:
    """The answers as they come, ``jobs`` calls running at a time, none longer than ``time_limit`` seconds.

    Closing the generator ends what still runs.
    """
    context = _server()
    waiting = list(enumerate(calls))[::-1]
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_start(context, *waiting.pop(), time_limit))
            for ended in _ended(running):
                running.remove(ended)
                yield _answer(ended)
    finally:
        for left in running:
            _end(left, 0.0)


def _server() -> ForkServerContext:
    """The context whose processes are forked from the server, which is started where it does not run yet."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    surroundings = {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PYTHONSAFEPATH": "1",  # the working directory may hold a random.py
        "PYTHONHASHSEED": "0",  # the same order of sets in every run
        "OMP_NUM_THREADS": "1",  # one core a process
        "OPENBLAS_NUM_THREADS": "1",
    }
    with _environment(surroundings):
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """The environment with ``variables`` set, for what is started meanwhile."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start(context: ForkServerContext, number: int, call: Call, time_limit: float) -> _Running:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, call, time_limit), daemon=True)
    try:
        process.start()
    except (EOFError, ConnectionError) as error:
        raise RuntimeError("the server that processes are forked from has died; its message stands above") from error
    sender.close()
    return _Running(number, process, receiver, time_limit, time.monotonic() + time_limit)


def _run(sender: Connection, call: Call, time_limit: float) -> None:
    """Answer ``call``: the whole life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption ends
    _set_limits(time_limit)
    answer: tuple[Any, Exception | None]
    try:
        answer = (call.function(*call.arguments), None)
    except Exception as error:
        answer = (None, error)
    try:
        sender.send(answer)
    except Exception as error:  # an answer that cannot be pickled
        sender.send((None, TypeError(f"no picklable answer: {error}")))


def _set_limits(time_limit: float) -> None:
    import resource

    _lower(resource.RLIMIT_AS, MEMORY_LIMIT)
    _lower(resource.RLIMIT_CPU, math.ceil(time_limit + GRACE) + 1)  # should the parent be gone


def _lower(limit: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _ended(running: Sequence[_Running]) -> list[_Running]:
    """Those that have answered, died or reached their limit: waits until there is one."""
    first = min(each.deadline for each in running)
    ready = wait([each.connection for each in running], timeout=max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [each for each in running if each.connection in ready or each.deadline <= now]


def _answer(ended: _Running) -> Answer:
    if not ended.connection.poll():
        _end(ended, 0.0)
        return Answer(ended.number, error=TimeoutError(f"time limit of {ended.time_limit:g} s"))
    try:
        value, error = ended.connection.recv()
    except EOFError:
        ended.process.join(GRACE)
        return Answer(ended.number, error=Died(_manner(ended.process.exitcode)))
    except Exception as failure:  # an answer that cannot be read
        return Answer(ended.number, error=Died(f"its answer cannot be read: {failure}"))
    finally:
        _end(ended, GRACE)
    return Answer(ended.number, value, error)


def _end(running: _Running, grace: float) -> None:
    running.process.join(grace)
    if running.process.is_alive():
        running.process.kill()
        running.process.join()
    running.connection.close()


def _manner(exitcode: int | None) -> str:
    """How a process ended, in words."""
    if exitcode is None or exitcode >= 0:
        return f"its process ended without an answer, exit code {exitcode}"
    return f"its process was killed by {signal.Signals(-exitcode).name}"
