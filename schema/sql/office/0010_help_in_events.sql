-- Help wanted is erased some days after the visit; events once repeated it and would keep it for ever.
DROP TRIGGER floor_event_keeps_values;
UPDATE floor_event
SET data = json_remove(data, '$.help')
WHERE data LIKE '%"help"%';
CREATE TRIGGER floor_event_keeps_values BEFORE UPDATE ON floor_event BEGIN SELECT RAISE(ABORT, 'floor_event is append-only'); END;
