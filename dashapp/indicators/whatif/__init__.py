"""What if: projects or actors removed, projects late; what that would change. Nothing is written."""
