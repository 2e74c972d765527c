"""The Litestar application: routes, accounts, storage and operator commands."""
