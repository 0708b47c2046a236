"""The screen: pure view functions and thin wiring (Dash, dash-cytoscape)."""
