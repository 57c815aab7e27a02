"""Other tools' inputs and networks."""
