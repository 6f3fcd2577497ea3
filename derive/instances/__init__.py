"""Instances: sizes, positions and exact values drawn so that every hypothesis of a claim certainly holds."""
