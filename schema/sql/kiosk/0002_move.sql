-- A check-in may first move its reservation to an earlier time of the day; a walk-in ticket may give a reservation up, which
-- its code or token names.
ALTER TABLE ticket_request ADD COLUMN move_to TEXT;  -- "10:30", of check_in
