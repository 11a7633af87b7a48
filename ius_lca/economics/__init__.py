"""Money: who gains and pays what in a year."""
