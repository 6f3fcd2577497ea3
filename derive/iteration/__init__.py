"""Iterations: runs in doubles, what a claim says of each number of steps, and what its induction asks for."""
