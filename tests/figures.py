"""Figures in pages that people read: a figure with a unit must stand, digit for digit, where the page shows a result."""

from __future__ import annotations

import re

#: Thin and narrow spaces part thousands, a plain one in front of three digits too.
_NUMBER = r"[−-]?\d+(?:[\u202f\u00a0 ]\d{3})*(?:[.,]\d+)*"
_UNIT = (
    r"(?:[kM]?t\b|kg\b|g\b|[GMTPk]J\b|[GMTk]Wh\b|MW\b|%|m³|m3\b|Mm³|[kM]?(?:SEK|DKK|EUR|PLN|NOK|GBP|USD)\b|(?:million|billion|thousand)\b|tonnes?\b"
    r"|years?\b|jobs?\b|km\b|ha\b|m²|mol\b|litres?\b)"
)


def _plain(number: str) -> str:
    """A number as it is compared: without spaces, a plain minus.

    >>> _plain("−7\u202f630")
    '-7630'
    """
    return re.sub(r"[\u202f\u00a0 ,](?=\d{3})", "", number).replace("−", "-")


def numbers(text: str) -> set[str]:
    """Every number of a text, with and without its sign.

    >>> sorted(numbers("| 2\u202f060 | −0.4 |"))
    ['-0.4', '0.4', '2060']
    """
    found = {_plain(one) for one in re.findall(_NUMBER, text)}
    return found | {one.removeprefix("-") for one in found}


def figures(text: str) -> list[str]:
    """The numbers of a text that have a unit, in the order in which they stand.

    >>> figures("In 2019 it saves 20.3 kt of CO2e and 2\u202f060 TJ; 3 exchanges.")
    ['20.3', '2060']
    """
    return [_plain(one) for one in re.findall(rf"(?<![\w.])({_NUMBER})[\s\u202f\u00a0]?{_UNIT}", text)]


def section(page: str, title: str) -> str:
    """What stands under a heading of the second level; nothing if there is no such heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def block(page: str, name: str) -> str:
    """What stands between the comments `<!-- name -->` and `<!-- end -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->", page, re.DOTALL)
    return found[1] if found else ""
