"""The inventory: what each scenario takes from the background."""
