"""One slot's due day, evidence and status (formats.md section 4, rules 3 to 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.article import Article
from generator.article.elements import missing as missing_elements
from generator.catalog import Facts, excepted, frozen, reckon, rolls, settle
from generator.ledger.draft import SlotDraft
from generator.ledger.evidence import Chain, Proof, prove
from generator.ledger.lateness import late_days, lateness
from generator.model import (
    Due,
    DueState,
    Event,
    Evidence,
    Exemption,
    ExemptionKind,
    Grade,
    Item,
    Judge,
    Roll,
    Slot,
    Standing,
    Status,
    Unit,
    Within,
)
from generator.workdays import Workdays


@dataclass(frozen=True)
class Bench:
    """What every slot is judged with."""

    workdays: Workdays
    evidence: Evidence
    chain: Chain
    articles: Mapping[str, Article]
    exemptions: Sequence[Exemption]
    judge: Judge
    as_of: date
    processes: Mapping[str, tuple[Item, ...]]
    """Process → the items of the department under judgement that stand public."""

    def slot(self, draft: SlotDraft) -> Slot | None:
        """The slot, judged; None for an empty one that was due before `since`."""
        chosen, proof, due = self._choose(draft)
        if chosen is None and due.day is not None and due.day < self.judge.since:
            return None
        na, reason, late = self._not_applicable(draft, due, chosen)
        due = replace(due, late=(*due.late, *late))
        missing = self._missing(draft, chosen, proof)
        status = self._status(draft, chosen, proof, due, na, missing)
        days: int | None = None
        working: int | None = None
        until = self.as_of if status is Status.MISS else (proof.judged_on if proof else None)
        if (
            due.day is not None
            and until is not None
            and (status in (Status.MISS, Status.LATE, Status.OK, Status.NIL, Status.PART))
        ):
            days, working = 0, 0
            if until > due.day:
                days, working = late_days(due.day, until, self.workdays)
        left = None
        if status in (Status.OPEN, Status.SOON) and due.day is not None and due.day >= self.as_of:
            left = self.workdays.between(self.as_of, due.day)
        word = self._word(status, due)
        event = self._event(draft, chosen)
        return Slot(
            key=draft.key,
            department=draft.department,
            row=draft.row,
            period=draft.period,
            process=draft.process,
            stage=draft.stage.name if draft.stage else None,
            section=draft.section or draft.row.section,
            result=draft.notice is not None,
            event_kind=event[0],
            event_date=event[1],
            due=due,
            item=chosen,
            public=proof.public if proof else None,
            judged_on=proof.judged_on if proof else None,
            status=status,
            word=word,
            label=lateness(status, days, working) or word,
            days_late=days,
            workdays_late=working,
            workdays_left=left,
            nil=bool(chosen and chosen.nil),
            missing=missing,
            flags=self._flags(draft, chosen, proof, due),
            reason=reason,
            document=due.document,
            others=tuple(item for item in draft.items if chosen and item.id != chosen.id),
        )

    # -- which item, since when, by when --------------------------------------------------

    def _choose(self, draft: SlotDraft) -> tuple[Item | None, Proof | None, Due]:
        if not draft.items:
            return None, None, self._due(draft, None)
        ranked = []
        for item in draft.items:
            due = self._due(draft, item)
            lines = self.chain.lines(draft.key, item)
            proof = prove(self.evidence, item, lines, due.day, self.as_of)
            at = proof.public.at.isoformat() if proof.public else "9999"
            ranked.append(((at, item.id), item, proof, due))
        _, item, proof, due = min(ranked, key=lambda r: r[0])
        return item, proof, due

    def _due(self, draft: SlotDraft, item: Item | None) -> Due:
        rule = draft.stage.due if draft.stage else draft.row.due
        row = draft.row
        latest = row.latest
        began = max(
            row.valid_from or date.min, draft.department.start or date.min, self.judge.since
        )
        if draft.notice is not None and draft.notice.notice is not None:
            assert row.result_within is not None
            rule = Within(row.result_within, Event.NOTICE_END, Roll.NEXT)
            notice_end: date | None = draft.notice.notice.last
        else:
            notice_end = item.notice.last if item and item.notice else None
        facts = Facts(
            period=draft.period,
            formed=item.formed if item else None,
            notice_end=notice_end,
            stage_before=draft.before,
            began=began if isinstance(rule, Standing) else None,
        )
        due = reckon(rule, facts, self.workdays, basis=row.basis, local=row.local, latest=latest)
        selected = [e for e in self.exemptions if self._selects(e, draft, item)]
        due = settle(due, rolls(rule), selected, self.workdays)
        rejudged = next(
            (
                e
                for e in selected
                if e.kind is ExemptionKind.REJUDGE and (e.on is None or e.on <= self.as_of)
            ),
            None,
        )
        if rejudged is not None:
            return replace(due, document=rejudged.document)
        line = self.chain.first(draft.key)
        if line is not None and line.due is not None:
            due = frozen(due, line.due, line.at.date(), line.seq)
        return due

    def _selects(self, exemption: Exemption, draft: SlotDraft, item: Item | None) -> bool:
        if exemption.slot is not None:
            return exemption.slot == draft.key
        if exemption.department != draft.department.folder:
            return False
        if exemption.item is not None:
            return item is not None and exemption.item == item.id and not draft.notice
        if exemption.category is not None and exemption.category != draft.row.category:
            return False
        if exemption.period is not None:
            return draft.period is not None and exemption.period == draft.period.key
        return exemption.category is not None

    def _not_applicable(
        self, draft: SlotDraft, due: Due, item: Item | None
    ) -> tuple[bool, str | None, tuple[Exemption, ...]]:
        reason = excepted(draft.row, draft.department)
        if reason is not None:
            return True, reason, ()
        late: list[Exemption] = []
        day = due.day or self.as_of
        for exemption in self.exemptions:
            if exemption.kind is not ExemptionKind.NOT_APPLICABLE:
                continue
            if not self._selects(exemption, draft, item):
                continue
            if exemption.on is not None and due.day is not None and exemption.on > due.day:
                late.append(exemption)
                continue
            first, last = exemption.first or date.min, exemption.last or date.max
            if first <= day <= last:
                return True, exemption.reason, tuple(late)
        return False, None, tuple(late)

    def _missing(self, draft: SlotDraft, item: Item | None, proof: Proof | None) -> tuple[str, ...]:
        if item is None or (item.withdrawn is not None and item.withdrawn.on <= self.as_of):
            return ()
        if proof is not None and proof.recorded_missing is not None:
            return proof.recorded_missing
        article = self.articles.get(item.id)
        if article is None:
            return ()
        members = self.processes.get(item.process or "", ())
        related = [self.articles[m.id] for m in members if m.id in self.articles]
        return missing_elements(draft.row, item, article, related)

    # -- the status -----------------------------------------------------------------------

    def _status(
        self,
        draft: SlotDraft,
        item: Item | None,
        proof: Proof | None,
        due: Due,
        na: bool,
        missing: tuple[str, ...],
    ) -> Status:
        if na:
            return Status.NA
        provisional = due.state is DueState.PROVISIONAL
        if item is None or proof is None:
            return self._empty(draft, due, provisional)
        day, judged = due.day, proof.judged_on
        if day is None or day < self.judge.since:
            return Status.SHOWN
        if provisional and judged is not None:
            announced = self.workdays.announced
            if judged > day or judged > date(announced[-1] if announced else 1, 12, 31):
                return Status.SHOWN
        if proof.public is None or (
            self.judge.from_ is Grade.RECEIPT and proof.public.grade is not Grade.RECEIPT
        ):
            return Status.DOUBT
        if judged is not None and judged > day:
            return Status.LATE
        if missing:
            return Status.PART
        return Status.NIL if item.nil else Status.OK

    def _empty(self, draft: SlotDraft, due: Due, provisional: bool) -> Status:
        for exemption in self.exemptions:
            if (
                exemption.kind is ExemptionKind.SUSPEND
                and exemption.until is not None
                and self._selects(exemption, draft, None)
                and exemption not in due.late
                and self.as_of <= exemption.until
            ):
                return Status.HELD
        if due.day is None:
            return Status.OPEN
        if self.as_of > due.day:
            return Status.OPEN if provisional else Status.MISS
        soon = self.judge.due_soon
        left = (
            self.workdays.between(self.as_of, due.day)
            if soon.unit is Unit.WORKDAYS
            else (due.day - self.as_of).days
        )
        return Status.SOON if left <= soon.count else Status.OPEN

    def _word(self, status: Status, due: Due) -> str:
        if status is Status.OPEN and due.day is None:
            return "未公开，未定期限"
        if status is Status.OPEN and due.day is not None and self.as_of > due.day:
            return "未到期，暂定"
        return status.word

    def _event(self, draft: SlotDraft, item: Item | None) -> tuple[str | None, date | None]:
        rule = draft.stage.due if draft.stage else draft.row.due
        if draft.notice is not None and draft.notice.notice is not None:
            return Event.NOTICE_END.value, draft.notice.notice.last
        if not isinstance(rule, Within):
            return None, None
        facts = Facts(
            draft.period,
            item.formed if item else None,
            item.notice.last if item and item.notice else None,
            draft.before,
        )
        day = facts.event(rule.after)
        return (rule.after.value, day) if day is not None else (None, None)

    def _flags(
        self, draft: SlotDraft, item: Item | None, proof: Proof | None, due: Due
    ) -> tuple[str, ...]:
        flags: list[str] = []
        if item is not None and proof is not None:
            day = proof.public.date if proof.public else None
            if proof.stub and proof.judged_on and due.day and proof.judged_on > due.day:
                flags.append("completed_late")
            if day is not None and item.formed is not None and item.formed > day:
                flags.append("formed_after_public")
            if day is not None and draft.period is not None and day <= draft.period.last:
                flags.append("before_period_end")
            if item.id in self.evidence.out_of_order:
                flags.append("out_of_order")
            if item.withdrawn is not None and item.withdrawn.on <= self.as_of:
                flags.append("withdrawn")
            if self._short(draft, item, day):
                flags.append("short_notice")
        if due.late:
            flags.append("exempted_late")
        return tuple(flags)

    def _short(self, draft: SlotDraft, item: Item, public: date | None) -> bool:
        display = draft.row.notice or draft.row.consult
        if item.notice is None or display is None or display.at_least is None:
            return False
        first = max(item.notice.first, public or item.notice.first)
        span = display.at_least
        return self.workdays.length(first, item.notice.last, span.unit) < span.count
