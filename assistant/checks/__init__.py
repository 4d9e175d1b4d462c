"""The method and its rules, each as a function from a part and its evidence to findings."""
