"""A balloon's HTML becomes words, and nothing in it does anything."""

import pytest

from geodata.reading.balloons import words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Plain & simple, 3 < 4", "Plain & simple, 3 < 4"),
        ("<p>One</p><p>Two <b>bold</b></p>", "One\n\nTwo bold"),
        ("a<br/>b", "a\nb"),
        ("<ul><li>x</li><li>y</li></ul>", "– x\n\n– y"),
        ('<a href="https://example.org/a">More</a>', "More (https://example.org/a)"),
        ('<a href="javascript:alert(1)">Click</a>', "Click"),
        ("<script>alert(1)</script><style>b{}</style>Safe", "Safe"),
        ('<img src="http://example.org/x.png" onerror="x()">Words', "Words"),
        ("<table><tr><td>Depth</td><td>12 m</td></tr></table>", "Depth 12 m"),
        ("Troms&oslash; &#8211; harbour", "Tromsø – harbour"),
    ],
)
def test_a_balloon_is_read_as_words(html, words):
    assert words_of(html) == words
