"""Make the fonts of the HTML report: ``python subset.py DIRECTORY`` with Latin Modern's folder ``opentype/public``.

The subsets are fixed, not made for each report: browsers map letters to mathematical italics when they lay a formula
out, after any scan of its text. Needs fonttools and brotli; run once, by hand, with the fonts of Debian's lmodern.
"""

import sys
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

MATHEMATICS = (
    "20-7E,A0-FF,131,237,2C6-2DD,300-338,391-3F6,2002-200B,2010-2027,2032-2037,2044,2057,2061-2064,20D0-20F0,"
    "2102-214F,2190-21FF,2200-22FF,2308-230B,2320-2321,239B-23B8,23DC-23E1,25A0-25FF,27E6-27EF,27F5-27FF,"
    "2A00-2A06,2A3F,2A7D-2ABA,1D400-1D4CF,1D504-1D56B,1D5A0-1D607,1D6A4-1D7EB,FE00"
)
PROSE = "20-7E,A0-17F,2010-2026,2190-2193,2212,FB00-FB04"
FONTS = {
    "lm-math/latinmodern-math.otf": ("Derive Math", MATHEMATICS, ["dtls", "ssty"]),
    "lm/lmroman10-regular.otf": ("Derive Roman", PROSE, ["kern", "liga"]),
    "lm/lmroman10-italic.otf": ("Derive Roman Italic", PROSE, ["kern", "liga"]),
    "lm/lmroman10-bold.otf": ("Derive Roman Bold", PROSE, ["kern", "liga"]),
}


BEARING = 110


def trim_brackets(font: TTFont) -> None:
    """Give tall brackets narrow side bearings.

    MathML Core makes a stretched bracket as wide as its widest variant, so that a bracket barely stretched stands in
    blank space otherwise.
    """
    variants = font["MATH"].table.MathVariants
    for name, construction in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True):
        if name not in {font.getBestCmap()[ord(bracket)] for bracket in "()[]{}⟨⟩"}:
            continue
        for record in construction.MathGlyphVariantRecord[1:]:
            trim(font, [record.VariantGlyph])
        if construction.GlyphAssembly:
            trim(font, sorted({part.glyph for part in construction.GlyphAssembly.PartRecords}))


def trim(font: TTFont, together: list[str]) -> None:
    """Move glyphs by one distance, so that BEARING is left before and behind their common box."""
    glyphs, top = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0]
    boxes = []
    for name in together:
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        boxes.append(pen.bounds)
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    width = round(right - left + 2 * BEARING)
    for name, box in zip(together, boxes, strict=True):
        pen = T2CharStringPen(width, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, BEARING - left, 0)))
        top.CharStrings[name] = pen.getCharString(top.Private, font["CFF "].cff.GlobalSubrs)
        font["hmtx"][name] = (width, round(box[0] + BEARING - left))


def subset(source: Path, name: str, unicodes: str, features: list[str]) -> None:
    """Write the renamed subset beside this file; a changed font of Latin Modern is to have a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=features, hinting=False, desubroutinize=True, drop_tables=["FFTM"]))
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    if "MATH" in font:
        trim_brackets(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    font["CFF "].cff.fontNames = [name.replace(" ", "")]
    font.flavor = "woff2"
    font.save(Path(__file__).with_name(name.lower().replace(" ", "-") + ".woff2"))


if __name__ == "__main__":
    for path, choice in FONTS.items():
        subset(Path(sys.argv[1]) / path, *choice)
