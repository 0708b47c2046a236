"""How sure a figure is (U1–U4): bounds, grids of hypotheses, null models, leaving one out."""
