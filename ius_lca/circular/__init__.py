"""Other ways to count a recycled material: the Circular Footprint Formula and module D of EN 15804."""
