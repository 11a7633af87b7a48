"""Money: who gains and pays what in which year, the figures of it, and the prices between which both sides gain."""
