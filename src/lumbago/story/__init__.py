"""What language saw, and answered questions, become findings."""
