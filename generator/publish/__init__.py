"""From what was read to a site on the disk: frame, pages, files, search, one swap."""
