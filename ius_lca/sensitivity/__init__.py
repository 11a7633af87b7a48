"""How a result depends on its numbers: switching values and break-evens."""
