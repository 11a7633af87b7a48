"""What each stream is: its class, its footprint, and its part in the operations of an actor."""
