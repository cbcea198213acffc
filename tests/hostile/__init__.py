"""Files that mean harm or are broken: made with a seed, opened by the program, and none may hurt it."""
