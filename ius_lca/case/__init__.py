"""The case: what a file may say, how it is read, checked and turned into plain amounts."""
