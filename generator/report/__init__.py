"""Words for what was found: diagnostics and the ledger, one module a format."""
