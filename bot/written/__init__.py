"""What people write, in words, lines and figures, read into what use cases ask for."""
