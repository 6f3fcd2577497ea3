"""The record itself, as ``derive report`` leaves it in ``results.json``."""

from derive.record import Record, encode


def write(record: Record) -> str:
    """``record`` as JSON."""
    return encode(record).decode()
