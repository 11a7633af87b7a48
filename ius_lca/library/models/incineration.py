"""Incineration of a waste, from its composition."""

from __future__ import annotations

from collections.abc import Mapping

from ius_lca.units import Value

#: Carbon dioxide per carbon by molar mass, as the guidelines use it [kg/kg].  IPCC 2006, vol. 5, eq. 5.1.
CO2_PER_CARBON = 44 / 12
#: Energy per kilowatt-hour [MJ/kWh].
MJ_PER_KWH = 3.6


def incineration(parameters: Mapping[str, Value]) -> dict[str, Value]:
    """What one kilogram of wet waste yields in a plant with energy recovery, for the formulas of a record.

    net_calorific_value = heating_value_dry * dry_matter - evaporation * (1 - dry_matter)  [MJ/kg wet waste];
    co2_fossil, co2_biogenic = dry_matter * carbon * 44/12  [kg/kg], all carbon burnt (oxidation factor 1);
    electricity, heat = efficiency * net_calorific_value / 3.6  [kWh/kg];  residue = dry_matter * ash  [kg/kg].

    Waste that is too wet to burn alone has a small or negative net calorific value: it takes heat from what it is burnt
    with, and its electricity and heat are then negative too.

    parameters: dry_matter [kg/kg wet], biogenic_carbon, fossil_carbon, ash [kg/kg dry], heating_value_dry [MJ/kg dry],
    evaporation [MJ/kg water], electricity_efficiency, heat_efficiency [MJ/MJ].
    Source: IPCC 2006 Guidelines, vol. 5, ch. 5, equations 5.1 and 5.2; ISO 16993 for the basis of the calorific value.

    >>> wood = dict(dry_matter=0.8, biogenic_carbon=0.5, fossil_carbon=0.01, ash=0.02, heating_value_dry=20, evaporation=2.443,
    ...             electricity_efficiency=0.2, heat_efficiency=0.7)
    >>> yields = incineration(wood)
    >>> round(yields["net_calorific_value"], 4), round(yields["co2_fossil"], 4), round(yields["electricity"], 4)
    (15.5114, 0.0293, 0.8617)
    """
    p = parameters
    net_calorific_value = p["heating_value_dry"] * p["dry_matter"] - p["evaporation"] * (1 - p["dry_matter"])
    return {
        "net_calorific_value": net_calorific_value,
        "co2_fossil": p["dry_matter"] * p["fossil_carbon"] * CO2_PER_CARBON,
        "co2_biogenic": p["dry_matter"] * p["biogenic_carbon"] * CO2_PER_CARBON,
        "electricity": p["electricity_efficiency"] * net_calorific_value / MJ_PER_KWH,
        "heat": p["heat_efficiency"] * net_calorific_value / MJ_PER_KWH,
        "residue": p["dry_matter"] * p["ash"],
    }
