"""Witnesses of refutations: found near a difference, verified without floats, made simple."""
