"""Policy papers: read, cut into clauses, kept in editions, searched; answered in their own words or not at all."""
