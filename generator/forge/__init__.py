"""What CI does on each forge, and the forge's own file forms."""
