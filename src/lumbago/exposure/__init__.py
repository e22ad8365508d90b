"""Activities -> every run against its last 30 days, and what changed before the pain began."""
