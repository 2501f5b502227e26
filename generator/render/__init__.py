"""Repository and ledger → what pages exist and what each holds."""
