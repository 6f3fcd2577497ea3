"""A linear program solved in floats by HiGHS, its solution made exact: the basis is solved in rationals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from flint import fmpq, fmpq_mat

Column = Mapping[int, fmpq]
"""The entries of a column that are not zero, by row."""


def nonnegative_solution(columns: Sequence[Column], goal: Sequence[fmpq]) -> list[fmpq] | None:
    """Exact ``x >= 0`` with ``sum_k x_k columns[k] = goal``, or None where none was found.

    The last column is made as large as it can be, so it has to be bounded by the equations.
    """
    chosen = _basis(columns, goal)
    if chosen is None:
        return None
    values = _exact(columns, goal, chosen)
    if values is None or any(value < 0 for value in values):
        return None
    found = dict(zip(chosen, values, strict=True))
    return [found.get(k, fmpq(0)) for k in range(len(columns))]


def _basis(columns: Sequence[Column], goal: Sequence[fmpq]) -> list[int] | None:
    """The columns that are basic in an optimal solution in floats; None where there is none."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs leave the constructor out
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.passModel(_program(columns, goal))
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    status = model.getBasis().col_status
    return [k for k, state in enumerate(status) if state == highspy.HighsBasisStatus.kBasic]


def _program(columns: Sequence[Column], goal: Sequence[fmpq]) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(columns), len(goal)
    program.col_cost_ = np.array([0.0] * (len(columns) - 1) + [-1.0])
    program.col_lower_ = np.zeros(len(columns))
    program.col_upper_ = np.full(len(columns), highspy.kHighsInf)
    program.row_lower_ = program.row_upper_ = np.array([float(value) for value in goal])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(column) for column in columns)])
    program.a_matrix_.index_ = np.array([row for column in columns for row in column], dtype=np.int32)
    program.a_matrix_.value_ = np.array([float(value) for column in columns for value in column.values()])
    return program


def _exact(columns: Sequence[Column], goal: Sequence[fmpq], chosen: Sequence[int]) -> list[fmpq] | None:
    """The exact values of the chosen columns; None where these do not solve the equations."""
    rows = [[columns[k].get(row, fmpq(0)) for k in chosen] + [value] for row, value in enumerate(goal)]
    reduced, rank = fmpq_mat(rows).rref()
    if rank != len(chosen) or any(reduced[k, k] != 1 for k in range(rank)):  # dependent, or without a solution
        return None
    return [reduced[k, len(chosen)] for k in range(rank)]
