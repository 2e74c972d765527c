-- Every key begins with the account, so that a sharded database can keep an account's rows together.
CREATE TABLE accounts (
  account TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  passphrase TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  account TEXT NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  id_hash TEXT NOT NULL,
  device TEXT,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, id_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  account TEXT NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  token_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, token_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE journals (
  account TEXT PRIMARY KEY REFERENCES accounts (account) ON DELETE CASCADE,
  epoch TEXT NOT NULL,
  newest INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A state is the record's canonical bytes, exactly as an answer carries it.
CREATE TABLE records (
  account TEXT NOT NULL REFERENCES journals (account) ON DELETE CASCADE,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (account, id)
) STRICT;

CREATE UNIQUE INDEX records_by_number ON records (account, number);
