"""The library as a case sees it: with factors of its own, of its place, and factors that it changes."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca import units
from ius_lca.case.exchange import Target
from ius_lca.case.problems import Problem, problem
from ius_lca.case.schema import Case, OwnFactor
from ius_lca.case.targets import factor_names, targets
from ius_lca.errors import FormulaError, Level, UnitsError, did_you_mean
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import SCREENING_FLOW, Boundary, Citation, Emission, Library, Quality, Record, Reference, Source
from ius_lca.yaml_document import Place

#: So many places fit into a hint.
_FEW = 20


def case_library(case: Case, library: Library) -> Library:
    """The library with the records that the case brings along, listed in its `own`.

    A factor named without its place (`electricity.mix`) is that of the case's place or of the next wider region; a factor
    with other parameters or inputs is a record of its own, named by `Target.target`. What is wrong with them is told by
    `problems_of_own_factors`; there the unchanged record stands in.
    """
    return _localised(case, library)[0]


def problems_of_own_factors(case: Case, library: Library) -> list[Problem]:
    """What is wrong with the factors that a case brings along, and where a wider region stands in."""
    return _localised(case, library)[1]


def _localised(case: Case, library: Library) -> tuple[Library, list[Problem]]:
    problems: list[Problem] = []
    own: dict[str, Record] = {}
    sources: dict[str, Source] = {}
    for key, factor in case.factors.items():
        found = list(_problems_of(factor, library, ("factors", key)))
        problems += found
        if not found:
            own[key] = _record(key, factor, case, library)
            sources[f"case:{key}"] = _source(factor)
    for name, place in factor_names(case):
        if name not in library.records and name not in own and (near := _of_region(name, case, library)):
            own[name] = library.records[near].model_copy(update={"id": name})
            if not near.endswith(f".{case.place}"):
                wider = library.places[library.records[near].location].name
                message = f"there is no {name} of {case.place}; {near} ({wider}) stands in."
                problems.append(Problem(Level.NOTE, "wider-region", place, message, "Name another factor if you know better."))
    known = {**library.records, **own}
    for target, place in targets(case):
        if target.factor in known and target.target != target.factor:
            changed, found = _changed(target, known, library, place)
            problems += found
            own[target.target] = changed
    local = library.model_copy(
        update={"records": {**library.records, **own}, "sources": {**library.sources, **sources}, "own": tuple(own)}
    )
    return local, problems


def _of_region(name: str, case: Case, library: Library) -> str | None:
    """The record of that name for the case's place, or the next wider region."""
    place: str | None = case.place if case.place in library.places else case.place.partition("-")[0]
    while place is not None:
        if f"{name}.{place}" in library.records:
            return f"{name}.{place}"
        place = library.places[place].within if place in library.places else None
    return None


def places_of(name: str, library: Library) -> list[str]:
    """The places for which there is a record of that name: what may stand at its end."""
    ends = [key.removeprefix(f"{name}.") for key in library.records if key.startswith(f"{name}.")]
    return sorted(end for end in ends if end in library.places)[:_FEW]


def _changed(target: Target, known: dict[str, Record], library: Library, place: Place) -> tuple[Record, list[Problem]]:
    """The record with other parameters and inputs; the record itself, and why, if that cannot be."""
    record = known[target.factor or ""]
    problems = [*_problems_of_parameters(target, record, place), *_problems_of_inputs(target, record, known, place)]
    named = record.model_copy(update={"id": target.target})
    if any(one.level is Level.ERROR for one in problems):
        return named, problems
    values = {name: stated.to(record.parameters[name].unit) for name, stated in target.with_.items()}
    parameters = {
        name: one.model_copy(update={"value": values[name], "range": None}) if name in values else one
        for name, one in record.parameters.items()
    }
    inputs = tuple(line.model_copy(update={"input": target.instead.get(line.input, line.input)}) for line in record.technosphere)
    changed = named.model_copy(update={"parameters": parameters, "technosphere": inputs})
    try:
        after = amounts_of(changed, library.model_copy(update={"records": known}))
    except (FormulaError, UnitsError, ValueError, KeyError) as error:
        return named, [*problems, problem("parameter", (*place, "with"), f"{record.id}: {error}")]
    before = amounts_of(record, library.model_copy(update={"records": known}))
    for (_, old), (name, new) in zip((*before[0], *before[1]), (*after[0], *after[1]), strict=True):
        if old * new < 0:
            message = f"{record.id}: with these values the amount of {name} would be {new:g}, where it was {old:g}."
            return named, [*problems, problem("parameter", (*place, "with"), message, "Mend a value.")]
    return changed, problems


def _problems_of_parameters(target: Target, record: Record, place: Place) -> Iterator[Problem]:
    for name, stated in target.with_.items():
        here = (*place, "with", name)
        own = record.parameters.get(name)
        if own is None:
            hint = did_you_mean(name, record.parameters) or f"It has: {', '.join(record.parameters) or 'none'}."
            yield problem("unknown-parameter", here, f"{record.id} has no parameter '{name}'.", hint)
            continue
        try:
            value = stated.to(own.unit)
        except UnitsError as error:
            yield problem("unit", here, str(error))
            continue
        if own.range is not None and not own.range[0] <= value <= own.range[1]:
            low, high = own.range
            message = f"{name} = {value:g} lies outside the range of its source, {low:g} to {high:g}."
            yield Problem(Level.WARNING, "parameter-range", here, message, "Keep it if you can defend it.")


def _problems_of_inputs(target: Target, record: Record, known: dict[str, Record], place: Place) -> Iterator[Problem]:
    taken = [line.input for line in record.technosphere]
    for name, other in target.instead.items():
        here = (*place, "instead", name)
        if name not in taken:
            hint = did_you_mean(name, taken) or f"It takes: {', '.join(taken) or 'nothing'}."
            yield problem("unknown-input", here, f"{record.id} takes nothing from '{name}'.", hint)
        if other not in known:
            yield problem("unknown-factor", here, f"no factor '{other}'.", did_you_mean(other, known))
        elif name in taken and not units.same_dimension(known[other].reference.unit, known[name].reference.unit):
            message = f"'{other}' is counted in {known[other].reference.unit}, '{name}' in {known[name].reference.unit}."
            yield problem("unit", here, message, "Name a factor that supplies the same.")


def _problems_of(factor: OwnFactor, library: Library, place: Place) -> Iterator[Problem]:
    try:
        units.factor_between(factor.unit, factor.unit)
    except UnitsError as error:
        yield problem("unit", (*place, "unit"), str(error))
        return
    if factor.co2e is not None:
        try:
            units.ratio(factor.co2e.value, factor.co2e.unit, "kg CO2e", factor.unit)
        except UnitsError as error:
            yield problem("unit", (*place, "co2e"), str(error), f"Write for example '58 kg CO2e/{factor.unit}'.")
    for index, emission in enumerate(factor.emissions):
        here = (*place, "emissions", index)
        flow = library.flows.get(emission.flow)
        if flow is None:
            hint = did_you_mean(emission.flow, library.flows)
            yield problem("unknown-flow", (*here, "flow"), f"no elementary flow '{emission.flow}'.", hint)
            continue
        try:
            units.ratio(emission.amount.value, emission.amount.unit, flow.unit, factor.unit)
        except UnitsError as error:
            yield problem("unit", (*here, "amount"), str(error))


def _record(key: str, factor: OwnFactor, case: Case, library: Library) -> Record:
    """An own factor as a record; its id has no dot, which no record of the library lacks."""
    source = f"case:{key}"
    if factor.co2e is not None:
        amount = units.ratio(factor.co2e.value, factor.co2e.unit, "kg CO2e", factor.unit)
        flows: tuple[Emission, ...] = (Emission(flow=SCREENING_FLOW, amount=repr(amount), unit="kg", source=source),)
    else:
        flows = tuple(
            Emission(
                flow=one.flow,
                amount=repr(units.ratio(one.amount.value, one.amount.unit, library.flows[one.flow].unit, factor.unit)),
                unit=library.flows[one.flow].unit,
                source=source,
            )
            for one in factor.emissions
        )
    category = "materials/own" if factor.material else "waste/own" if factor.treats_waste else "own"
    return Record.model_construct(
        id=key,
        kind="screening" if factor.co2e is not None else "unit_process",
        name=factor.product,
        category=category,
        reference=Reference(product=factor.product, amount=1, unit=factor.unit),
        location=factor.place or case.place,
        year=factor.year or case.period.start,
        gwp=factor.gwp,
        biosphere=flows,
        boundary=Boundary(scope="as its source states"),
        covers=factor.covers or ("climate_change",),
        sources=(Citation(ref=source, where="as stated in the case"),),
        quality=Quality(pedigree=factor.pedigree, verified=True),
    )


def _source(factor: OwnFactor) -> Source:
    licence = factor.licence or "not stated"
    return Source(title=factor.source, publisher="named in the case", year=factor.year, address="", licence=licence)
