"""The two ways to get a document: from bytes, or an empty one for a file that does not exist yet.

An empty file is what its format says: {} in TOML, nothing (null) in YAML, an empty body in Markdown, no rules. JSON
has no empty text: a file that is empty or blank is malformed with `expected == "content"`. It is mostly a file that
is being written; who knows that it is at rest may go on from `empty`.

Each format's module is imported when the first document of it is parsed.
"""

from __future__ import annotations

from aisync_desktop.documents.protocol import Document, Format, Strictness

USUAL = Strictness()
_EMPTY = {Format.JSON: b"{}\n"}


def parse(
    data: bytes,
    format: Format,  # noqa: A002 - the word of the design
    strictness: Strictness = USUAL,
    like: Document | None = None,
) -> Document:
    """Return the document in some bytes, or raise MalformedDocument.

    `like` is what the file held before, or what it was edited to be: parts that are the same bytes in both need not be
    read a second time. It changes nothing about what is returned.
    """
    match format:
        case Format.JSON:
            from aisync_desktop.documents.json_document import parse_json

            return parse_json(data, strictness, like)
        case Format.TOML:
            from aisync_desktop.documents.toml_document import parse_toml

            return parse_toml(data, strictness, like)
        case Format.YAML:
            if not data:
                from aisync_desktop.documents.yaml_unwritten import UnwrittenYaml

                return UnwrittenYaml()
            from aisync_desktop.documents.yaml_document import parse_yaml

            return parse_yaml(data, strictness, like)
        case Format.MARKDOWN:
            from aisync_desktop.documents.markdown import parse_markdown

            return parse_markdown(data, strictness)
        case Format.EXEC_RULES:
            from aisync_desktop.documents.exec_rules import parse_exec_rules

            return parse_exec_rules(data, strictness)


def empty(format: Format, strictness: Strictness = USUAL) -> Document:  # noqa: A002 - the word of the design
    """Return the document that a new file begins as."""
    return parse(_EMPTY.get(format, b""), format, strictness)
