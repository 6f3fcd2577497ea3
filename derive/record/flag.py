"""The record of one remark of the lint."""

from __future__ import annotations

from derive.record.frozen import Frozen


class FlagRecord(Frozen, frozen=True, kw_only=True):
    """A remark beside a verdict: the stable ``code`` of its check, and ``text``, the reason in the author's symbols."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.text} [{self.code}]"
