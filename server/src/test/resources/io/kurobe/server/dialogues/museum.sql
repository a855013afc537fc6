CREATE TABLE museums (id INTEGER PRIMARY KEY, name VARCHAR, city VARCHAR, opened_year INTEGER, staff_count INTEGER);
CREATE TABLE artists (id INTEGER PRIMARY KEY, name VARCHAR, nationality VARCHAR, birth_year INTEGER);
CREATE TABLE paintings (id INTEGER PRIMARY KEY, title VARCHAR, artist_id INTEGER REFERENCES artists (id), museum_id INTEGER REFERENCES museums (id), style VARCHAR, height INTEGER, value INTEGER, acquired_on DATE);
INSERT INTO museums VALUES (1, 'Old Mill', 'Ghent', 1910, 40), (2, 'Harbour House', 'Bergen', 1988, 22), (3, 'White Hall', 'Ghent', 2004, 35);
INSERT INTO artists VALUES (1, 'Ines Roth', 'Belgian', 1880), (2, 'Olav Lund', 'Norwegian', 1901), (3, 'Mae Webb', 'Belgian', 1945);
INSERT INTO paintings VALUES (1, 'Dunes', 1, 1, 'realism', 80, 5000, '1950-02-02'), (2, 'Fjord', 2, 2, 'realism', 120, 9000, '1990-03-03'), (3, 'Red Cube', 3, 3, 'cubism', 60, 12000, '2010-04-04'), (4, 'Blue Cube', 3, 1, 'cubism', 65, 7000, '2011-05-05'), (5, 'Rain', 2, 2, 'impressionism', 90, 15000, '1995-06-06'), (6, 'Windmill', 1, 3, 'realism', 100, 3000, '2010-07-07');
