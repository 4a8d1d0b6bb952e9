-- The audit log stays bounded: names that nobody has are counted by the hour, old rows leave.

-- Sign-ins tried with a name that is no account: anyone can invent those.
CREATE TABLE staff_guess (
  hour INTEGER NOT NULL PRIMARY KEY,  -- its first millisecond
  tries INTEGER NOT NULL,
  last_network TEXT NOT NULL          -- of the latest try
) STRICT;

-- A row may go when 50,000 are newer and it is two years older than the latest. The clock may be set wrong, so that age
-- alone never lets a row go.
DROP TRIGGER staff_audit_remains;
CREATE TRIGGER staff_audit_remains BEFORE DELETE ON staff_audit
WHEN OLD.id > (SELECT max(id) FROM staff_audit) - 50000
  OR OLD.at >= (SELECT max(at) FROM staff_audit) - 63158400000
BEGIN
  SELECT raise(ABORT, 'the newest audit rows and those of two years are not deleted');
END;
