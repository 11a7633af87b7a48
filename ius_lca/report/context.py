"""What a report shows, section by section: each from the tables of a result, by the module of that section.

Only these modules round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ius_lca.report.allocations import allocations
from ius_lca.report.cash_flow import CashCurve, CashTable, cash_curve, cash_table
from ius_lca.report.circular import CircularView, circular_views
from ius_lca.report.company import Company, company
from ius_lca.report.conversions import Conversions, conversions_view
from ius_lca.report.corridors import Corridors, corridors
from ius_lca.report.disclosures import disclosures
from ius_lca.report.emission_years import EmissionYears, emission_years
from ius_lca.report.evidence import evidence_chart, evidence_words
from ius_lca.report.exchanges import Terms, climate_terms, exchange_table, network, network_words, waterfall_chart
from ius_lca.report.figures import number
from ius_lca.report.flow_map import FlowMap
from ius_lca.report.funder import funder_view
from ius_lca.report.headlines import Headline, headlines
from ius_lca.report.indicators import indicator_table, shortfalls
from ius_lca.report.money import money_table
from ius_lca.report.references import comparison, reference_chart, titles
from ius_lca.report.returns import ExchangeReturns, Returns, exchange_returns, returns
from ius_lca.report.sharing import sharing_view
from ius_lca.report.stated import inputs_by_owner
from ius_lca.report.streams import streams_view
from ius_lca.report.taken import lines_taken
from ius_lca.report.turning import Turning, turning
from ius_lca.report.years import over_years
from ius_lca.results import Assessment


@dataclass(frozen=True)
class Context:
    """Everything the template asks for, already in words and rounded figures."""

    result: Assessment

    @property
    def case(self) -> Mapping[str, Any]:
        return self.result.case

    @property
    def main(self) -> str:
        return self.result.main_reference

    @property
    def main_title(self) -> str:
        return self.references[self.main]

    @cached_property
    def references(self) -> dict[str, str]:
        """The title of every reference."""
        return titles(self.result)

    @cached_property
    def headlines(self) -> list[Headline]:
        """CO2, primary resources, landfill and value under the main reference, with the span over all references."""
        return headlines(self.result)

    @cached_property
    def comparison(self) -> dict[str, Any]:
        """Benefit under every reference, for the headline indicators that may be shown."""
        return comparison(self.result)

    @cached_property
    def reference_chart(self) -> str:
        """The CO2 benefit under every reference."""
        return reference_chart(self.result)

    @cached_property
    def _climate_terms(self) -> Terms:
        """The six terms by exchange under the main reference [kg CO2e]."""
        return climate_terms(self.result)

    @cached_property
    def waterfall_chart(self) -> str:
        """The six terms of the CO2 benefit of the network."""
        return waterfall_chart(self._climate_terms)

    @cached_property
    def network(self) -> FlowMap:
        """Actors and exchanges as a picture."""
        return network(self.result, self._climate_terms)

    @cached_property
    def network_words(self) -> list[str]:
        """The flow picture as sentences."""
        return network_words(self.result)

    @cached_property
    def exchange_table(self) -> dict[str, Any]:
        """CO2 terms per exchange under the main reference."""
        return exchange_table(self.result, self._climate_terms)

    @cached_property
    def emission_years(self) -> EmissionYears | None:
        """When the CO2 benefit happens, if a part of it comes later."""
        return emission_years(self.result, self.references)

    @cached_property
    def years(self) -> dict[str, Any]:
        """A year, the period and the lifetime apart; the years one by one."""
        return over_years(self.result)

    @cached_property
    def sharing(self) -> dict[str, Any]:
        """Who gets the CO2 benefit by every rule, whom a rule leaves worse off, and what is counted twice in parallel."""
        return sharing_view(self.result)

    @cached_property
    def company(self) -> Company:
        """What a company wants to know first, in sentences."""
        return company(self.result)

    @cached_property
    def corridors(self) -> Corridors:
        """Between which prices both sides of an exchange gain."""
        return corridors(self.result)

    @cached_property
    def cash_curve(self) -> CashCurve | None:
        """What has come back by the end of each year, if anything is invested."""
        return cash_curve(self.result)

    @cached_property
    def cash_table(self) -> CashTable | None:
        """Every item of every actor by year."""
        return cash_table(self.result)

    @cached_property
    def returns(self) -> Returns | None:
        """Net present value, rates of return and payback of every actor."""
        return returns(self.result)

    @cached_property
    def exchange_returns(self) -> ExchangeReturns | None:
        """What every exchange is worth, and what a unit of it costs."""
        return exchange_returns(self.result)

    @cached_property
    def money_table(self) -> dict[str, Any]:
        """Every payment of a year under the main reference."""
        return money_table(self.result)

    @cached_property
    def funder(self) -> dict[str, Any]:
        """What funders ask for; apart from it, what avoided impacts are worth to others."""
        return funder_view(self.result)

    @cached_property
    def conversions(self) -> Conversions | None:
        """Every amount that was not in the money of the case."""
        return conversions_view(self.result)

    @cached_property
    def indicator_table(self) -> list[dict[str, str]]:
        """All indicators under the main reference, with the word for their coverage."""
        return indicator_table(self.result)

    @cached_property
    def shortfalls(self) -> list[tuple[str, str]]:
        """By indicator, the factors that fall short under the main reference."""
        return shortfalls(self.result)

    @cached_property
    def evidence(self) -> list[tuple[str, str]]:
        """Share of the CO2 terms by the weakest number each uses."""
        return evidence_words(self.result)

    @cached_property
    def evidence_chart(self) -> str:
        """The same as a bar."""
        return evidence_chart(self.result)

    @cached_property
    def inputs(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Every number the user stated, with what it rests on, by exchange or process."""
        return inputs_by_owner(self.result)

    @cached_property
    def allocations(self) -> list[dict[str, str]]:
        """The share of its burdens that each product of a process carries."""
        return allocations(self.result)

    @cached_property
    def taken(self) -> dict[str, Any]:
        """What both scenarios take under the main reference, factor by factor."""
        return lines_taken(self.result, self.main)

    @cached_property
    def streams(self) -> dict[str, Any]:
        """Class, seasons and relative weight of the streams."""
        return streams_view(self.result, self.main)

    @cached_property
    def circular(self) -> list[CircularView]:
        """The Circular Footprint Formula and module D of the exchanges that ask for them."""
        return circular_views(self.result)

    @cached_property
    def turning(self) -> Turning:
        """What would turn the CO2 benefit of each exchange."""
        return turning(self.result)

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        return [
            {
                "level": finding.level.value,
                "where": finding.where,
                "path": finding.path,
                "text": f"{finding.message} {finding.mend}".strip(),
                "code": finding.code,
            }
            for finding in self.result.findings
        ]

    @cached_property
    def disclosures(self) -> list[tuple[str, str]]:
        """What a claim of avoided emissions must disclose, filled or marked 'not stated'."""
        return disclosures(self.result, self.references)

    @cached_property
    def verification(self) -> str:
        difference = number(self.result.verification["max_relative_difference"])
        return f"{difference:.0e}" if difference else "0"
