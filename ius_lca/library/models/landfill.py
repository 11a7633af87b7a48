"""Landfill gas by first-order decay (IPCC 2006 Guidelines, volume 5, chapter 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ius_lca.units import Value

#: Methane per carbon by molar mass, as the guidelines use it [kg/kg].  IPCC 2006, vol. 5, eq. 3.6.
METHANE_PER_CARBON = 16 / 12
#: After so many years nothing is left to decay [year].
_LONGEST = 1000


def methane_by_year(parameters: Mapping[str, Value]) -> list[Value]:
    """Methane that leaves the landfill in each year after deposit [kg CH4 per kg wet waste and year].

    DDOCm = DOC * DOCf * MCF;  decomposed in year t: DDOCm * (exp(-k (t-1)) - exp(-k t));
    emitted = decomposed * F * 16/12 * (1 - R) * (1 - OX).  Decay starts on 1 January after the deposit (the
    guidelines' delay of six months), so that year 1 is the first calendar year after it.

    parameters: doc, docf, mcf, methane_fraction, gas_recovery, oxidation [1], k [1/year], years [year, whole].
    Source: IPCC 2006 Guidelines, vol. 5, ch. 3, equations 3.1 to 3.6.

    >>> food = dict(doc=0.15, docf=0.5, mcf=1, methane_fraction=0.5, k=0.185, oxidation=0.1, gas_recovery=0, years=100)
    >>> round(1000 * methane_by_year(food)[0], 4), round(1000 * sum(methane_by_year(food)), 1)
    (7.6003, 45.0)
    """
    p = parameters
    kept = (1 - p["gas_recovery"]) * (1 - p["oxidation"])
    return [carbon * p["methane_fraction"] * METHANE_PER_CARBON * kept for carbon in _decomposed_by_year(p)]


def first_order_decay(parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Sums over the years for the formulas of a record [kg per kg wet waste].

    methane_generated = methane_recovered + methane_oxidised + methane_emitted; carbon_decomposed is DDOCm decomposed,
    carbon_stored the degradable organic carbon that is still there [kg C].

    Source: as `methane_by_year`.
    """
    p = parameters
    decomposed = sum(_decomposed_by_year(p), start=0.0 * p["doc"])
    generated = decomposed * p["methane_fraction"] * METHANE_PER_CARBON
    recovered = generated * p["gas_recovery"]
    oxidised = (generated - recovered) * p["oxidation"]
    return {
        "carbon_decomposed": decomposed,
        "carbon_stored": p["doc"] - decomposed,
        "methane_generated": generated,
        "methane_recovered": recovered,
        "methane_oxidised": oxidised,
        "methane_emitted": generated - recovered - oxidised,
    }


def _decomposed_by_year(p: Mapping[str, Value]) -> list[Value]:
    years = p["years"]
    if not isinstance(years, float | int) or not 1 <= years <= _LONGEST or years != int(years):
        raise ValueError(f"'years' must be a whole number of years, at least 1 and at most {_LONGEST}")
    start = p["doc"] * p["docf"] * p["mcf"]
    return [start * (_exp(-p["k"] * (year - 1)) - _exp(-p["k"] * year)) for year in range(1, int(years) + 1)]


def _exp(value: Value) -> Value:
    if isinstance(value, float | int):
        return math.exp(value)
    import numpy as np

    return np.exp(value)
