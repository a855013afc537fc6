SELECT JSON_VALUE('{"a": 1}', '$.a');
SELECT JSON_EXISTS('{"a": 1}', '$.a');
