"""What helps a county start and a clerk write: a root of its own, a new item, mechanical repairs."""
