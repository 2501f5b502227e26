"""Receipt chains: written as formats.md section 6 says, read strictly, broken in every way."""

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.history import (
    GENESIS,
    evidence,
    hash_of,
    line_bytes,
    read_receipts,
    seal_bytes,
    witness_bytes,
)
from tests.gitrepos import moment

START = moment("2026-10-30T09:12:00+08:00")


def chain(department: str, count: int, at_step: int = 60) -> list[bytes]:
    """Lines 1 to `count`, one run each, `at_step` seconds apart."""
    lines: list[bytes] = []
    prev = GENESIS
    for seq in range(1, count + 1):
        line = line_bytes(
            seq=seq,
            at=START + timedelta(seconds=at_step * (seq - 1)),
            kind="found" if seq == 1 else "first",
            department=department,
            item=f"{department}/2026/x-{seq}",
            slot=f"{department}/reception/2026-Q3" if seq % 2 else None,
            sha256=hashlib.sha256(str(seq).encode()).hexdigest(),
            due=date(2026, 11, 3) if seq % 2 else None,
            missing=("批次", "人均") if seq == 2 else (),
            commit="a" * 40,
            clock_given=seq == 3,
            prev=prev,
        )
        prev = hash_of(line)
        lines.append(line)
    return lines


def seals(chains: dict[str, list[bytes]], at_step: int = 60) -> list[bytes]:
    """One seal after each round of lines."""
    sealed: list[bytes] = []
    prev = GENESIS
    for seq in range(1, max(map(len, chains.values())) + 1):
        heads = {
            name: (min(seq, len(lines)), hash_of(lines[min(seq, len(lines)) - 1]))
            for name, lines in chains.items()
        }
        at = START + timedelta(seconds=at_step * (seq - 1))
        seal = seal_bytes(seq=seq, at=at, commit=None, heads=heads, clock_given=False, prev=prev)
        prev = hash_of(seal)
        sealed.append(seal)
    return sealed


def put(folder: Path, **files: list[bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(lines))


def rehash(line: bytes, old: bytes, new: bytes) -> bytes:
    """The line with a change and the right hash for it: what a careful forger writes."""
    assert old in line
    changed = line[:-76].replace(old, new)
    return changed + b',"hash":"' + hashlib.sha256(changed).hexdigest().encode() + b'"}\n'


def codes(folder: Path) -> list[tuple[str, int | None]]:
    return [(one.code, one.seq) for one in read_receipts(folder).breaks]


def test_a_line_has_the_promised_bytes() -> None:
    line = chain("chengguan", 2)[1]
    text = line.decode()
    assert text.endswith('"}\n') and " " not in text
    assert list(json.loads(text)) == [
        "seq", "at", "kind", "department", "item", "slot", "sha256", "due", "missing", "commit",
        "prev", "hash",
    ]  # fmt: skip
    assert text.startswith(
        '{"seq":2,"at":"2026-10-30T09:13:00+08:00","kind":"first","department":"chengguan",'
        '"item":"chengguan/2026/x-2","slot":null,'
    )
    assert '"due":null,"missing":["批次","人均"],"commit":"aaaa' in text
    hashed = text[: text.index(',"hash":')].encode()
    assert json.loads(text)["hash"] == hashlib.sha256(hashed).hexdigest()


def test_a_given_clock_stands_before_prev() -> None:
    values = json.loads(chain("d", 3)[2])
    assert list(values)[-3:] == ["clock", "prev", "hash"] and values["clock"] == "given"


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    lines = {"d": chain("d", 4), "e": chain("e", 2)}
    put(tmp_path, site=seals(lines), **lines)
    (tmp_path / "d.jsonl.tmp").write_text("半截")
    (tmp_path / ".lock").write_text("")
    receipts = read_receipts(tmp_path)
    assert receipts.breaks == ()
    assert [line.seq for line in receipts.lines["d"]] == [1, 2, 3, 4]
    second = receipts.lines["d"][1]
    assert (second.slot, second.due, second.missing) == (None, None, ("批次", "人均"))
    assert second.at == START + timedelta(minutes=1) and not second.clock_given
    assert receipts.lines["d"][2].clock_given
    assert receipts.seals[-1].heads == {
        "d": (4, hash_of(lines["d"][3])),
        "e": (2, hash_of(lines["e"][1])),
    }


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    receipts = read_receipts(tmp_path / "receipts")
    assert (receipts.lines, receipts.seals, receipts.breaks) == ({}, (), ())


Tamper = Callable[[list[bytes]], list[bytes]]
ITEM = b'"item":"d/2026/x-3"'
TAMPERED: list[tuple[str, Tamper, list[tuple[str, int | None]]]] = [
    ("last line cut", lambda c: [*c[:4], c[4][:90]], [("torn-line", 5)]),
    ("last LF gone", lambda c: [*c[:4], c[4][:-1]], [("torn-line", 5)]),
    ("middle line cut", lambda c: [*c[:2], c[2][:90] + b"\n", *c[3:]], [("torn-line", 3)]),
    ("empty line", lambda c: [*c[:2], b"\n", *c[2:]], [("torn-line", 3)]),
    ("not UTF-8", lambda c: [*c[:4], c[4], b"\xff\n"], [("torn-line", 6)]),
    ("deep JSON", lambda c: [*c, b"[" * 100_000 + b"\n"], [("torn-line", 6)]),
    (
        "content edited",
        lambda c: [*c[:2], c[2].replace(ITEM, b'"item":"d/2026/y-3"'), *c[3:]],
        [("edited-line", 3)],
    ),
    ("seq edited", lambda c: [c[0].replace(b'"seq":1', b'"seq":7'), *c[1:]], [("edited-line", 1)]),
    (
        "hash edited",
        lambda c: [*c[:2], c[2][:-67] + b"0" * 64 + c[2][-3:], *c[3:]],
        [("edited-line", 3)],
    ),
    (
        "content edited and rehashed",
        lambda c: [*c[:2], rehash(c[2], ITEM, b'"item":"d/2026/y-3"'), *c[3:]],
        [("bad-prev", 4)],
    ),
    ("line removed", lambda c: [*c[:2], *c[3:]], [("bad-seq", 4)]),
    ("line doubled", lambda c: [*c[:3], c[2], *c[3:]], [("bad-seq", 3)]),
    ("seq from 2", lambda c: [rehash(c[0], b'"seq":1', b'"seq":2')], [("bad-seq", 2)]),
    ("first prev", lambda c: [rehash(c[0], b'prev":"0', b'prev":"1')], [("bad-prev", 1)]),
    (
        "time back",
        lambda c: [*c[:4], rehash(c[4], b"T09:16", b"T09:06")],
        [("time-backwards", 5)],
    ),
    ("line of another", lambda c: [*c[:2], chain("e", 1)[0], *c[2:]], [("foreign-line", 3)]),
    ("a seal among lines", lambda c: [*c, seals({"d": c})[0]], [("foreign-line", 6)]),
    ("no hash", lambda c: [*c[:4], c[4], b'{"seq":6}\n'], [("foreign-line", 6)]),
]  # fmt: skip
FIELDS: list[tuple[bytes, bytes]] = [
    (b'"kind":"first"', b'"kind":"second"'),
    (b'"item":"d/', b'"item":"e/'),
    (b'"item":"d/2026/x-5"', b'"item":"d/2026/../x"'),
    (b'"slot":"d/', b'"slot":"e/'),
    (b'"slot":"d/reception/2026-Q3"', b'"slot":7'),
    (b'"seq":5', b'"seq":5.0'),
    (b'"seq":5', b'"seq":true'),
    (b'"at":"2026-10-30T09:16:00+08:00"', b'"at":"2026-10-30T01:16:00Z"'),
    (b'"at":"2026-10-30T', b'"at":"2026-02-30T'),
    (b'"due":"2026-11-03"', b'"due":"20261103"'),
    (b'"missing":[]', b'"missing":null'),
    (b'"missing":[]', b'"missing":[1]'),
    (b'"commit":"aaaa', b'"commit":"AAAA'),
    (b',"due":', b',"note":"x","due":'),
    (b'"missing":[],', b""),
    (b'{"seq":5', b'{"seq": 5'),
    (b'{"seq":5', b'{"seq":1,"seq":5'),
    (b'"missing":[]', b'"missing":["\\ud800"]'),
    (b'"prev":', b'"clock":"mine","prev":'),
]


@pytest.mark.parametrize(("tamper", "expected"), [t[1:] for t in TAMPERED], ids=lambda v: "")
def test_a_broken_chain_is_named_once(
    tmp_path: Path, tamper: Tamper, expected: list[tuple[str, int | None]]
) -> None:
    whole = chain("d", 5)
    broken = tamper(whole)
    assert broken != whole
    put(tmp_path, d=broken, site=seals({"d": whole}))
    assert codes(tmp_path) == expected


@pytest.mark.parametrize(("old", "new"), FIELDS)
def test_a_field_that_does_not_belong_makes_a_foreign_line(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    whole = chain("d", 5)
    put(tmp_path, d=[*whole[:4], rehash(whole[4], old, new)], site=seals({"d": whole}))
    (one,) = read_receipts(tmp_path).breaks
    assert (one.code, one.department, one.path) == ("foreign-line", "d", "d.jsonl")


def test_escaped_han_characters_are_compact_json_too(tmp_path: Path) -> None:
    second = chain("d", 2)[1]
    escaped = rehash(second, "批次".encode(), b"\\u6279\\u6b21")
    escaped = rehash(escaped, "人均".encode(), b"\\u4eba\\u5747")
    lines = [chain("d", 1)[0], escaped]
    put(tmp_path, d=lines, site=seals({"d": lines}))
    assert codes(tmp_path) == []


def test_a_dead_runs_tail_is_legal(tmp_path: Path) -> None:
    lines = chain("d", 4)
    put(tmp_path, d=lines, site=seals({"d": lines[:3]}))
    assert codes(tmp_path) == []


def test_lines_without_any_seal_are_unsealed(tmp_path: Path) -> None:
    put(tmp_path, d=chain("d", 2))
    assert codes(tmp_path) == [("unsealed", None)]


def test_a_chain_shorter_than_its_seal_lost_its_tail(tmp_path: Path) -> None:
    lines = chain("d", 4)
    put(tmp_path, d=lines[:2], site=seals({"d": lines}))
    assert codes(tmp_path) == [("lost-tail", 3)]
    (tmp_path / "d.jsonl").unlink()
    assert codes(tmp_path) == [("lost-tail", 1)]


def test_a_chain_rewritten_from_some_line_on_is_unsealed(tmp_path: Path) -> None:
    lines = chain("d", 3)
    forged = [*lines[:2], rehash(lines[2], ITEM, b'"item":"d/2026/y-3"')]
    put(tmp_path, d=forged, site=seals({"d": lines}))
    assert codes(tmp_path) == [("unsealed", 3)]


def test_a_line_slipped_in_before_a_seal_is_unsealed(tmp_path: Path) -> None:
    lines = chain("d", 3)
    old = rehash(lines[2], b"T09:14", b"T09:13")
    sealed = seals({"d": lines[:2], "e": chain("e", 3)})
    put(tmp_path, d=[*lines[:2], old], e=chain("e", 3), site=sealed)
    assert codes(tmp_path) == [("unsealed", 3)]


def test_a_seal_with_less_than_the_one_before_is_unsealed(tmp_path: Path) -> None:
    lines = {"d": chain("d", 2), "e": chain("e", 2)}
    first = seals(lines)[0]
    shrunk = seal_bytes(
        seq=2,
        at=START + timedelta(minutes=1),
        commit=None,
        heads={"d": (2, hash_of(lines["d"][1]))},
        clock_given=True,
        prev=hash_of(first),
    )
    put(tmp_path, site=[first, shrunk], **lines)
    assert codes(tmp_path) == [("unsealed", 2)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"seq":3', b'"seq":4', "bad-seq"),
        (b"T09:14", b"T09:02", "time-backwards"),
        (b'"prev":"', b'"by":"me","prev":"', "foreign-line"),
        (b'"heads":{', b'"heads":{"z":[0,""],', "foreign-line"),
    ],
)
def test_seals_are_a_chain_of_their_own(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    lines = chain("d", 3)
    sealed = seals({"d": lines})
    put(tmp_path, d=lines, site=[*sealed[:2], rehash(sealed[2], old, new)])
    (one,) = read_receipts(tmp_path).breaks
    assert (one.code, one.department, one.path) == (code, None, "site.jsonl")


def test_witnesses_are_read_and_their_chain_held(tmp_path: Path) -> None:
    seen: list[bytes] = []
    for seq in (4, 2):
        prev = hash_of(seen[-1]) if seen else GENESIS
        seen.append(
            witness_bytes(
                at=START,
                source="https://example.gov.cn/",
                seq=seq,
                head="b" * 64,
                clock_given=True,
                prev=prev,
            )
        )
    put(tmp_path, witness=seen)
    receipts = read_receipts(tmp_path)
    assert receipts.breaks == ()
    assert [(one.source, one.seq) for one in receipts.witnessed] == [
        ("https://example.gov.cn/", 4),
        ("https://example.gov.cn/", 2),
    ]
    put(tmp_path, witness=[seen[1]])
    assert codes(tmp_path) == [("bad-prev", 2)]


def test_evidence_leaves_broken_lines_and_later_days_out(tmp_path: Path) -> None:
    lines = chain("d", 3, at_step=86_400)
    put(tmp_path / "r", d=lines, site=seals({"d": lines}, at_step=86_400))
    known = evidence(tmp_path, tmp_path / "r", {})
    assert [line.seq for line in known.lines["d"]] == [1, 2, 3]
    known = evidence(tmp_path, tmp_path / "r", {}, date(2026, 10, 31))
    assert [line.seq for line in known.lines["d"]] == [1, 2] and len(known.seals) == 2
    put(tmp_path / "r", d=[lines[0].replace(b"x-1", b"y-1"), *lines[1:]])
    known = evidence(tmp_path, tmp_path / "r", {})
    assert [line.seq for line in known.lines["d"]] == [2, 3]


def test_twenty_thousand_lines_are_read_in_two_seconds_of_cpu(tmp_path: Path) -> None:
    lines = chain("d", 20_000)
    put(tmp_path, d=lines, site=seals({"d": lines[:400]}))
    began = time.process_time()
    assert read_receipts(tmp_path).breaks == ()
    assert time.process_time() - began < 2
