"""The reviewer's report: what a proposal changes, what the public will see, what to confirm."""

from generator.report.review.acknowledge import must_be_named, named_in, warnings_of, words_for
from generator.report.review.changes import Became, NoBase, Proposal, proposal
from generator.report.review.form import form
from generator.report.review.report import Review, render

__all__ = [
    "Became",
    "NoBase",
    "Proposal",
    "Review",
    "form",
    "must_be_named",
    "named_in",
    "proposal",
    "render",
    "warnings_of",
    "words_for",
]
