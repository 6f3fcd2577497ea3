"""JUnit's XML, which every CI service reads: a suite a paper, a case a claim."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from derive.formats.wording import message, remark
from derive.record import ClaimRecord, PaperRecord, Record, Verdict

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(record: Record) -> str:
    """``record`` as JUnit XML; an unexpected ``broken`` verdict is an error, any other unexpected one a failure."""
    root = ET.Element("testsuites", name="derive")
    for paper in record.papers:
        root.append(_suite(paper))
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(paper: PaperRecord) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(paper.id))
    suite.extend(_case(paper, claim) for claim in paper.claims)
    if paper.error:
        case = ET.SubElement(suite, "testcase", classname=_clean(paper.id), name="load", time="0.000")
        ET.SubElement(case, "error", message=_clean(paper.error), type="input")
    _count(suite)
    return suite


def _case(paper: PaperRecord, claim: ClaimRecord) -> ET.Element:
    case = ET.Element(
        "testcase", classname=_clean(paper.id), name=_clean(claim.id.partition("/")[2]), time=f"{claim.seconds:.3f}"
    )
    if claim.where:
        case.set("file", _clean(claim.where.file))
        case.set("line", str(claim.where.line))
    if not claim.in_order:
        tag = "error" if claim.verdict is Verdict.BROKEN else "failure"
        element = ET.SubElement(case, tag, message=_clean(message(claim)), type=str(claim.verdict))
        element.text = _clean(
            "\n".join(filter(None, [claim.reason, claim.difference_text or claim.difference_tex, claim.reproduce]))
        )
    else:
        ET.SubElement(case, "system-out").text = _clean("; ".join(filter(None, [str(claim.verdict), remark(claim)])))
    return case


def _count(element: ET.Element) -> None:
    listed = list(element.iter("testcase"))
    element.set("tests", str(len(listed)))
    element.set("failures", str(sum(case.find("failure") is not None for case in listed)))
    element.set("errors", str(sum(case.find("error") is not None for case in listed)))
    element.set("time", f"{sum(float(case.get('time', '0')) for case in listed):.3f}")


def _clean(text: str) -> str:
    """``text`` without the characters that XML cannot carry."""
    return _NOT_XML.sub("�", text)
