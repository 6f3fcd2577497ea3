"""The size of the terms of an expression on a tape: what cancels in a difference still counts."""

from __future__ import annotations

import numpy as np

from derive.attack import linear
from derive.attack.recorded import TracedScope
from derive.attack.tape import Node
from derive.evaluate.rearrange import rearranged
from derive.language.arrays import Composite, Diag, Norm, Vec
from derive.language.derivatives import Definition
from derive.language.tensor import Add, Index, MatMul, Multiply, Negative, Sum, Tensor, Transpose


def magnitude(node: Tensor, here: TracedScope) -> Node:
    """Entry by entry: terms of sums added up without their signs, down to what is no sum or product."""
    match node:
        case Add(left=left, right=right):
            return magnitude(left, here) + magnitude(right, here)
        case Multiply(left=left, right=right):
            return magnitude(left, here) * magnitude(right, here)
        case MatMul(left=left, right=right):
            return linear.plain(linear.product(magnitude(left, here), magnitude(right, here)))
        case Sum(operand=operand, axes=axes, keepdims=keepdims):
            return linear.plain(linear.total(magnitude(operand, here), axes, keepdims))
        case Negative(operand=operand) | Definition(operand=operand):
            return magnitude(operand, here)
        case Transpose(operand=operand) | Index(operand=operand) | Vec(operand=operand):
            below = magnitude(operand, here)
            return linear.plain(linear.taken(below, lambda array: rearranged(node, array, here.indices)))
        case Diag(operand=operand) if node.ndim == 1:
            return linear.plain(linear.taken(magnitude(operand, here), np.diagonal))
        case Composite() if not isinstance(node, Norm):
            return magnitude(here.tally.expanded(node), here)
    value = linear.plain(here.value(node))
    return value.tape.entrywise("abs", value)
