-- The first answer to each command that creates something, kept 48 h, so that a repeated command gets it again.
CREATE TABLE idempotency_answer (
  actor TEXT NOT NULL,         -- who asked: keys of different actors never meet
  key TEXT NOT NULL,           -- the Idempotency-Key header
  request_hash TEXT NOT NULL,  -- SHA-256 of method, path and body
  answer TEXT NOT NULL,        -- JSON
  created_at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT;
CREATE INDEX idempotency_answer_by_age ON idempotency_answer (created_at);
