"""derive's rows: ``derive.testing`` on NumPy code, and on PyTorch code of which only values in doubles are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.testing import check_gradient, check_jacobian

from .problems import Problem
from .verdicts import Answer, Check, Checker, Verdict

VERDICTS = {"agrees": Verdict.ACCEPTED, "differs": Verdict.REJECTED, "undecided": Verdict.ABSTAINED}


def numpy_code(problem: Problem, seed: int) -> Check:
    return _checked(problem.value(), problem.claimed(), problem.x, seed)


def torch_code(problem: Problem, seed: int) -> Check:
    import torch

    torch.set_num_threads(1)
    claimed = problem.claimed()
    return _checked(problem.value(torch), lambda x: torch.from_numpy(claimed(x.numpy())), torch.tensor(problem.x), seed)


def _checked(value: Callable[[Any], Any], claimed: Callable[[Any], Any], x: Any, seed: int) -> Check:
    check = check_gradient if len(value(x).shape) == 0 else check_jacobian

    def run() -> Answer:
        finding = check(value, claimed, x, seed=seed)
        return Answer(VERDICTS[finding.verdict], kink_named=finding.kink is not None)

    return run


OWN = (
    Checker("derive", numpy_code, "derive-check"),
    Checker("derive, torch values alone", torch_code, "torch"),
)
