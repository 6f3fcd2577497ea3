"""The bracket of an inequality: what an instance certainly reaches, what was derived and enclosed, what is claimed."""
