"""What the program knows: data, one idea a file, with its source and its test beside it, and the code that loads, checks and shows it."""
