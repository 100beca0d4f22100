"""The inspection file (台账): what it is made of, and each of its forms."""
