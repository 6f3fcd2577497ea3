"""Enclosures: inequalities certified on bounded domains at stated sizes, by branch and bound."""
