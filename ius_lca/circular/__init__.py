"""Other views of an exchange of material: the Circular Footprint Formula, and module D of EN 15804."""
