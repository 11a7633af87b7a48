"""Whether a case can be assessed: ids that exist, shares that sum, units that fit, numbers in their meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema import UNUSED, ByReference, Case, Exchange, Prices, Transport, Use
from ius_lca.errors import Finding, Level, UnitsError, did_you_mean
from ius_lca.library.read import embedded_library
from ius_lca.library.record import COVERABLE, Library
from ius_lca.quantity import Evidence, Stated
from ius_lca.yaml_document import Document, Place

#: How far shares may miss 100 %: they are often printed rounded.
SHARE_TOLERANCE = 1e-6

#: So many names fit into a hint.
_FEW = 12
#: What shares and ratios may be.
_UNIT_INTERVAL = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding before its line is known."""

    level: Level
    code: str
    place: Place
    message: str
    mend: str = ""


def check_case(case: Case, library: Library | None = None, document: Document | None = None) -> list[Finding]:
    """Every finding that needs no scores, errors first.

    library: whose factors the case names; the embedded one if not given.
    document: the file it was read from, for lines.

    >>> from ius_lca.case.read_yaml import read_case
    >>> from ius_lca.paths import shipped
    >>> findings = check_case(read_case(shipped("examples") / "helsingborg" / "case.yaml"))
    >>> [finding for finding in findings if finding.level == "error"]
    []
    """
    found = list(_problems(case, library or embedded_library()))
    findings = [
        Finding(
            problem.level,
            problem.code,
            problem.message,
            problem.mend,
            document.where(problem.place) if document else "",
            ".".join(str(part) for part in problem.place),
        )
        for problem in found
    ]
    weight = list(Level)
    return sorted(findings, key=lambda finding: weight.index(finding.level))


def _problems(case: Case, library: Library) -> Iterator[Problem]:
    yield from _network(case)
    for key, process in case.processes.items():
        yield from _process(case, library, key)
        if process.by is not None:
            yield from _known(process.by, case.actors, ("processes", key, "by"), "actor")
    for key, exchange in case.exchanges.items():
        yield from _exchange(case, library, exchange, ("exchanges", key))
    yield from _sharing(case)


def _error(code: str, place: Place, message: str, mend: str = "") -> Problem:
    return Problem(Level.ERROR, code, place, message, mend)


def _known(word: str, known: Iterable[str], place: Place, what: str) -> Iterator[Problem]:
    names = list(known)
    if word not in names:
        hint = did_you_mean(word, names) or (f"Known: {', '.join(names)}." if 0 < len(names) <= _FEW else "")
        yield _error(f"unknown-{what}", place, f"no {what} '{word}'.", hint)


def _fits(place: Place, read: Callable[[], float]) -> Iterator[Problem]:
    """The error, if a conversion of the case does not work."""
    try:
        read()
    except UnitsError as error:
        yield _error("unit", place, str(error))


def _between(stated: Stated, limits: tuple[float, float], place: Place, what: str) -> Iterator[Problem]:
    try:
        value = amounts.plain(stated)
    except UnitsError as error:
        yield _error("unit", place, str(error))
        return
    if not limits[0] <= value <= limits[1]:
        low, high = limits
        message = f"{what} is {value:g}; it lies between {low:g} and {high:g}."
        yield _error("out-of-range", place, message, "Mend the number.")


def _network(case: Case) -> Iterator[Problem]:
    if not case.exchanges:
        yield _error("no-exchange", ("exchanges",), "there is no exchange.", "Add one.")
    for place, rate in (
        (("discount_rate",), case.discount_rate),
        *((("actors", key, "discount_rate"), actor.discount_rate) for key, actor in case.actors.items()),
    ):
        if rate is not None:
            yield from _between(rate, (-0.5, 1.0), place, "the discount rate")
    if case.study.public_comparison:
        yield _error(
            "public-comparison",
            ("study", "public_comparison"),
            "a public comparative assertion on the embedded library alone is refused: too few categories (ISO 14044, 5.3).",
            "Set it to false, or use a full background database and a critical review.",
        )
    if len(case.references) == 1:
        yield Problem(
            Level.WARNING,
            "single-reference",
            ("references",),
            "there is one reference; what would happen otherwise is the weakest part of any claim.",
            "Add a conservative and a favourable one.",
        )


def _sharing(case: Case) -> Iterator[Problem]:
    if case.sharing.rule == "weights" and not case.sharing.weights:
        yield _error("weights", ("sharing", "weights"), "rule 'weights' needs weights.", "State them by exchange and actor.")
    for exchange, weights in case.sharing.weights.items():
        place: Place = ("sharing", "weights", exchange)
        yield from _known(exchange, case.exchanges, place, "exchange")
        for actor, weight in weights.items():
            yield from _known(actor, case.actors, (*place, actor), "actor")
            yield from _between(weight, _UNIT_INTERVAL, (*place, actor), "a weight")
        yield from _sums_to_one(list(weights.values()), place, "weights")
    if case.sharing.weights:
        for exchange in case.exchanges:
            if exchange not in case.sharing.weights:
                yield _error("weights", ("sharing", "weights"), f"no weights for exchange '{exchange}'.", "State them.")


def _sums_to_one(shares: Sequence[Stated], place: Place, what: str) -> Iterator[Problem]:
    try:
        total = sum(amounts.plain(share) for share in shares)
    except UnitsError:
        return  # told where the share stands
    if shares and abs(total - 1) > SHARE_TOLERANCE:
        yield _error(
            "shares", place, f"the {what} sum to {total:.6g} of the whole: {total * 100:.6g} %.", "They must sum to 100 %."
        )


def _exchange(case: Case, library: Library, exchange: Exchange, place: Place) -> Iterator[Problem]:
    yield from _known(exchange.from_, case.actors, (*place, "from"), "actor")
    yield from _known(exchange.to, case.actors, (*place, "to"), "actor")
    if exchange.from_ == exchange.to:
        yield _error("same-actor", (*place, "to"), "donor and receiver are the same actor.", "Name the other one.")
    if exchange.quantity.value < 0:
        yield _error(
            "negative-quantity", (*place, "quantity"), f"the quantity is {exchange.quantity.value:g}.", "Write it positive."
        )
    try:
        base = amounts.base_unit(exchange)
    except UnitsError as error:
        yield _error("unit", (*place, "quantity"), str(error))
        return
    yield from _between(exchange.usable, _UNIT_INTERVAL, (*place, "usable"), "the usable share")
    if exchange.supply is None and exchange.disposal is None:
        message = "neither 'supply' nor 'disposal' is stated, so there is nothing to compare with."
        yield _error("no-reference", place, message, "Say what it replaces or what it avoids.")
    yield from _supply(case, library, exchange, base, place)
    if exchange.disposal is not None:
        yield from _by_reference(case, library, exchange.disposal, base, (*place, "disposal"))
    yield from _own_burdens(case, library, exchange, base, place)
    yield from _heat(exchange, place)
    yield from _money(case, library, exchange, base, place)


def _supply(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    supply = exchange.supply
    if supply is None:
        return
    here = (*place, "supply")
    yield from _between(supply.quality, _UNIT_INTERVAL, (*here, "quality"), "the quality factor")
    yield from _between(supply.displacement, _UNIT_INTERVAL, (*here, "displacement"), "the displacement")
    if supply.substitution.value < 0:
        yield _error("out-of-range", (*here, "substitution"), "the substitution ratio is negative.", "Mend the number.")
    full = units.same_dimension(supply.displacement.unit, "") and amounts.plain(supply.displacement) == 1
    if full and supply.displacement.evidence is Evidence.ASSUMED:
        yield Problem(
            Level.NOTE,
            "full-displacement",
            (*here, "displacement"),
            "that all of it displaces production on the market (100 %) is an assumption, not an observation.",
            "State evidence, or test a lower share.",
        )
    yield from _by_reference(case, library, supply, None, here)
    for use, where in _uses(supply, here):
        target = _target_unit(use, case, library)
        if target is not None:
            yield from _fits((*here, "substitution"), partial(amounts.supplied, exchange, supply, target, base))
            if use.amount is not None:
                message = "an 'amount' has no meaning here: how much is displaced follows from the substitution."
                yield _error("unknown-key", (*where, "amount"), message, "Use 'substitution'.")


def _uses(role: ByReference, place: Place) -> Iterator[tuple[Use, Place]]:
    for index, use in enumerate(role.all):
        yield use, (*place, "all", index)
    for reference, uses in role.by_reference.items():
        for index, use in enumerate(uses):
            yield use, (*place, "by_reference", reference, index)


def _by_reference(case: Case, library: Library, role: ByReference, base: str | None, place: Place) -> Iterator[Problem]:
    """References that exist, complete, with shares that sum and factors that fit.

    base: the unit the uses serve, or none where the substitution says it.
    """
    for reference in role.by_reference:
        yield from _known(reference, case.references, (*place, "by_reference", reference), "reference")
    if role.by_reference:
        for reference in case.references:
            if reference not in role.by_reference:
                message = f"nothing is said for reference '{reference}'."
                yield _error("missing-reference", (*place, "by_reference"), message, "Add it, or use 'all'.")
    for key, uses in (("all", role.all), *((reference, uses) for reference, uses in role.by_reference.items())):
        where = (*place, "all") if key == "all" else (*place, "by_reference", key)
        yield from _sums_to_one([use.share for use in uses], where, "shares")
    for use, where in _uses(role, place):
        yield from _use(case, library, use, base, where)


def _target_unit(use: Use, case: Case, library: Library) -> str | None:
    try:
        return amounts.target_unit(use, case, library)
    except KeyError:
        return None


def _use(case: Case, library: Library, use: Use, base: str | None, place: Place) -> Iterator[Problem]:
    if use.process is not None:
        yield from _known(use.process, case.processes, (*place, "process"), "process")
    elif use.factor not in library.records:
        hint = did_you_mean(use.target, library.records) or "Search with 'ius-lca factors WORDS'."
        yield _error("unknown-factor", (*place, "factor"), f"no factor '{use.factor}'.", hint)
    yield from _between(use.share, _UNIT_INTERVAL, (*place, "share"), "the share")
    target = _target_unit(use, case, library)
    if target is not None and base is not None:
        try:
            if amounts.use_amount(use, target, base) < 0:
                yield _error("out-of-range", (*place, "amount"), "the amount is negative.", "Write burdens positive.")
        except UnitsError as error:
            where = (*place, "amount") if use.amount is not None else place
            mend = "" if use.amount is not None else f"State 'amount: ... {target}/{base}'."
            yield _error("unit", where, f"{use.target}: {error}", mend)
    yield from _made_up(case, library, use, place)


def _made_up(case: Case, library: Library, use: Use, place: Place) -> Iterator[Problem]:
    record = library.records.get(use.target)
    products = [coproduct.product for coproduct in record.coproducts] if record else []
    for product, supplier in use.makes_up.items():
        here = (*place, "makes_up", product)
        yield from _known(product, products, here, "co-product")
        if supplier in case.exchanges or supplier == UNUSED:
            continue
        if supplier not in library.records and supplier not in case.processes:
            hint = did_you_mean(supplier, [*library.records, *case.processes, *case.exchanges])
            yield _error("unknown-factor", here, f"no factor, process or exchange '{supplier}'.", hint)
        elif record and product in products:
            _, unit = record.coproduct(product)
            yield from _fits(here, partial(units.factor_between, unit, amounts.unit_of(supplier, case, library)))
    for product in products:
        if product not in use.makes_up:
            yield Problem(
                Level.WARNING,
                "co-product",
                place,
                f"{use.target} also yields {product}, which counts for nothing: what supplies it otherwise is not said.",
                f"State 'makes_up: {{{product}: FACTOR}}', or '{UNUSED}' if nobody takes it.",
            )


def _nothing_made_up(case: Case, use: Use, place: Place) -> Iterator[Problem]:
    """Where a use has no other scenario to make its co-products up in, saying so must not pass unheard."""
    for product, supplier in use.makes_up.items():
        if supplier not in case.exchanges and supplier != UNUSED:
            message = f"the {product} is made up only where a supply, disposal, need or residue of an exchange names the factor."
            yield _error("makes-up", (*place, "makes_up", product), message, f"Write '{UNUSED}', or name the factor there.")


def _own_burdens(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    for index, need in enumerate(exchange.needs):
        here = (*place, "needs", index)
        yield from _use(case, library, need, base, here)
        yield from _known(need.by, case.actors, (*here, "by"), "actor")
    for index, leg in enumerate(exchange.transport):
        yield from _leg(case, library, leg, base, (*place, "transport", index))
    if exchange.residue is not None:
        here = (*place, "residue")
        yield from _use(case, library, exchange.residue, base, here)
        if exchange.residue.by is not None:
            yield from _known(exchange.residue.by, case.actors, (*here, "by"), "actor")
    elif units.same_dimension(exchange.usable.unit, "") and amounts.plain(exchange.usable) < 1:
        message = "part of it is not usable, and nothing says where that goes."
        yield Problem(Level.WARNING, "residue", place, message, "State 'residue'.")
    for index, item in enumerate(exchange.equipment):
        here = (*place, "equipment", index)
        yield from _use(case, library, item, None, here)
        yield from _nothing_made_up(case, item, here)
        yield from _known(item.by, case.actors, (*here, "by"), "actor")
        yield from _fixed(item.amount, _target_unit(item, case, library), (*here, "amount"))
        yield from _fits((*here, "life"), partial(item.life.to, "year"))
        if item.life.value <= 0:
            yield _error("out-of-range", (*here, "life"), f"the life is {item.life.value:g}.", "It must be above zero.")
        if item.cost is not None:
            message = "the investment is listed, but not yet part of the yearly value."
            yield Problem(Level.NOTE, "investment", (*here, "cost"), message)
    for index, backup in enumerate(exchange.backup):
        here = (*place, "backup", index)
        yield from _use(case, library, backup, None, here)
        yield from _nothing_made_up(case, backup, here)
        yield from _known(backup.by, case.actors, (*here, "by"), "actor")
        target = _target_unit(backup, case, library)
        yield from _fixed(backup.amount, target and units.per(target, "year"), (*here, "amount"))


def _fixed(amount: Stated, unit: str | None, place: Place) -> Iterator[Problem]:
    if unit is not None:
        yield from _fits(place, partial(amount.to, unit))
    if amount.value < 0:
        yield _error("out-of-range", place, "the amount is negative.", "Write burdens positive.")


def _leg(case: Case, library: Library, leg: Transport, base: str, place: Place) -> Iterator[Problem]:
    yield from _known(leg.by, case.actors, (*place, "by"), "actor")
    if leg.distance.value < 0:
        yield _error("out-of-range", (*place, "distance"), "the distance is negative.", "Mend the number.")
    if leg.factor not in library.records:
        hint = did_you_mean(leg.factor, library.records) or "Search with 'ius-lca factors transport'."
        yield _error("unknown-factor", (*place, "factor"), f"no factor '{leg.factor}'.", hint)
        return
    target = library.records[leg.factor].reference.unit
    if leg.wet_mass is None and not units.same_dimension(base, "t"):
        message = f"what is moved is counted in {base}, so its mass is not known."
        yield _error("wet-mass", place, message, f"State 'wet_mass: ... t/{base}'.")
        return
    yield from _fits(place, partial(amounts.moved, leg, base, target))


def _heat(exchange: Exchange, place: Place) -> Iterator[Problem]:
    heat = exchange.heat
    if heat is None:
        return
    here = (*place, "heat")
    temperatures = []
    for key, stated in (("supply", heat.supply), ("needed", heat.needed), ("return", heat.return_)):
        if stated is None:
            continue
        try:
            temperatures.append((key, stated.to("degC")))
        except UnitsError as error:
            yield _error("unit", (*here, key), str(error))
    known = dict(temperatures)
    lifted = any("heat_pump" in need.target for need in exchange.needs)
    if {"supply", "needed"} <= known.keys() and known["supply"] < known["needed"] and not lifted:
        message = f"the heat comes at {known['supply']:g} °C and is needed at {known['needed']:g} °C."
        yield _error("too-cold", here, message, "Add a heat pump to 'needs'.")
    if heat.availability is not None:
        yield from _between(heat.availability, _UNIT_INTERVAL, (*here, "availability"), "the availability")


def _process(case: Case, library: Library, key: str) -> Iterator[Problem]:
    process, place = case.processes[key], ("processes", key)
    try:
        units.factor_between(process.unit, process.unit)
    except UnitsError as error:
        yield _error("unit", (*place, "unit"), str(error))
        return
    for index, use in enumerate(process.inputs):
        yield from _use(case, library, use, process.unit, (*place, "inputs", index))
        yield from _nothing_made_up(case, use, (*place, "inputs", index))
    for index, emission in enumerate(process.emissions):
        here = (*place, "emissions", index)
        flow = library.flows.get(emission.flow)
        if flow is None:
            hint = did_you_mean(emission.flow, library.flows)
            yield _error("unknown-flow", (*here, "flow"), f"no elementary flow '{emission.flow}'.", hint)
        else:
            yield from _fits((*here, "amount"), partial(amounts.per_unit, emission.amount, flow.unit, process.unit))
    for indicator in process.covers or ():
        yield from _known(indicator, COVERABLE, (*place, "covers"), "indicator")


def _money(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    money, here = exchange.money, (*place, "money")
    if money.price is not None:
        yield from _priced(money.price, case.currency, base, (*here, "price"))
    for key, prices, unit in (
        ("avoided_purchase", money.avoided_purchase, _product_unit(case, library, exchange)),
        ("avoided_disposal", money.avoided_disposal, base),
    ):
        if prices is None:
            continue
        if unit is None:
            message = "a purchase is avoided only where 'supply' says what is replaced."
            yield _error("no-supply", (*here, key), message, "Add 'supply', or remove it.")
            continue
        yield from _prices(case, prices, unit, (*here, key))
    for index, need in enumerate(exchange.needs):
        target = _target_unit(need, case, library)
        if need.price is not None and target is not None:
            yield from _priced(need.price, case.currency, target, (*place, "needs", index, "price"))
    for index, leg in enumerate(exchange.transport):
        if leg.price is not None:
            yield from _priced(leg.price, case.currency, "tkm", (*place, "transport", index, "price"))


def _product_unit(case: Case, library: Library, exchange: Exchange) -> str | None:
    """The unit of the displaced product, from the first use that names one."""
    if exchange.supply is None:
        return None
    return next((unit for use, _ in _uses(exchange.supply, ()) if (unit := _target_unit(use, case, library))), None)


def _prices(case: Case, prices: Prices, unit: str, place: Place) -> Iterator[Problem]:
    for keys, price in prices.stated():
        if keys:
            yield from _known(keys[-1], case.references, (*place, *keys), "reference")
        yield from _priced(price, case.currency, unit, (*place, *keys))
    if prices.all is None:
        for reference in case.references:
            if reference not in prices.by_reference:
                message = f"no price is stated for reference '{reference}': its value is then incomplete."
                yield Problem(Level.WARNING, "not-stated", place, message, "State it; it is never borrowed.")


def _priced(price: Stated, currency: str, unit: str, place: Place) -> Iterator[Problem]:
    yield from _fits(place, partial(units.ratio, price.value, price.unit, currency, unit))
