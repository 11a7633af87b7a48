"""`python -m ius_lca`, the same as `ius-lca`."""

from ius_lca.cli import main

if __name__ == "__main__":
    main()
