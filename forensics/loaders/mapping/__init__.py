"""Which column of an unknown table is which: names in ten languages, what values look like, what a person is asked."""
