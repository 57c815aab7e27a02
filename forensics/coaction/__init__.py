"""Co-actions: layers of acts, exact counting of pairs within a time window, null models, clusters and the graph."""
