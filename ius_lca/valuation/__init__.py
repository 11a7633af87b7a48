"""What money and the life cycle say together, and the figures of all years."""
