"""Chance at an instance: draws of random symbols, events decided for each draw, and tests that count.

The deterministic symbols of a claim have values here; what is left is an event, and how often it happens.
"""
