"""SARIF 2.1.0, which code-scanning services read: a result a claim that falls, and a note a flag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from derive.formats.wording import message
from derive.record import ClaimRecord, FlagRecord, Record, Verdict

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

PLANTED = "planted-error"

RULES: dict[str, str] = {
    Verdict.REFUTED: "The claim is false: an exact witness violates it.",
    Verdict.VACUOUS: "No instance satisfies the hypotheses.",
    Verdict.ILL_POSED: "The claim says nothing as typed.",
    Verdict.UNDECIDED: "The claim could not be decided.",
    Verdict.BROKEN: "The methods contradict each other, or one of them failed.",
    Verdict.PROVED: "The claim was announced as false and is proved.",
    Verdict.CERTIFIED: "The claim was announced as false and is certified.",
    Verdict.SUPPORTED: "The claim was announced as false and is not refuted.",
    PLANTED: "An error planted in the claim was not found.",
}

_LEVELS = {Verdict.UNDECIDED: "warning", Verdict.VACUOUS: "warning"}


def write(record: Record) -> str:
    """``record`` as SARIF; a result keeps its fingerprint while its claim's id and verdict stay."""
    claims = [claim for paper in record.papers for claim in paper.claims]
    flagged = [(claim, flag) for claim in claims for flag in claim.flags]
    driver = {
        "name": "derive",
        "version": record.versions.get("derive-check", "0"),
        "rules": [
            {"id": rule, "shortDescription": {"text": text}} for rule, text in (RULES | _flag_rules(flagged)).items()
        ],
    }
    errors = [
        {"level": "error", "message": {"text": paper.error}, "descriptor": {"id": "input"}}
        for paper in record.papers
        if paper.error
    ]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "results": [
            *(_result(claim) for claim in claims if not claim.in_order),
            *(_note(claim, flag) for claim, flag in flagged),
        ],
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": errors}],
        "columnKind": "unicodeCodePoints",
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(claim: ClaimRecord) -> dict[str, Any]:
    rule = _rule(claim)
    return _located(claim, rule, _LEVELS.get(claim.verdict, "error"), message(claim), _fingerprint(claim, rule))


def _note(claim: ClaimRecord, flag: FlagRecord) -> dict[str, Any]:
    return _located(claim, flag.code, "note", f"{claim.id}: {flag.text}", _fingerprint(claim, str(flag)))


def _located(claim: ClaimRecord, rule: str, level: str, text: str, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "partialFingerprints": {"claim/v1": fingerprint},
    }
    if claim.where:
        location = {
            "artifactLocation": {"uri": quote(claim.where.file)},
            "region": {"startLine": max(claim.where.line, 1)},
        }
        result["locations"] = [{"physicalLocation": location}]
    return result


def _flag_rules(flagged: Iterable[tuple[ClaimRecord, FlagRecord]]) -> dict[str, str]:
    return {code: f"A remark of the lint: {code}." for code in sorted({flag.code for _, flag in flagged})}


def _rule(claim: ClaimRecord) -> str:
    return PLANTED if claim.as_expected else str(claim.verdict)


def _fingerprint(claim: ClaimRecord, finding: str) -> str:
    return hashlib.sha256(f"{claim.id} {finding}".encode()).hexdigest()[:32]
