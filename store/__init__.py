"""Tables, queries, the transaction: the only SQL of the house."""
