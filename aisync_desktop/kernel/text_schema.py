"""How a Text is written as JSON: its code and parameters, and what it says.

Who reads an answer need not know our codes. Apart from messages.py, as who starts quickly has no pydantic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import CoreSchema
from pydantic_core.core_schema import (
    dict_schema,
    int_schema,
    plain_serializer_function_ser_schema,
    str_schema,
    typed_dict_field,
    typed_dict_schema,
    union_schema,
)


def with_words(schema: CoreSchema, as_json: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Return a Text's schema with what it is as JSON."""
    fields = {
        "code": str_schema(),
        "params": dict_schema(str_schema(), union_schema([str_schema(), int_schema()])),
        "text": str_schema(),
    }
    told = typed_dict_schema({name: typed_dict_field(field) for name, field in fields.items()})
    return {
        **schema,
        "serialization": plain_serializer_function_ser_schema(as_json, return_schema=told, when_used="json"),
    }
