"""Signing in with another house's account: OpenID Connect's code flow, as its client. Knows no page and no database."""
