-- Who may work at counters and which devices may ask. Secrets are stored as hashes only.

CREATE TABLE staff (
  name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),  -- login name
  display_name TEXT NOT NULL,
  office TEXT,                       -- NULL: every office
  role TEXT NOT NULL CHECK (role IN ('clerk', 'admin')),
  password_hash TEXT NOT NULL,       -- argon2id with its parameters
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
  created_at INTEGER NOT NULL,
  password_changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_session (
  token_hash TEXT NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie's value
  staff TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL          -- at most a minute late
) STRICT;
CREATE INDEX staff_session_by_staff ON staff_session (staff);

CREATE TABLE device (
  id TEXT NOT NULL PRIMARY KEY,
  office TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'hall')),
  key_hash TEXT NOT NULL UNIQUE,  -- SHA-256 of the key
  created_at INTEGER NOT NULL
) STRICT;

-- What happened to accounts and sessions. Rows are only ever added.
CREATE TABLE staff_audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staff TEXT NOT NULL,   -- login name; empty when nobody has the name that was tried
  what TEXT NOT NULL,    -- signed_in | sign_in_failed | signed_out | password_changed | password_reset | account_created
  office TEXT,
  detail TEXT NOT NULL   -- never a secret; a network, not an address
) STRICT;
CREATE INDEX staff_audit_by_time ON staff_audit (at);
CREATE TRIGGER staff_audit_stays BEFORE UPDATE ON staff_audit
BEGIN
  SELECT raise(ABORT, 'audit rows are not changed');
END;
CREATE TRIGGER staff_audit_remains BEFORE DELETE ON staff_audit
BEGIN
  SELECT raise(ABORT, 'audit rows are not deleted');
END;
