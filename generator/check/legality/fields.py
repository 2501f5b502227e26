"""Family L, the part that reads fields: scope and the recorded review."""

from collections.abc import Iterator

from generator.catalog import row_of
from generator.check.finding import on_item
from generator.diagnostic import Diagnostic
from generator.model import Repository
from generator.rules import legality as rules
from generator.source.labels import labelled

_KEYS = ("drafted", "secrecy", "approved", "on")


def findings(repository: Repository) -> Iterator[Diagnostic]:
    """Every finding of the family over the whole repository."""
    for item in repository.items:
        if item.audience == "本单位" and repository.site.edition == "public":
            yield on_item(
                item,
                rules.INTERNAL,
                "audience",
                "写明只对本单位公开的内容在公开仓库里",
                "移到内部仓库；确要公开的，重新审查后改 `audience`",
            )
        row = row_of(repository.catalog, item)
        review = item.review
        if row is not None and row.review_required and item.imported is None:
            lacking = [k for k in _KEYS if review is None or getattr(review, k) is None]
            if lacking:
                listed = "、".join(labelled(key) for key in lacking)
                yield on_item(
                    item,
                    rules.REVIEW_MISSING,
                    "review category",
                    f"「{item.category}」公开前要审查，缺少{listed}",
                    "加 `review: {drafted: …, secrecy: …, approved: …, on: …}`",
                )
        if review is not None and review.drafted and review.drafted == review.approved:
            yield on_item(
                item,
                rules.SAME_PERSON,
                "review.approved review",
                f"拟稿和签批都是「{review.drafted}」",
                "由另一个岗位签批",
            )
