"""What is done with text: fingerprints, addresses, languages."""
