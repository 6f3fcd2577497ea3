"""Estimates of derivatives from values alone, each with an error bar of its own: nothing here knows an expression."""
