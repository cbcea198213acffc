"""Words as they are searched for: one spelling for a place's name in Latin and in Cyrillic letters."""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_TO_LATIN = str.maketrans(_CYRILLIC)
_OTHERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:iy|yy|yi|ii)$")


def folded(text: str) -> tuple[str, ...]:
    """Return a text's words as they are compared.

    Small letters without accents; Cyrillic written in Latin letters as maps in English write it (Мурманск, Murmansk),
    the ending of adjectives as ``y`` (Новый, Novyy and Novy). What is neither Latin nor Cyrillic stays as it is.
    """
    latin = text.casefold().translate(_TO_LATIN).translate(_OTHERS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(letter))
    words = _WORD.findall(plain.replace("'", "").replace("’", "").replace("ʼ", ""))
    return tuple(_ENDING.sub("y", word) if len(word) > 3 else word for word in words)
