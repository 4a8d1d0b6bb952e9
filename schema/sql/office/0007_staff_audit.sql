-- The audit log stays bounded: names that nobody has are counted by the hour, rows leave by age.

-- Sign-ins tried with a name that is no account: anyone can invent those.
CREATE TABLE staff_guess (
  hour INTEGER NOT NULL PRIMARY KEY,  -- its first millisecond
  tries INTEGER NOT NULL,
  last_network TEXT NOT NULL          -- of the latest try
) STRICT;

-- Two years after it, a row may go; newer ones never.
DROP TRIGGER staff_audit_remains;
CREATE TRIGGER staff_audit_remains BEFORE DELETE ON staff_audit
WHEN OLD.at > (SELECT max(at) FROM staff_audit) - 63158400000
BEGIN
  SELECT raise(ABORT, 'audit rows are not deleted before two years');
END;
