"""The Circular Footprint Formula of the EU Product Environmental Footprint.

Source: Commission Recommendation (EU) 2021/2279, Annex I, with its symbols.
"""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.units import Value


@dataclass(frozen=True, slots=True)
class Parameters:
    """Shares, ratios and the heating value of one material.

    A, B, R1, R2, R3, X_heat, X_elec: shares, 0 to 1.  quality_in, quality_out: Qsin/Qp and Qsout/Qp.
    LHV: lower heating value [MJ per unit of the material].
    """

    A: float
    B: float
    R1: float
    R2: float
    R3: float
    quality_in: float
    quality_out: float
    LHV: float = 0.0
    X_heat: float = 0.0
    X_elec: float = 0.0


@dataclass(frozen=True, slots=True)
class Activities:
    """Burdens by symbol: a figure, or an array with one per indicator.

    Per unit of the material; those of the substituted energy, ESE_heat and ESE_elec, per MJ.
    """

    Ev: Value = 0.0
    Erec: Value = 0.0
    ErecEoL: Value = 0.0
    E_star_v: Value = 0.0
    EER: Value = 0.0
    ESE_heat: Value = 0.0
    ESE_elec: Value = 0.0
    ED: Value = 0.0


def material(p: Parameters, e: Activities) -> Value:
    """Virgin and recycled material that goes in, and recycling at the end of life.

    (1 - R1)*Ev + R1*(A*Erec + (1 - A)*Ev*Qsin/Qp) + (1 - A)*R2*(ErecEoL - E*v*Qsout/Qp)

    The example of Ecobalyse, 0.207 kg of recycled wool, printed as 1.75 kg CO2e:

    >>> wool = Parameters(A=0.8, B=0, R1=1, R2=0, R3=0, quality_in=0.5, quality_out=0.5)
    >>> round(0.207 * material(wool, Activities(Ev=80.3, Erec=0.5)), 3)
    1.745
    """
    taken_in = (1 - p.R1) * e.Ev + p.R1 * (p.A * e.Erec + (1 - p.A) * e.Ev * p.quality_in)
    return taken_in + (1 - p.A) * p.R2 * (e.ErecEoL - e.E_star_v * p.quality_out)


def energy(p: Parameters, e: Activities) -> Value:
    """Energy recovery at the end of life, less the energy that it substitutes.

    (1 - B)*R3*(EER - LHV*X_heat*ESE_heat - LHV*X_elec*ESE_elec)
    """
    substituted = p.LHV * (p.X_heat * e.ESE_heat + p.X_elec * e.ESE_elec)
    return (1 - p.B) * p.R3 * (e.EER - substituted)


def disposal(p: Parameters, e: Activities) -> Value:
    """Disposal of what is neither recycled nor burnt for its energy: (1 - R2 - R3)*ED."""
    return (1 - p.R2 - p.R3) * e.ED
