"""What a run leaves behind: the record, written as ``results.json``.

Every report is rendered from a :class:`Record` alone, so whatever a reader is to see has to stand here. Formulas are
TeX without delimiters, numbers of a witness are exact rationals written as strings, times are seconds.
``docs/results-schema.md`` describes the file for readers of other languages.
"""

from __future__ import annotations

from derive.record.bracket import BracketRecord, ParameterRecord, SampleRecord
from derive.record.certificate import CaseRecord, CertificateRecord, ParameterRangeRecord
from derive.record.chain import (
    ChainRecord,
    ConditionalRecord,
    ConditionRecord,
    ExtremeRecord,
    LemmaRecord,
    PremiseRecord,
    SharedRecord,
)
from derive.record.claim import ClaimRecord, StepRecord, WhereRecord
from derive.record.combination import (
    CombinationRecord,
    FactRecord,
    InstanceRecord,
    PositivityRecord,
    ProductRecord,
    ReadingRecord,
)
from derive.record.diagnosis import DiagnosisRecord, EntryRecord, TermRecord
from derive.record.draws import DrawsRecord
from derive.record.evidence import EvidenceRecord, RemainderRecord
from derive.record.experiment import CurveRecord, ExperimentRecord
from derive.record.file import RecordError, decode, encode, read, write
from derive.record.flag import FlagRecord
from derive.record.frozen import Frozen
from derive.record.mutation import MutantRecord, MutationRecord
from derive.record.paper import SCHEMA, PaperRecord, Record, Totals, make_record, tally, verdict_counts
from derive.record.proof import ProofRecord, ProofStepRecord
from derive.record.statement import StatementRecord, SymbolRecord
from derive.record.verdicts import Outcome, Verdict
from derive.record.witness import Entries, WitnessRecord, written

__all__ = [
    "SCHEMA",
    "BracketRecord",
    "CaseRecord",
    "CertificateRecord",
    "ChainRecord",
    "ClaimRecord",
    "CombinationRecord",
    "ConditionRecord",
    "ConditionalRecord",
    "CurveRecord",
    "DiagnosisRecord",
    "DrawsRecord",
    "Entries",
    "EntryRecord",
    "EvidenceRecord",
    "ExperimentRecord",
    "ExtremeRecord",
    "FactRecord",
    "FlagRecord",
    "Frozen",
    "InstanceRecord",
    "LemmaRecord",
    "MutantRecord",
    "MutationRecord",
    "Outcome",
    "PaperRecord",
    "ParameterRangeRecord",
    "ParameterRecord",
    "PositivityRecord",
    "PremiseRecord",
    "ProductRecord",
    "ProofRecord",
    "ProofStepRecord",
    "ReadingRecord",
    "Record",
    "RecordError",
    "RemainderRecord",
    "SampleRecord",
    "SharedRecord",
    "StatementRecord",
    "StepRecord",
    "SymbolRecord",
    "TermRecord",
    "Totals",
    "Verdict",
    "WhereRecord",
    "WitnessRecord",
    "decode",
    "encode",
    "make_record",
    "read",
    "tally",
    "verdict_counts",
    "write",
    "written",
]
