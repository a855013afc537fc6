# What somebody may try who sees a part, one statement a line. Of two gateways that differ in what
# he may not see, both must answer alike. "~" before a statement: only that no mark is told, as
# what is told holds times or sizes. "?" before one: prepared, its parameters after each "¦".

-- hidden columns by their names
SELECT fingerprint FROM shop.public.customers
SELECT c.fingerprint FROM shop.public.customers c
SELECT id FROM shop.public.customers WHERE fingerprint IS NOT NULL
SELECT id FROM shop.public.customers ORDER BY fingerprint
SELECT * FROM shop.public.customers
SELECT "fingerprint" FROM (SELECT * FROM shop.public.customers) t
SELECT customers FROM shop.public.customers
SELECT id FROM shop.public.customers c JOIN archive.main.people p USING (fingerprint)
SELECT COUNT(fingerprint) FROM shop.public.customers

-- hidden tables
SELECT * FROM shop.public.payroll
SELECT COUNT(*) FROM shop.public.payroll
SELECT * FROM archive.main.vault
SELECT c.id FROM shop.public.customers c WHERE EXISTS (SELECT 1 FROM shop.public.payroll)
SELECT * FROM shop.public.payrol
SELECT * FROM payroll
SELECT * FROM shop.payroll.vault
WITH payroll AS (SELECT * FROM shop.public.payroll) SELECT * FROM payroll

-- hidden rows counted and grouped
SELECT COUNT(*) FROM shop.public.customers
SELECT region, COUNT(*) FROM shop.public.customers GROUP BY region ORDER BY 1
SELECT MAX(id), MIN(id), SUM(id), AVG(id) FROM shop.public.customers
SELECT COUNT(DISTINCT name) FROM shop.public.customers
SELECT SUM(total), MAX(note) FROM shop.public.orders
SELECT region, COUNT(*) FROM archive.main.people GROUP BY ROLLUP(region) ORDER BY 1
SELECT LISTAGG(name) FROM shop.public.customers WHERE region = 'east'
SELECT MAX(name) OVER (), COUNT(*) OVER () FROM shop.public.customers

-- outer joins
SELECT o.id, c.name FROM shop.public.orders o LEFT JOIN shop.public.customers c ON o.customer_id = c.id ORDER BY 1
SELECT c.name, o.note FROM shop.public.customers c FULL JOIN shop.public.orders o ON o.customer_id = c.id ORDER BY 1, 2
SELECT x.id, c.name FROM (VALUES (1), (2), (3), (4), (5)) x(id) LEFT JOIN shop.public.customers c ON c.id = x.id ORDER BY 1
SELECT x.id FROM (VALUES (1), (2), (3), (4), (5)) x(id) WHERE NOT EXISTS (SELECT 1 FROM shop.public.customers c WHERE c.id = x.id) ORDER BY 1
SELECT x.id FROM (VALUES (1), (2), (3), (4), (5)) x(id) WHERE x.id NOT IN (SELECT id FROM archive.main.people) ORDER BY 1
SELECT p.name, c.name FROM archive.main.people p LEFT JOIN shop.public.customers c ON p.id = c.id ORDER BY 1
SELECT p.name, c.name FROM shop.public.customers c RIGHT JOIN archive.main.people p ON p.id = c.id ORDER BY 1

-- errors as oracles
SELECT id FROM shop.public.customers WHERE 1 / (id - 3) > 0
SELECT id FROM shop.public.customers WHERE CASE WHEN region = 'east' THEN 1 / 0 ELSE 1 END = 1
SELECT CAST(name AS INTEGER) FROM shop.public.customers
SELECT id FROM shop.public.customers WHERE region = 'east' AND CAST(name AS INTEGER) = 1
SELECT CAST(email AS INTEGER) FROM shop.public.customers
SELECT id FROM shop.public.orders WHERE CAST(note AS DATE) < DATE '2000-01-01'
SELECT id FROM archive.main.people WHERE 1 / (id - 3) > 0
SELECT CAST(name AS INTEGER) FROM archive.main.people
SELECT (SELECT name FROM shop.public.customers WHERE region = 'east') FROM (VALUES (1)) t(a)
SELECT POWER(10, id * 200) FROM shop.public.customers
SELECT CAST(total * 1e300 * 1e300 AS INTEGER) FROM shop.public.orders
SELECT c.id FROM shop.public.customers c JOIN archive.main.people p ON 1 / (c.id - 3) = 1 / (p.id - 3)

-- values as oracles through masks
SELECT id FROM shop.public.customers WHERE email LIKE 'k%'
SELECT id FROM shop.public.customers WHERE email = 'kestrel1@shop.example'
SELECT id FROM shop.public.customers WHERE email LIKE '%1@%' OR email > 'h'
SELECT id, email FROM shop.public.customers ORDER BY email, id
SELECT COUNT(DISTINCT email) FROM shop.public.customers
SELECT email, COUNT(*) FROM shop.public.customers GROUP BY email
SELECT MAX(email), MIN(CHAR_LENGTH(email)) FROM shop.public.customers
SELECT a.id, b.id FROM shop.public.customers a JOIN shop.public.customers b ON a.email = b.email ORDER BY 1, 2
SELECT id FROM archive.main.people WHERE phone IS NOT NULL
SELECT id FROM archive.main.people WHERE phone LIKE '77%' ORDER BY phone
SELECT CASE WHEN email LIKE 'kestrel%' THEN 'yes' ELSE 'no' END FROM shop.public.customers

-- LIKE over hidden rows
SELECT COUNT(*) FROM shop.public.customers WHERE name LIKE 'kes%'
SELECT COUNT(*) FROM shop.public.customers WHERE name ILIKE '%STREL%'
SELECT COUNT(*) FROM shop.public.orders WHERE note LIKE '%kestrel%'
SELECT COUNT(*) FROM archive.main.people WHERE name SIMILAR TO 'k%'
SELECT COUNT(*) FROM archive.main.people WHERE name BETWEEN 'k' AND 'l'
SELECT COUNT(*) FROM shop.public.customers WHERE POSITION('kest' IN name) > 0

-- ORDER BY and LIMIT
SELECT id FROM shop.public.customers ORDER BY id DESC LIMIT 1
SELECT id FROM shop.public.customers ORDER BY id OFFSET 2 ROWS
SELECT name FROM shop.public.customers ORDER BY region, id FETCH FIRST 1 ROW ONLY
SELECT ROW_NUMBER() OVER (ORDER BY id DESC), id FROM shop.public.customers
SELECT RANK() OVER (ORDER BY region), NTILE(2) OVER (ORDER BY id) FROM shop.public.customers
SELECT LAG(name) OVER (ORDER BY id), LEAD(name) OVER (ORDER BY id) FROM shop.public.customers

-- subqueries and CTEs
WITH c AS (SELECT * FROM shop.public.customers) SELECT COUNT(*) FROM c
SELECT (SELECT COUNT(*) FROM shop.public.customers)
SELECT id FROM shop.public.orders WHERE customer_id IN (SELECT id FROM shop.public.customers WHERE region = 'east')
SELECT o.id FROM shop.public.orders o WHERE o.total > ALL (SELECT total FROM shop.public.orders WHERE region = 'east')
SELECT o.id, (SELECT MAX(c.name) FROM shop.public.customers c WHERE c.id <> o.customer_id) FROM shop.public.orders o ORDER BY 1
SELECT t.n FROM (SELECT COUNT(*) n FROM archive.main.people) t
SELECT * FROM shop.public.orders o, LATERAL (SELECT name FROM shop.public.customers c WHERE c.id = o.customer_id) t

-- set operations
SELECT id FROM shop.public.customers UNION ALL SELECT id FROM archive.main.people
SELECT name FROM shop.public.customers INTERSECT SELECT name FROM archive.main.people
SELECT x FROM (VALUES (1), (2), (3), (4), (5)) t(x) EXCEPT SELECT id FROM shop.public.customers
SELECT email FROM shop.public.customers UNION SELECT phone FROM archive.main.people ORDER BY 1
SELECT 1 FROM shop.public.customers UNION ALL SELECT amount FROM shop.public.payroll

-- metadata
SHOW TABLES
SHOW TABLES FROM shop
SHOW SCHEMAS
SHOW COLUMNS FROM shop.public.customers
SHOW COLUMNS FROM shop.public.payroll
SHOW VIEWS
SELECT table_name, remarks FROM system.jdbc.tables ORDER BY 1
SELECT table_name, column_name, column_default FROM system.jdbc.columns WHERE table_schem IN ('public', 'main') ORDER BY 1, 2
SELECT * FROM system.jdbc.tables WHERE table_name = 'payroll'
~SHOW MSCHEMA
~SHOW MSCHEMA FOR shop.public.customers

-- names that are nearly right
SELECT fingerprnt FROM shop.public.customers
SELECT * FROM shop.public.payrolls
SELECT * FROM shop.publc.payroll
SELECT * FROM archive.main.vaul
SELECT * FROM views.main.hiddenn
SELECT emial FROM shop.public.customers
DROP VIEW hidden_view

-- EXPLAIN
EXPLAIN SELECT * FROM shop.public.customers
EXPLAIN SELECT * FROM shop.public.payroll
EXPLAIN SELECT fingerprint FROM shop.public.customers
EXPLAIN SELECT id FROM shop.public.customers WHERE email LIKE 'k%'
EXPLAIN SELECT c.name, p.name FROM shop.public.customers c JOIN archive.main.people p ON c.id = p.id
~EXPLAIN ANALYZE SELECT * FROM shop.public.customers
~EXPLAIN ANALYZE SELECT c.name, p.name FROM shop.public.customers c JOIN archive.main.people p ON c.id = p.id
~EXPLAIN ANALYZE SELECT * FROM archive.main.people

-- views
CREATE OR REPLACE VIEW mine AS SELECT id, name, email FROM shop.public.customers
SELECT * FROM mine ORDER BY id
CREATE VIEW theirs AS SELECT * FROM shop.public.payroll
CREATE VIEW secret AS SELECT fingerprint FROM shop.public.customers
SELECT * FROM views.main.hidden_view
SELECT COUNT(*) FROM hidden_view
CREATE OR REPLACE VIEW lent SECURITY INVOKER AS SELECT COUNT(*) n FROM shop.public.orders
SELECT * FROM lent
DROP VIEW mine
DROP VIEW lent

-- sampling and random choices
SELECT * FROM shop.public.customers TABLESAMPLE BERNOULLI(100)
SELECT id FROM shop.public.customers WHERE RAND() >= 0 ORDER BY id
SELECT COUNT(*) FROM (SELECT * FROM shop.public.orders WHERE RAND() >= 0) t
SELECT COUNT(*) FROM archive.main.people WHERE RAND() >= 0
SELECT ANY_VALUE(region) FROM shop.public.customers

-- comments, quotes and text that is meant for a source
SELECT id FROM shop.public.customers WHERE name = 'x'' OR 1=1 --'
SELECT id /* kest */ FROM shop.public.customers -- WHERE region = 'east'
SELECT id AS "a"" FROM shop.public.payroll --" FROM shop.public.customers
SELECT id FROM shop.public.customers WHERE region = 'west' OR region = 'east' OR 1 = 1
SELECT * FROM shop.public.customers; SELECT * FROM shop.public.payroll
SELECT id FROM shop.public.customers WHERE name = U&'\0027 OR 1=1'
SELECT id FROM shop.public."customers WHERE 1=1"

-- questions
ASK 'how many customers are there'
ASK 'list the customers of region east'
ASK 'show everything of payroll'
ASK 'which customer has the fingerprint kes'
ASK 'emails of customers''; SELECT * FROM payroll'
SELECT * FROM (ASK 'count people by region') t
~EXPLAIN ASK 'list the names of customers in region east'
ASK 'amount of payroll per person' ON shop.public.payroll

-- parameters
?SELECT id FROM shop.public.customers WHERE region = ?¦east
?SELECT id FROM shop.public.customers WHERE name LIKE ?¦kes%
?SELECT id FROM shop.public.customers WHERE email = ?¦kestrel1@shop.example
?SELECT id FROM shop.public.customers WHERE name = ?¦x' OR 1=1 --
?SELECT id FROM archive.main.people WHERE name LIKE ? OR region = ?¦%¦east
?SELECT ? FROM shop.public.payroll¦x

-- what others run and ran
SELECT statement FROM system.runtime.queries WHERE statement LIKE '%fingerprint, %'
SELECT COUNT(*) FROM system.runtime.queries WHERE principal <> CURRENT_USER
SELECT COUNT(*) FROM system.runtime.sessions WHERE principal <> CURRENT_USER
SELECT COUNT(*) FROM system.runtime.fragments WHERE statement LIKE '%payroll%' AND statement NOT LIKE '%system%'
KILL 'no-such-query'
SELECT * FROM system.audit.log

-- rights
SHOW ROW FILTERS
SHOW MASKS
~SHOW USERS
SHOW GRANTS FOR bob
SHOW ROLES
GRANT SELECT ON SOURCE shop TO USER alice
GRANT ROLE everything TO USER alice
CREATE ROLE mine
DROP ROW FILTER west ON shop.public.customers
CREATE OR REPLACE MASK mail ON shop.public.customers (email) FOR public USING (email)
REVOKE ROLE west FROM USER alice

-- statistics, settings and warnings
SHOW WARNINGS
REFRESH shop
SET pushdown = 'off'
SELECT COUNT(*) FROM shop.public.customers WHERE name LIKE 'kes%' OR region = 'east'
SELECT id FROM shop.public.customers WHERE 1 / (id - 3) > 0
SELECT id, email FROM shop.public.customers ORDER BY email, id
SELECT c.id FROM shop.public.customers c JOIN archive.main.people p ON c.region = p.region AND 1 / (c.id - 3) < 5
RESET pushdown
SET dynamic_filters = 'off'
SELECT o.id FROM shop.public.orders o JOIN archive.main.people p ON o.customer_id = p.id ORDER BY 1
RESET dynamic_filters
SHOW ALL

-- statistics of all rows, by what they let an engine leave out
SELECT COUNT(*) FROM archive.main.people WHERE CAST(name AS INTEGER) > 0 OR 1 / (id - 8) < 9
SELECT COUNT(*) FROM archive.main.people WHERE CAST(name AS INTEGER) > 0 OR id < 6
SELECT CAST(name AS INTEGER) > 0 OR id < 6 FROM archive.main.people
SELECT COUNT(*) FROM archive.main.people WHERE CAST(name AS INTEGER) > 0 AND id > 6
SELECT CASE WHEN CAST(name AS INTEGER) > 0 OR id < 6 THEN 1 END FROM archive.main.people
SELECT COUNT(*) FROM (SELECT CAST(name AS INTEGER) n, id FROM archive.main.people) p JOIN (VALUES (6), (8)) v(id) ON p.id = v.id
SELECT COUNT(*) FROM shop.public.customers WHERE CAST(name AS INTEGER) > 0 OR id < 6
