"""A new consortium: from a school's own spreadsheet or from answers to its file."""
