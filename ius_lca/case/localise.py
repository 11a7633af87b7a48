"""The library as a case sees it: with factors of its own, of its place, and factors that it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ius_lca.case.checks.emissions import activity_problems
from ius_lca.case.problems import Problem, problem
from ius_lca.case.schema.case import Case, OwnFactor
from ius_lca.case.schema.target import Target
from ius_lca.case.targets import factor_names, targets, uses_of
from ius_lca.errors import FormulaError, Level, UnitsError, did_you_mean
from ius_lca.formula import evaluate
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import (
    SCREENING_FLOW,
    Boundary,
    Citation,
    Emission,
    Library,
    Parameter,
    Quality,
    Record,
    Reference,
)
from ius_lca.library.search import hint_for
from ius_lca.library.source import Source
from ius_lca.units import factor_between, ratio, same_dimension
from ius_lca.yaml_document import Place

#: Words of a figure that already holds what it avoids.
_CREDIT = re.compile(r"\bavoided\b|\bcredit(s|ed)?\b|\bnet of\b|\bsystem expansion\b|\bsubstitut(ed|ion)\b")


def localised(case: Case, library: Library) -> tuple[Library, list[Problem]]:
    """The library with what the case brings along, listed in its `own`, and what is wrong with that.

    A factor named without its place (`electricity.mix`) is that of the case's place or of the next wider region: the same
    record under a second name. A factor with other parameters or inputs is a record of its own, named by `Target.target`;
    where it cannot be made, the unchanged record stands in, so that nothing else is told of it.
    """
    problems: list[Problem] = []
    own: dict[str, Record] = {}
    sources: dict[str, Source] = {}
    for key, factor in case.factors.items():
        found = list(_problems_of(factor, library, ("factors", key)))
        problems += found
        if not any(one.level is Level.ERROR for one in found):
            problems += [*_taken_from(case, factor, ("factors", key)), *_is_material(case, key)]
            own[key] = _record(key, factor, case, library)
            sources[f"case:{key}"] = _source(factor)
    named: dict[str, Record] = {}
    for name, place in factor_names(case):
        if name not in library.records and name not in own and (near := _of_region(name, case, library)):
            named[name] = library.records[near]
            if not near.endswith(f".{case.place}"):
                wider = library.places[library.records[near].location].name
                message = f"there is no {name} of {case.place}; {near} ({wider}) stands in."
                problems.append(Problem(Level.NOTE, "wider-region", place, message, "Name another factor if you know better."))
    known = library.model_copy(update={"records": {**library.records, **named, **own}})
    for target, place in targets(case):
        if target.factor in known.records and target.target != target.factor:
            own[target.target], found = _changed(target, known, place)
            problems += found
    records = {**library.records, **named, **own}
    local = library.model_copy(update={"records": records, "sources": {**library.sources, **sources}, "own": tuple(own)})
    return local, problems


def _of_region(name: str, case: Case, library: Library) -> str | None:
    """The record of that name for the case's place, or the next wider region."""
    return next((near for place in library.around(case.place) if (near := f"{name}.{place}") in library.records), None)


def _changed(target: Target, known: Library, place: Place) -> tuple[Record, list[Problem]]:
    """The record with other parameters and inputs; the record itself, and why, if that cannot be."""
    record = known.records[target.factor or ""]
    problems = [*_problems_of_parameters(target, record, place), *_problems_of_inputs(target, record, known, place)]
    unchanged = record.model_copy(update={"id": target.target})
    if any(one.level is Level.ERROR for one in problems):
        return unchanged, problems
    values = {name: stated.to(record.parameters[name].unit) for name, stated in target.with_.items()}
    parameters = {
        name: one.model_copy(update={"value": values[name], "range": None}) if name in values else one
        for name, one in record.parameters.items()
    }
    supplier = {line.input: known.records[target.instead.get(line.input, line.input)].id for line in record.technosphere}
    inputs = tuple(line.model_copy(update={"input": supplier[line.input]}) for line in record.technosphere)
    changed = unchanged.model_copy(update={"parameters": parameters, "technosphere": inputs})
    try:
        after = _all_amounts(changed, known)
        names = changed.values()
    except (FormulaError, UnitsError, ValueError, KeyError, ArithmeticError) as error:
        message = f"{record.id}: {str(error).rstrip('.')}."
        return unchanged, [*problems, problem("parameter", (*place, "with"), message, "Mend a value.")]
    for (_, old), (name, new) in zip(_all_amounts(record, known), after, strict=True):
        if (old >= 0) != (new >= 0):
            message = f"{record.id}: with these values the amount of {name} would be {new:g}, where it was {old:g}."
            return unchanged, [*problems, problem("parameter", (*place, "with"), message, "Mend a value.")]
    # A property that the model computes, such as the calorific value of a waste, follows the parameters.
    computed = {
        name: one.model_copy(update={"value": float(names[name]), "range": None})
        for name, one in record.properties.items()
        if name in names and name not in parameters
    }
    return changed.model_copy(update={"properties": {**record.properties, **computed}}), problems


def _all_amounts(record: Record, library: Library) -> list[tuple[str, float]]:
    """Inputs, elementary flows and co-products."""
    names = record.values()
    coproducts = [(one.product, float(evaluate(one.amount, names))) for one in record.coproducts]
    return [line for part in amounts_of(record, library) for line in part] + coproducts


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
        if not _plausible(value, own):
            far = f"outside the range of its source, {own.range[0]:g} to {own.range[1]:g}" if own.range else "far away"
            message = f"{name} = {value:g} lies {far}; the record has {own.value:g}."
            percent = same_dimension(own.unit, "") and value > 1 >= own.value
            mend = f"Did you mean {value:g} %?" if percent else "Keep it if you can defend it."
            yield Problem(Level.WARNING, "parameter-range", here, message, mend)


def _plausible(value: float, own: Parameter) -> bool:
    """Within the range of the source; without one, within half and double of the record's value."""
    low, high = own.range or sorted((own.value / 2, own.value * 2))
    return low <= value <= high


def _problems_of_inputs(target: Target, record: Record, known: Library, place: Place) -> Iterator[Problem]:
    taken = [line.input for line in record.technosphere]
    for name, other in target.instead.items():
        here = (*place, "instead", name)
        if name not in taken:
            hint = did_you_mean(name, taken) or f"It takes: {', '.join(taken) or 'nothing'}."
            yield problem("unknown-input", here, f"{record.id} takes nothing from '{name}'.", hint)
        if other not in known.records:
            yield problem("unknown-factor", here, f"no factor '{other}'.", hint_for(other, known))
        elif name in taken:
            yield from _unlike(known.records[name], known.records[other], here)


def _unlike(old: Record, new: Record, place: Place) -> Iterator[Problem]:
    if not same_dimension(new.reference.unit, old.reference.unit):
        message = f"'{new.id}' is counted in {new.reference.unit}, '{old.id}' in {old.reference.unit}."
        yield problem("unit", place, message, "Name a factor that supplies the same.")
    elif old.category != new.category and old.reference.product != new.reference.product:
        message = f"'{new.id}' supplies {new.reference.product}, '{old.id}' supplied {old.reference.product}."
        yield Problem(Level.WARNING, "unlike-input", place, message, "Keep it if one can stand in for the other, unit by unit.")


def _problems_of(factor: OwnFactor, library: Library, place: Place) -> Iterator[Problem]:
    try:
        factor_between(factor.unit, factor.unit)
    except UnitsError as error:
        yield problem("unit", (*place, "unit"), str(error))
        return
    if factor.place and factor.place not in library.places:
        hint = did_you_mean(factor.place, library.places)
        yield problem(
            "unknown-place", (*place, "place"), f"no place '{factor.place}'.", hint or "Leave it out, or name its region."
        )
    if factor.co2e is not None:
        try:
            ratio(factor.co2e.value, factor.co2e.unit, "kg CO2e", factor.unit)
        except UnitsError as error:
            yield problem("unit", (*place, "co2e"), str(error), f"Write for example '58 kg CO2e/{factor.unit or 'MWh'}'.")
    if any(stated.value < 0 for stated in factor.amounts()):
        message = "a figure is negative: a credit has no place in a factor."
        yield problem("credit-in-factor", place, message, "Say what is avoided in 'supply', 'disposal' or 'makes_up'.")
    elif found := _CREDIT.search(f"{factor.product} {factor.source}".casefold()):
        message = f"its name or source speaks of '{found.group()}': what a factor credits, the comparison would count twice."
        mend = "Take the figure without the credit, and say in 'disposal' or 'makes_up' what is avoided."
        yield Problem(Level.WARNING, "credit-in-factor", place, message, mend)
    if any(emission.flow == SCREENING_FLOW for emission in factor.emissions):
        yield problem(
            "screening", (*place, "emissions"), "a bare CO2e figure is no elementary flow.", "Write it as 'co2e', with 'gwp'."
        )
    yield from activity_problems(factor, library, place)


def _taken_from(case: Case, factor: OwnFactor, place: Place) -> Iterator[Problem]:
    """What `_record` takes from the case, where the factor does not say it."""
    taken = {"year": str(case.period.start)} if factor.year is None else {}
    taken |= {"place": case.place} if not factor.place else {}
    if taken:
        verb = "are" if len(taken) > 1 else "is"
        message = f"its {' and '.join(taken)} {verb} not stated, so it counts as of {', '.join(taken.values())}."
        yield Problem(Level.NOTE, "own-factor", place, message, "State what its source says: old and foreign factors are told.")


def _is_material(case: Case, key: str) -> Iterator[Problem]:
    """A mass of something that is displaced, where nothing says whether it is virgin material."""
    factor = case.factors[key]
    displaced = (uses_of(exchange.supply, ()) for exchange in case.exchanges.values() if exchange.supply is not None)
    said = factor.treats_waste or "material" in factor.model_fields_set or not same_dimension(factor.unit, "kg")
    if not said and key in {use.factor for uses in displaced for use, _ in uses}:
        message = "it is displaced, and nothing says whether it is a material: it counts as no virgin material."
        yield Problem(Level.NOTE, "own-factor", ("factors", key), message, "State 'material: true' if it is one, else 'false'.")


def _record(key: str, factor: OwnFactor, case: Case, library: Library) -> Record:
    """An own factor as a record; its id has no dot, which no record of the library lacks."""
    source = f"case:{key}"
    if factor.co2e is not None:
        amount = ratio(factor.co2e.value, factor.co2e.unit, "kg CO2e", factor.unit)
        flows: tuple[Emission, ...] = (Emission(flow=SCREENING_FLOW, amount=repr(amount), unit="kg", source=source),)
    else:
        flows = tuple(
            Emission(
                flow=one.flow,
                amount=repr(ratio(one.amount.value, one.amount.unit, library.flows[one.flow].unit, factor.unit)),
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
        covers=factor.covers if factor.covers is not None else ("climate_change",),
        sources=(Citation(ref=source, where="as stated in the case"),),
        quality=Quality(pedigree=(5, 5, 5, 5, 5), verified=True),
    )


def _source(factor: OwnFactor) -> Source:
    licence = factor.licence or "licence not stated"
    return Source(title=factor.source, publisher="named in the case", year=factor.year, address="", licence=licence)
