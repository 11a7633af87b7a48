"""Things that take from each other: what one reaches, and which of their loops has no solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

#: A loop that gives back this little of what it takes is not told from one that gives nothing.
_MARGIN = 1e-12


def reached(links: Mapping[str, Iterable[str]], start: Iterable[str]) -> set[str]:
    """Some names and everything they take, directly or not.

    links: by name, what it takes; what is not in it takes nothing.

    >>> sorted(reached({"a": ["b"], "b": ["a", "c"], "d": ["a"]}, ["a"]))
    ['a', 'b', 'c']
    """
    found = set(start)
    queue = list(found)
    while queue:
        new = [name for name in links.get(queue.pop(), ()) if name not in found]
        found.update(new)
        queue += new
    return found


def passed_on(links: NDArray[float64], own: NDArray[bool_]) -> NDArray[bool_]:
    """Whether something is true of a thing or of anything it takes [any, n, k].

    links: how much of the second one unit of the first takes [any, n, n].  own: whether it is true of itself [any, n, k].
    """
    linked = links != 0
    known = own
    # The longest way without a loop has as many steps as there are things; most end sooner.
    for _ in range(links.shape[-1]):
        more = known | (linked @ known.astype(float) > 0)
        if (more == known).all():
            break
        known = more
    return known


def unsolvable_loop(links: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The ids along a loop that takes as much of its own product as it makes, or more; none if there is no such loop.

    links: by process, what it takes of other processes, per unit of its product.

    >>> unsolvable_loop({"a": {"b": 2.0}, "b": {"a": 0.5}, "c": {"a": 9.0}})
    ['a', 'b']
    >>> unsolvable_loop({"a": {"b": 2.0}, "b": {"a": 0.4}})
    []
    """
    for loop in _loops(links):
        import numpy as np

        gains = np.array([[links[one].get(other, 0.0) for other in loop] for one in loop])
        # The largest gain does not depend on the units of the products, as the condition of the matrix would.
        if np.abs(np.linalg.eigvals(gains)).max() >= 1 - _MARGIN:
            return _cycle(links, loop)
    return []


def _loops(links: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Groups of processes that reach each other (strongly connected, with a link among them)."""
    taken = {name: [other for other, amount in lines.items() if amount and other in links] for name, lines in links.items()}
    # A process reaches itself only if it is in a loop.
    below = {name: reached(taken, others) for name, others in taken.items()}
    groups: list[list[str]] = []
    seen: set[str] = set()
    for name in links:
        if name in below[name] and name not in seen:
            group = [other for other in links if other in below[name] and name in below[other]]
            groups.append(group)
            seen.update(group)
    return groups


def _cycle(links: Mapping[str, Mapping[str, float]], loop: list[str]) -> list[str]:
    """The shortest way from a process of the loop back to itself."""
    inside = set(loop)
    paths = [[loop[0]]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for name, amount in links[path[-1]].items():
            if name == loop[0] and amount:
                return path
            if amount and name in inside and name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return loop
