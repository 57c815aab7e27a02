"""Evidence for a group: which of its members met where and when, and what their acts have in common."""
