"""Bounds on probabilities: concentration lemmas as rules that derive them, with their proof trees."""
