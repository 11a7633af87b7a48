"""From pydantic's errors to findings with a line."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ValidationError

from ius_lca.errors import Finding, Level, did_you_mean
from ius_lca.yaml_document import Document, Place, dotted

_MESSAGES = {
    "missing": "'{name}' is missing.",
    "bool_parsing": "expected true or false.",
    "bool_type": "expected true or false.",
    "int_parsing": "expected a whole number.",
    "int_type": "expected a whole number.",
    "greater_than_equal": "expected at least {ge}.",
    "less_than_equal": "expected at most {le}.",
    "int_from_float": "expected a whole number.",
    "float_parsing": "expected a number.",
    "finite_number": "expected a finite number.",
    "dict_type": "expected keys with values here.",
    "model_type": "expected keys with values here.",
    "model_attributes_type": "expected keys with values here.",
    "list_type": "expected a list here (lines that start with '-').",
    "tuple_type": "expected a list here (lines that start with '-').",
    "string_type": "expected text here.",
    "string_too_short": "'{name}' must not be empty.",
    "too_short": "too few entries.",
    "too_long": "too many entries; a decimal comma makes two of one.",
}


#: What is said where keys with values belong.
_KEYED = ("dict_type", "model_type", "model_attributes_type")


def findings_of(
    error: ValidationError, model: type[BaseModel], document: Document, base: tuple[str | int, ...] = ()
) -> list[Finding]:
    """One finding per error of a validation, each with the line of the nearest written key.

    model: what was validated, for suggestions of keys.  base: where the validated part stands in the document.
    """
    return [_finding(entry, model, document, base) for entry in error.errors(include_url=False)]  # type: ignore[arg-type]


def places_of_errors(error: ValidationError) -> list[Place]:
    """Where a validation found something wrong."""
    return [tuple(part for part in entry["loc"] if part != "[key]") for entry in error.errors(include_url=False)]


def _finding(entry: dict[str, object], model: type[BaseModel], document: Document, base: tuple[str | int, ...]) -> Finding:
    loc = tuple(part for part in entry["loc"] if isinstance(part, str | int))  # type: ignore[attr-defined]
    path = (*base, *(part for part in loc if part != "[key]"))
    kind = str(entry["type"])
    written = entry.get("input")
    message, mend = str(entry["msg"]), ""
    if kind == "extra_forbidden":
        name = str(loc[-1])
        message = f"unknown key '{name}'."
        known = keys_at(model, loc[:-1])
        mend = did_you_mean(name, known) or (f"Allowed here: {', '.join(known)}." if known else "")
        if written is None and (" " in name or name[:1].isdigit()):
            mend = "A comma between { } starts a new key: put text that has one in quotes, and write decimals with a point."
    elif kind in _MESSAGES:
        limits = context if isinstance(context := entry.get("ctx"), dict) else {}
        message = _MESSAGES[kind].format(name=loc[-1] if loc else "", **limits)
        if kind not in {"missing", "string_too_short"} and isinstance(written, str | int | float):
            message = f"'{written}': {message}"
        if kind in _KEYED:
            mend = _nothing_below(written, keys_at(model, loc))
    elif kind == "value_error":
        message = message.removeprefix("Value error, ")
        message = message if message.endswith((".", "?")) else f"{message}."
    elif kind in {"literal_error", "enum"}:
        message = f"{'nothing' if written is None else repr(written)} is not one of {_expected(entry)}."
    elif isinstance(written, str | int | float):
        message = f"'{written}': {message}."
    return Finding(Level.ERROR, kind.replace("_", "-"), message, mend, document.where(path), dotted(path))


def _nothing_below(written: object, known: list[str]) -> str:
    """How to mend what should hold keys and holds none: those that are known, or the indentation of what follows."""
    if written is None:
        return "Indent what belongs to it, by two spaces more than this line."
    return f"Allowed here: {', '.join(known)}." if known else ""


def _expected(entry: dict[str, object]) -> str:
    context = entry.get("ctx")
    return str(context["expected"]) if isinstance(context, dict) and "expected" in context else "the allowed words"


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys allowed at a place of a model, or none if it cannot be told."""
    schema = _schema(model)
    here: object = schema
    for part in loc:
        here = _below(here, part, schema)
    properties = _resolved(here, schema).get("properties", {})
    return sorted(properties) if isinstance(properties, dict) else []


@cache
def _schema(model: type[BaseModel]) -> dict[str, object]:
    """What a model allows; made once, as a file may have many unknown keys."""
    return model.model_json_schema(by_alias=True)


def _resolved(schema: object, root: dict[str, object]) -> dict[str, object]:
    """Follow references and the first object among alternatives."""
    while isinstance(schema, dict):
        if "$ref" in schema:
            schema = root["$defs"][str(schema["$ref"]).rpartition("/")[2]]  # type: ignore[index]
        elif "anyOf" in schema:
            schema = next((one for one in schema["anyOf"] if one.get("type") != "null"), {})
        else:
            return schema
    return {}


def _below(schema: object, part: str | int, root: dict[str, object]) -> object:
    here = _resolved(schema, root)
    if isinstance(part, int):
        return here.get("items", {})
    properties = here.get("properties", {})
    if isinstance(properties, dict) and part in properties:
        return properties[part]
    return here.get("additionalProperties", {})
