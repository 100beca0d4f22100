"""The commands of `jiaolian`, one a file; each is imported when it is called."""
