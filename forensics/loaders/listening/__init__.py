"""What media-monitoring services and archives of channels export: many platforms in one table."""
