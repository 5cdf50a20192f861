"""What staff can do: verbs in noun modules; access is asked first, always."""
