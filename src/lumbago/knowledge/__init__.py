"""What the program knows: data, one idea a file, its source and its test beside it; and code that loads, checks and shows it."""
