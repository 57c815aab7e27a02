"""What tools write that read platforms from outside: scrapers, browser extensions and downloaders."""
