"""What the budgets of speed are, measured beside a named peer in the same run."""
