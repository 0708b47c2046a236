"""What if a project or an actor went, came late, or joined: before and after, nothing written."""
