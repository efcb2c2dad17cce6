"""Which particle follows a Korean word, such as 을 or 를, 이 or 가, 으로 or 로: the sound that it ends with tells.

Hangul says its sounds, and numbers are read in one way. A Latin name is read as it is said in English, of which only
what is certain is told here: where it is not, nothing is guessed, and the sentence has to do without a particle.
"""

from __future__ import annotations

import re
from enum import Enum


class Ending(Enum):
    """The sound at the end of a word."""

    VOWEL = "vowel"
    RIEUL = "rieul"  # a consonant, but for 로 as good as a vowel
    CONSONANT = "consonant"
    UNKNOWN = "unknown"


_V, _R, _C, _U = Ending.VOWEL, Ending.RIEUL, Ending.CONSONANT, Ending.UNKNOWN
_HANGUL = re.compile("[가-힣]+")
_FIRST_SYLLABLE, _FINALS, _FINAL_RIEUL = 0xAC00, 28, 8
_DIGITS = (_C, _R, _V, _C, _V, _V, _C, _R, _R, _V)  # 영 일 이 삼 사 오 육 칠 팔 구
_TEN_THOUSANDS = (_C, _C, _V, _C)  # 만 억 조 경
_LETTERS = {"l": _R, "r": _R, "m": _C, "n": _C}  # 엘 알 엠 엔; all other letters are read with a vowel at the end
_SPELLED = re.compile(r"[A-Z]{1,4}|[b-df-hj-np-tv-xz]+", re.ASCII)

# The last letters of a name that is read as a word; the first line that fits tells.
_WORDS: tuple[tuple[re.Pattern[str], Ending], ...] = tuple(
    (re.compile(f"(?:{ends})$"), ending)
    for ends, ending in (
        ("hub|sync|playwright", _V),
        ("git|copilot|web|chat|bot", _C),
        ("[aiouwy]|[aeiou]e|r|[ftsx]?[sxzvfhdj]", _V),
        ("[^aeiou]?le|l", _R),
        ("[aeiou]ne|[aio]me|[nm]", _C),
        ("[bcdfghknrstvwyz]e", _V),
        ("ng|[aeiou]c|ck|(?<![aeiou])[aeiou]p|app", _C),
        ("[nsrlcpfx][tp]|[nsr]k", _V),
    )
)
_NOT_READ = re.compile(r"[^0-9A-Za-z가-힣]+$")
_NUMBER = re.compile(r"(?<![0-9A-Za-z.,-])\d+$")


def ending_of(word: str) -> Ending:
    """Return the sound that a word ends with; quotes and brackets after it are not heard."""
    heard = _NOT_READ.sub("", word)
    if not heard:
        return _U
    if _HANGUL.fullmatch(heard[-1]):
        final = (ord(heard[-1]) - _FIRST_SYLLABLE) % _FINALS
        return _V if not final else _R if final == _FINAL_RIEUL else _C
    if heard[-1].isdigit():
        number = _NUMBER.search(heard)
        return _number(number[0]) if number else _U
    letters = re.findall("[A-Za-z]+", heard)[-1]
    if _SPELLED.fullmatch(letters):
        return _LETTERS.get(letters[-1].lower(), _V)
    return next((ending for ends, ending in _WORDS if ends.search(letters.lower())), _U)


def with_particle(word: str, forms: str) -> str:
    """Return a word with the particle that fits: `forms` is that after a consonant, after a vowel, and if unknown.

    Such as 을/를, or ”을/”를/” 서버를 where a quote or a noun comes between. Without the third, what is not certain
    gets no particle.
    """
    after_consonant, after_vowel, *rest = forms.split("/")
    ending = ending_of(word)
    if ending is _U:
        return word + (rest[0] if rest else _HANGUL.sub("", after_consonant))
    spoken_as_vowel = ending is _V or (ending is _R and after_consonant.endswith("으로"))
    return word + (after_vowel if spoken_as_vowel else after_consonant)


def _number(digits: str) -> Ending:
    """Return how a number ends: by its last digit, or by the unit that its last digits are zeros of."""
    plain = digits.lstrip("0")
    zeros = len(plain) - len(plain.rstrip("0"))
    if not plain or not zeros:
        return _DIGITS[int(digits[-1])]
    unit = zeros // 4
    if not unit:
        return _C  # 십, 백, 천
    return _TEN_THOUSANDS[unit - 1] if unit <= len(_TEN_THOUSANDS) else _U
