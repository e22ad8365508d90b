"""A runner's lower back hurts: is it serious, what may contribute, what to do this week."""
