-- Every key begins with the account, so that a sharded database can keep an account's rows together.
-- Keys are compared byte by byte ("C"): an index over a language's order breaks when the system's own order changes.
CREATE TABLE accounts (
  account text COLLATE "C" PRIMARY KEY,
  email text COLLATE "C" NOT NULL UNIQUE,
  passphrase text NOT NULL,
  created_at bigint NOT NULL
);

CREATE TABLE sessions (
  account text COLLATE "C" NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  id_hash text COLLATE "C" NOT NULL,
  device text,
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  PRIMARY KEY (account, id_hash)
);

CREATE TABLE tokens (
  account text COLLATE "C" NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  token_hash text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (account, token_hash)
);

CREATE TABLE journals (
  account text COLLATE "C" PRIMARY KEY REFERENCES accounts (account) ON DELETE CASCADE,
  epoch text NOT NULL,
  newest bigint NOT NULL DEFAULT 0
);

-- A state is the record's canonical bytes, exactly as an answer carries it.
CREATE TABLE records (
  account text COLLATE "C" NOT NULL REFERENCES journals (account) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  state bytea NOT NULL,
  PRIMARY KEY (account, id)
);

CREATE UNIQUE INDEX records_by_number ON records (account, number);
