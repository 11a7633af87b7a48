"""The factor library: records, how they are read, checked and found."""
