"""Chinese time expressions: what a teacher types, as the words of the consortium file or as one question back."""
