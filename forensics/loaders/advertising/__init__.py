"""Libraries of political advertisements."""
