"""Impact assessment: unit scores, the kernel, Brightway, coverage."""
