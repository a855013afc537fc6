CREATE TABLE plants (id INTEGER PRIMARY KEY, name VARCHAR, fuel VARCHAR, capacity INTEGER, region VARCHAR, opened INTEGER);
CREATE TABLE outages (id INTEGER PRIMARY KEY, plant_id INTEGER REFERENCES plants (id), began_on DATE, hours INTEGER, cause VARCHAR);
CREATE TABLE workers (id INTEGER PRIMARY KEY, name VARCHAR, plant_id INTEGER REFERENCES plants (id), job VARCHAR, wage DECIMAL(8,2), age INTEGER);
INSERT INTO plants VALUES (1, 'Ashby', 'gas', 400, 'north', 1999), (2, 'Brook', 'wind', 120, 'coast', 2015), (3, 'Cove', 'wind', 150, 'coast', 2019), (4, 'Dell', 'solar', 80, 'south', 2020), (5, 'Elm', 'gas', 600, 'south', 1985);
INSERT INTO outages VALUES (1, 1, '2022-01-10', 5, 'storm'), (2, 1, '2022-07-10', 12, 'repair'), (3, 2, '2023-02-01', 7, 'storm'), (4, 3, '2023-03-01', 3, 'storm'), (5, 5, '2023-04-04', 30, 'repair'), (6, 5, '2023-08-08', 9, 'fire'), (7, 4, '2023-09-09', 2, 'repair');
INSERT INTO workers VALUES (1, 'Uma', 1, 'engineer', 4200, 51), (2, 'Vic', 1, 'guard', 2100, 33), (3, 'Wes', 2, 'engineer', 3900, 29), (4, 'Xia', 5, 'engineer', 4600, 44), (5, 'Yan', 5, 'welder', 3100, 38), (6, 'Zoe', 3, 'welder', 3000, 26);
