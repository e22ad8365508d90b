"""The frozen values that travel along the path; each module is one stop on it."""
