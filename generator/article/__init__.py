"""An item's body: Markdown → safe HTML, the text that receipts hash, tables of attachments."""
