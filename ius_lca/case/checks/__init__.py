"""What may be wrong or weak in a case, part by part; `ius_lca.case.check` asks all of them."""
