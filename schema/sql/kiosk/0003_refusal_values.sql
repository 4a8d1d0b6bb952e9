-- What a refusal said beside its code: the screen of a press that is repeated shows the same.
ALTER TABLE ticket_request ADD COLUMN refusal_values TEXT;  -- JSON object of texts
