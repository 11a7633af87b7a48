"""How uncertain a record is: from its source, from the spread between sources, or from its pedigree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ius_lca.errors import FormulaError
from ius_lca.formula import evaluate
from ius_lca.impact.methods import Indicator, indicators
from ius_lca.impact.unit_scores import UnitScores
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import Library, Record

#: Expected range of n draws of a normal distribution in standard deviations (d2 of control charts), for n = 2 to 6.
RANGE_IN_DEVIATIONS = {2: 1.128, 3: 1.693, 4: 2.059, 5: 2.326, 6: 2.534}
#: Variance of the logarithm by pedigree score 1 to 5: reliability, completeness, time, place, technology.
#: ecoinvent data quality guideline, version 3 (Weidema et al. 2013), as quoted alike in several public codes that use it.
PEDIGREE_VARIANCE = (
    (0.0, 0.0006, 0.002, 0.008, 0.04),
    (0.0, 0.0001, 0.0006, 0.002, 0.008),
    (0.0, 0.0002, 0.002, 0.008, 0.04),
    (0.0, 2.5e-5, 0.0001, 0.0006, 0.002),
    (0.0, 0.0006, 0.008, 0.04, 0.12),
)
#: Variance that is left with a perfect pedigree.  The smallest that the same guideline has, quoted alike; that it is taken for
#: every record is a choice of ours.
BASIC_VARIANCE = 0.0006
#: Width of the 95 % interval of a normal distribution in standard deviations.
_INTERVAL = 2 * 1.959963984540054


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A lognormal uncertainty of a whole record.

    gsd: geometric standard deviation.  basis: what it rests on.  sources: how many independent figures, the record among them.
    """

    gsd: float
    basis: Literal["source", "spread", "pedigree"]
    sources: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 % lie between these multiples of the record's value."""
        half = math.log(self.gsd) * _INTERVAL / 2
        return math.exp(-half), math.exp(half)


def uncertainty(record: Record, library: Library, scores: UnitScores) -> Uncertainty:
    """What the source states of the whole record; else the spread between independent sources; else ranges and pedigree.

    The spread is that of climate change: ln GSD = ln(max/min) / d2(n). Ranges that the source states of single numbers
    (95 %) add their variance to that of the pedigree; where they weigh more, the uncertainty rests on the source. Sources
    that agree by chance are no proof: the wider of spread and own uncertainty counts.

    >>> from ius_lca.impact.methods import chosen
    >>> from ius_lca.impact.unit_scores import unit_scores
    >>> from ius_lca.library.read import embedded_library
    >>> library = embedded_library()
    >>> uncertainty(library.records["electricity.technology.nuclear"], library, unit_scores(library, chosen())).basis
    'spread'
    """
    if record.uncertainty is not None:
        stated = record.uncertainty
        return Uncertainty(math.exp(math.log(stated.high / stated.low) / _INTERVAL), "source", 1)
    climate = indicators()["climate_change"]
    by_pedigree = math.log(of_pedigree(record.quality.pedigree)) ** 2
    by_ranges = _variance_of_ranges(record, library, scores, climate)
    basis: Literal["source", "pedigree"] = "source" if by_ranges > by_pedigree else "pedigree"
    own = Uncertainty(math.exp(math.sqrt(by_pedigree + by_ranges)), basis, 1)
    ratios: dict[str, float] = {}
    for figure in record.figures:
        if figure.independent and figure.indicator == climate.id:
            ratio = figure.value / score_under(record, library, scores, climate, figure.with_)
            # One figure of each source: the one further away.
            ratios[figure.ref] = max(ratio, ratios.get(figure.ref, 1.0), key=lambda value: abs(math.log(value)))
    if not ratios:
        return own
    spread = Uncertainty(of_spread([1.0, *ratios.values()]), "spread", 1 + len(ratios))
    return spread if spread.gsd >= own.gsd else own


def _variance_of_ranges(record: Record, library: Library, scores: UnitScores, indicator: Indicator) -> float:
    """Variance of the logarithm of a score that the stated ranges of parameters and lines cause, one at a time.

    A range is a 95 % interval: relative deviation d = |score(high) - score(low)| / (3.92 score), variance = ln(1 + d2).
    """
    total = score_under(record, library, scores, indicator, {})
    if not total > 0:
        return 0.0
    widths = []
    for name, parameter in record.parameters.items():
        if parameter.range is not None:
            low, high = (_score_or_none(record, library, scores, indicator, {name: end}) for end in parameter.range)
            if low is not None and high is not None:
                widths.append(abs(high - low))
    inputs, emissions = amounts_of(record, library)
    column = scores.indicators.index(indicator.id)
    per_unit = [float(scores.scores[scores.ids.index(name), column]) for name, _ in inputs]
    per_unit += [indicator.factors.get(flow, 0.0) for flow, _ in emissions]
    lines = [*record.technosphere, *record.biosphere]
    names = record.values()
    for line, (_, amount), each in zip(lines, (*inputs, *emissions), per_unit, strict=True):
        written = float(evaluate(line.amount, names))
        if line.range is not None and written:
            widths.append((line.range[1] - line.range[0]) / written * amount * each)
    return sum(math.log1p((width / (_INTERVAL * total)) ** 2) for width in widths)


def _score_or_none(
    record: Record, library: Library, scores: UnitScores, indicator: Indicator, changed: Mapping[str, float]
) -> float | None:
    """The score under other values; none where the record has no value for them."""
    try:
        return score_under(record, library, scores, indicator, changed)
    except (FormulaError, ValueError, ArithmeticError):
        return None


def of_spread(values: list[float]) -> float:
    """Geometric standard deviation behind the largest ratio among n independent figures.

    More than six count as six, which errs to the wide side.

    >>> round(of_spread([10.0, 20.0]), 3)
    1.849
    """
    deviations = RANGE_IN_DEVIATIONS[min(len(values), max(RANGE_IN_DEVIATIONS))]
    return math.exp(math.log(max(values) / min(values)) / deviations)


def of_pedigree(scores: tuple[int, int, int, int, int]) -> float:
    """Geometric standard deviation by pedigree: the square root of the sum of variances, as an exponent.

    >>> round(of_pedigree((1, 1, 1, 1, 1)), 4), round(of_pedigree((2, 3, 4, 2, 3)), 3)
    (1.0248, 1.143)
    """
    variance = sum(row[score - 1] for row, score in zip(PEDIGREE_VARIANCE, scores, strict=True))
    return math.exp(math.sqrt(BASIC_VARIANCE + variance))


def score_under(
    record: Record, library: Library, scores: UnitScores, indicator: Indicator, changed: Mapping[str, float]
) -> float:
    """Impact of the reference amount under other parameter values; what it takes from other records stays as it is."""
    inputs, emissions = amounts_of(record, library, changed)
    column = scores.indicators.index(indicator.id)
    direct = sum(indicator.factors.get(flow, 0.0) * amount for flow, amount in emissions)
    return direct + sum(amount * float(scores.scores[scores.ids.index(name), column]) for name, amount in inputs)
