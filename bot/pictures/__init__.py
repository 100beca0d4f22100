"""Pictures: a term, its class meetings, the charts of a report."""
