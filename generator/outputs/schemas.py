"""JSON Schemas of the open data, so that a reader's program can check what it fetched."""

from generator.model import DueState, Every, Grade, Status

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_Schema = dict[str, object]

_TEXT: _Schema = {"type": "string"}
_MAYBE: _Schema = {"type": ["string", "null"]}
_COUNT: _Schema = {"type": ["integer", "null"]}
_DAY: _Schema = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_FLAG: _Schema = {"type": "boolean"}
_WORDS: _Schema = {"type": "array", "items": _TEXT}


def items_schema() -> _Schema:
    """Of `items-<year>.json`."""
    return _file(
        "事项", "items",
        {
            "id": _TEXT, "url": _TEXT, "title": _TEXT, "category": _TEXT, "period": _TEXT,
            "formed": _DAY, "number": _MAYBE, "public": _public(), "slot": _MAYBE,
            "status": {"enum": [*(s.value for s in Status), None]},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
    )  # fmt: skip


def slots_schema() -> _Schema:
    """Of `slots-<year>.json`; the same record stands in `status --format json`."""
    return _file(
        "期次和状态", "slots",
        {
            "slot": _TEXT, "department": _TEXT, "row": _TEXT, "category": _TEXT, "class": _TEXT,
            "every": {"enum": [every.value for every in Every]},
            "period": _MAYBE, "process": _MAYBE, "stage": _MAYBE, "section": _MAYBE,
            "result": _FLAG, "event": _event(), "due": _DAY,
            "due_state": {"enum": [state.value for state in DueState]}, "frozen": _FLAG,
            "item": _MAYBE, "public": _public(), "judged_on": _DAY,
            "status": {"enum": [status.value for status in Status]}, "label": _TEXT,
            "days_late": _COUNT, "workdays_late": _COUNT, "workdays_left": _COUNT,
            "nil": _FLAG, "missing": _WORDS, "flags": _WORDS,
            "reason": _MAYBE, "document": _MAYBE,
        },
    )  # fmt: skip


def _file(title: str, key: str, properties: _Schema) -> _Schema:
    rows = {"type": "array", "items": _object(properties)}
    whole = _object({"schema_version": {"const": 1}, key: rows})
    return {"$schema": _DRAFT, "title": title, **whole}


def _object(properties: _Schema) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(properties: _Schema) -> _Schema:
    return {"oneOf": [{"type": "null"}, _object(properties)]}


def _public() -> _Schema:
    return _nullable(
        {
            "date": _DAY, "at": _TEXT, "grade": {"enum": [grade.value for grade in Grade]},
            "found": _FLAG, "seq": _COUNT, "commit": _MAYBE,
        }
    )  # fmt: skip


def _event() -> _Schema:
    return _nullable({"kind": _TEXT, "date": _DAY})
