"""The chart of a runner's load: each run beside the longest of the days before it, as a picture, as signs and in words."""
