"""Processes that feed each other: which of their loops has no solution."""

from __future__ import annotations

from collections.abc import Mapping

#: A loop that gives back this little of what it takes is not told from one that gives nothing.
_MARGIN = 1e-12


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
    reached = {name: _reached(links, name) for name in links}
    groups: list[list[str]] = []
    seen: set[str] = set()
    for name in links:
        if name in reached[name] and name not in seen:
            group = [other for other in links if other in reached[name] and name in reached[other]]
            groups.append(group)
            seen.update(group)
    return groups


def _reached(links: Mapping[str, Mapping[str, float]], start: str) -> set[str]:
    """Everything a process takes from, directly or not; itself only if it is in a loop."""
    found: set[str] = set()
    queue = [start]
    while queue:
        for name, amount in links.get(queue.pop(), {}).items():
            if amount and name in links and name not in found:
                found.add(name)
                queue.append(name)
    return found


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
