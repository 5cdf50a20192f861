"""The plain-HTTP side: sign-in, session gate, headers, file downloads, health."""
