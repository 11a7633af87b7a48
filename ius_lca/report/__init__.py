"""Reports: a result in words, figures and pictures."""
