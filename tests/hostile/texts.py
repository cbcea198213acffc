"""Articles and Web Annotations that somebody thought of."""

from __future__ import annotations

import json
from pathlib import Path

from tests.hostile.good import ARTICLE
from tests.hostile.words import DEEP, Made


def articles(_good: dict[str, Path]) -> Made:
    bodies = (
        "<script>fetch('http://127.0.0.1:9')</script>",
        "<img src='http://127.0.0.1:9/x' onerror='alert(1)'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='file:///etc/passwd'>x</a>",
        "<iframe src='file:///etc/passwd'></iframe>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
        "<svg onload='alert(1)'><image href='file:///etc/passwd'/></svg>",
        "<object data='x'></object><embed src='x'>",
        "<base href='file:///'>",
        "<div>" * 100_000,
        "<table>" * 10_000,
        "&#0;&#x110000;&bogus;" * 1_000,
        "<p" + " a=b" * 100_000 + ">",
        "<!--" * 10_000,
        "<![CDATA[" * 10_000,
        "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>",
        "<form action='http://127.0.0.1:9'><input autofocus onfocus=alert(1)>",
    )
    for number, body in enumerate(bodies):
        yield f"page_{number}.html", f"<html><body><p>Words that stay.</p>{body}</body></html>".encode()
    texts = (
        "![x](http://127.0.0.1:9/x.png)",
        "![x](file:///etc/passwd)",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "<script>alert(1)</script>",
        "> " * 5_000,
        "- " * 5_000,
        "[" * 50_000,
        "*" * 50_000,
        "`" * 50_001,
        "#" * 10_000,
        "|" * 20_000,
        "[a]: " + "x" * 100_000,
        "\u202e" * 1_000,
        "\u0301" * 20_000,
        "a\n" * 500_000,
        "![](/vsicurl/http://127.0.0.1:9/x)",
    )
    for number, text in enumerate(texts):
        yield f"text_{number}.md", (ARTICLE + text).encode()
    for number, data in enumerate(
        (b"\xff\xfe", b"\x00\xd8" * 5_000, b"\x80" * 5_000, "Лёд тает".encode("cp1251") * 500, bytes(range(256)) * 50)
    ):
        yield f"letters_{number}.txt", data
    links = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": "x"}
    yield "items.jsonld", json.dumps(links).encode()
    yield "deep.jsonld", b"[" * DEEP
    yield (
        "script.jsonld",
        json.dumps(
            {
                "type": "Annotation",
                "body": {"type": "TextualBody", "value": "<script>x</script>", "format": "text/html"},
                "target": {"source": "file:///etc/passwd"},
            }
        ).encode(),
    )
