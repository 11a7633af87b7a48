"""How uncertain a record is: from its source, from the spread between sources, or from its pedigree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ius_lca.impact.methods import Indicator, indicators
from ius_lca.impact.unit_scores import UnitScores
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import Library, Record

#: Expected range of n draws of a normal distribution in standard deviations (d2 of control charts), for n = 2 to 6.
RANGE_IN_DEVIATIONS = {2: 1.128, 3: 1.693, 4: 2.059, 5: 2.326, 6: 2.534}
#: Variance of the logarithm by pedigree score 1 to 5: reliability, completeness, time, place, technology.
#: ecoinvent data quality guideline, version 3 (Weidema et al. 2013), table 10.5.
PEDIGREE_VARIANCE = (
    (0.0, 0.0006, 0.002, 0.008, 0.04),
    (0.0, 0.0001, 0.0006, 0.002, 0.008),
    (0.0, 0.0002, 0.002, 0.008, 0.04),
    (0.0, 2.5e-5, 0.0001, 0.0006, 0.002),
    (0.0, 0.0006, 0.008, 0.04, 0.12),
)
#: Variance that is left with a perfect pedigree: energy, materials, carbon dioxide.  Same guideline, table 10.3.
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
    """What the source states of the whole record; else the spread between independent sources; else the pedigree.

    The spread is that of climate change: ln GSD = ln(max/min) / d2(n). Sources that agree by chance are no proof: where the
    pedigree says more, it counts.

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
    by_pedigree = Uncertainty(of_pedigree(record.quality.pedigree), "pedigree", 1)
    ratios = {record.id: 1.0}
    for figure in record.figures:
        if figure.independent and figure.indicator == "climate_change":
            own = score_under(record, library, scores, indicators()[figure.indicator], figure.with_)
            ratios.setdefault(figure.ref, figure.value / own)  # one figure of each source
    if len(ratios) == 1:
        return by_pedigree
    spread = Uncertainty(of_spread(list(ratios.values())), "spread", len(ratios))
    return spread if spread.gsd >= by_pedigree.gsd else by_pedigree


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
