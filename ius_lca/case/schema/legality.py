"""What a case may say of the law: what permits a disposal, and what a stream is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from ius_lca.quantity import Frozen

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Permit(Frozen):
    """What permits a disposal that is banned as a rule."""

    exemption: Text
    """By whom and when, such as `dispensation of the county board, 2021`; printed."""
    source: str = ""
    """Where the exemption can be read."""

    @property
    def words(self) -> str:
        """The exemption with its source."""
        return f"{self.exemption} ({self.source})" if self.source else self.exemption


class LegalStatus(Frozen):
    """What a stream is to the law, as the case states it; the word alone may stand in its place."""

    status: Literal["waste", "by-product", "end-of-waste", "product"]
    why: str = ""
    """On what that rests: a decision, criteria, an article of law."""
    source: str = ""

    @model_validator(mode="before")
    @classmethod
    def _word(cls, written: object) -> object:
        return {"status": written} if isinstance(written, str) else written
