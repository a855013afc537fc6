-- says: a frame of GROUPS is not supported
SELECT SUM(id) OVER (ORDER BY dept GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp;
-- says: FILTER of this function is not supported over a window
SELECT ARRAY_AGG(id) FILTER (WHERE id > 1) OVER () FROM emp;
-- says: a recursive query is not supported: n reads itself
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n;
-- says: UNNEST in a SELECT list is not supported
SELECT UNNEST(ARRAY[1, 2]);
-- says: DISTINCT ON is not supported
SELECT DISTINCT ON (dept) dept, name FROM emp ORDER BY dept, salary DESC;
-- says: WITH TIES is not supported
SELECT name FROM emp ORDER BY salary FETCH FIRST 3 ROWS WITH TIES;
-- says: COLLATE is not supported
SELECT name COLLATE "C" FROM emp;
-- says: COLLATE is not supported
SELECT name FROM emp ORDER BY name COLLATE "C";
-- says: TABLESAMPLE is not supported
SELECT COUNT(*) FROM emp TABLESAMPLE BERNOULLI (50);
-- says: a row is not compared with a query by =
SELECT a FROM pair WHERE (a, b) = (SELECT 1, 2);
-- says: a text is not read as an array
SELECT id FROM emp WHERE name = ANY ('{Ada,Eve}');
-- says: a time is not cut to its century or millennium
SELECT DATE_TRUNC('century', sold) FROM sale;
-- says: DATE_TRUNC takes the name of a unit as a constant
SELECT DATE_TRUNC(name, hired) FROM emp;
-- says: an interval is of years and months or of days and seconds, not of both
SELECT hired + INTERVAL '1 month 2 days' FROM emp;
-- says: a time less another is not supported
SELECT sold - TIMESTAMP '2024-01-01 00:00:00' FROM sale;
-- says: TO_CHAR is not supported
SELECT TO_CHAR(sold, 'YYYY-MM-DD') FROM sale;
-- says: TO_DATE is not supported
SELECT TO_DATE('2020-01-02', 'YYYY-MM-DD');
-- says: INITCAP is not supported
SELECT INITCAP(name) FROM emp;
-- says: SOUNDEX is not supported: DuckDB lacks it
SELECT SOUNDEX(name) FROM emp;
-- says: SUBSTRING by a pattern is not supported
SELECT SUBSTRING(name FROM '[a-z]+') FROM emp;
-- says: AT TIME ZONE is not supported
SELECT sold AT TIME ZONE 'UTC' FROM sale;
-- says: operators on bits are not supported
SELECT 5 # 3;
-- says: the operator -> is not supported
SELECT '{"a": 1}'::json -> 'a';
-- says: JSON_OBJECT is not supported
SELECT JSON_OBJECT('a': 1);
-- says: JSON_ARRAY is not supported
SELECT JSON_ARRAY(1, 2);
-- says: JSON_QUERY is not supported
SELECT JSON_QUERY('{"a": [1]}', '$.a');
-- says: JSON_ARRAYAGG is not supported
SELECT JSON_ARRAYAGG(name) FROM emp;
-- says: IS JSON VALUE is not supported
SELECT '{"a": 1}' IS JSON;
-- says: ARRAY(SELECT …) is not supported
SELECT ARRAY(SELECT id FROM dept);
-- says: MULTISET is not supported
SELECT MULTISET[1, 2];
-- says: Kurobe only reads: UPDATE is not supported
SELECT id FROM emp FOR UPDATE;
-- says: GENERATE_SERIES is not supported
SELECT * FROM GENERATE_SERIES(1, 3) AS g(n);
-- says: MEDIAN is not supported
SELECT MEDIAN(salary) FROM emp;
