"""Module D of EN 15804: benefits and loads beyond the system boundary, of net flows.

Source: EN 15804:2012+A2:2019, Annex D, as described in public guidance (International EPD System, methodology page; EeBGuide,
aspects on module D); the standard itself was not read. The symbols are those of the Circular Footprint Formula.
"""

from __future__ import annotations

from ius_lca.circular.cff import Activities, Parameters
from ius_lca.units import Value


def material(p: Parameters, e: Activities) -> Value:
    """Secondary material that leaves less what came in, times recycling less the virgin material that it substitutes.

    (M_MR,out - M_MR,in)*(E_MR after EoW,out - E_VMSub,out*Q_R,out/Q_Sub), with M_MR,out = R2 and M_MR,in = R1 per unit of the
    material. Negative is a benefit; what takes in more secondary material than it gives bears a load.

    The example of eTool: 40 % recycled content, 90 % recycled at the end of life, primary 10 and secondary 2 units.

    >>> steel = Parameters(A=0, B=0, R1=0.4, R2=0.9, R3=0, quality_in=1, quality_out=1)
    >>> material(steel, Activities(ErecEoL=2, E_star_v=10))
    -4.0
    """
    return (p.R2 - p.R1) * (e.ErecEoL - e.E_star_v * p.quality_out)


def energy(p: Parameters, e: Activities) -> Value:
    """Exported energy of what is burnt: -R3*(LHV*X_heat*ESE_heat + LHV*X_elec*ESE_elec); the burning stays in module C."""
    return -p.R3 * p.LHV * (p.X_heat * e.ESE_heat + p.X_elec * e.ESE_elec)
