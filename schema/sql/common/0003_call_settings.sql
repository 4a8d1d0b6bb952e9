-- How the next person is chosen, for a directory that was imported before these settings existed.
INSERT INTO directory_setting (name, office, group_id, valid_from, value)
SELECT new.name, old.office, old.group_id, old.valid_from, new.value
FROM directory_setting AS old,
  (SELECT 'call_rule' AS name, 0 AS value              -- slack
   UNION ALL SELECT 'call_slack_seconds', 270
   UNION ALL SELECT 'call_credit_minutes', 15
   UNION ALL SELECT 'call_accumulation', 3
   UNION ALL SELECT 'call_reserved_per_walk_in', 2) AS new
WHERE old.name = 'passed_limit';
