"""A diagnosis as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from derive.diagnosis.diagnose import Diagnosis


def table(diagnosis: Diagnosis) -> Iterator[str]:
    """The words, the cosine and the norm ratio, and the wrong entries, the worst first."""
    if diagnosis.wrong:
        yield f"  {diagnosis.wrong} of {diagnosis.total} entries differ"
    yield from (f"  {words}" for words in diagnosis.words)
    if diagnosis.cosine is not None and diagnosis.norm_ratio is not None:
        yield f"  cosine {diagnosis.cosine:.6g}, norm ratio {diagnosis.norm_ratio:.6g} (claimed over reference)"
    rows = [("entry", "claimed", "reference", "absolute", "relative")]
    for entry in diagnosis.entries:
        relative = "" if entry.relative is None else f"{entry.relative:.1e}"
        place = f"[{', '.join(map(str, entry.index))}]"
        rows.append((place, entry.claimed, entry.reference, f"{entry.absolute:.1e}", relative))
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
    more = diagnosis.wrong - len(diagnosis.entries)
    if more > 0:
        yield f"  ... and {more} more of {diagnosis.total} entries"
