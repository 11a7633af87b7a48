"""Who gets the benefit: every rule side by side, what actors gain without each other, and whom a rule leaves worse off."""
