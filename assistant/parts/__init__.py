"""The parts of a brief, one module each: its composer, what a model is asked, and its checks."""
