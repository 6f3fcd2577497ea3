"""Inequalities between scalars, as nonnegative combinations of products of the hypotheses (Krivine and Stengle)."""
