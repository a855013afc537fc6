CREATE TABLE authors (id INTEGER PRIMARY KEY, name VARCHAR, country VARCHAR, birth_year INTEGER);
CREATE TABLE books (id INTEGER PRIMARY KEY, title VARCHAR, author_id INTEGER REFERENCES authors (id), genre VARCHAR, pages INTEGER, price DECIMAL(8,2), released_on DATE);
CREATE TABLE members (id INTEGER PRIMARY KEY, name VARCHAR, city VARCHAR, joined_on DATE);
CREATE TABLE loans (id INTEGER PRIMARY KEY, book_id INTEGER REFERENCES books (id), member_id INTEGER REFERENCES members (id), loaned_on DATE, returned_on DATE);
INSERT INTO authors VALUES (1, 'Ada Quill', 'Ireland', 1950), (2, 'Bo Marsh', 'Norway', 1971), (3, 'Cleo Dunn', 'Ireland', 1988), (4, 'Dov Amsel', 'Israel', 1933);
INSERT INTO books VALUES (1, 'Salt', 1, 'fantasy', 320, 12.50, '2019-03-01'), (2, 'Glass Sea', 1, 'fantasy', 410, 18.00, '2021-05-20'), (3, 'The Ledger', 2, 'crime', 280, 9.90, '2022-09-09'), (4, 'Cold Harbor', 2, 'crime', 350, 11.00, '2023-02-14'), (5, 'Atoms', 3, 'science', 190, 25.00, '2023-11-11'), (6, 'Orchards', 4, 'poetry', 96, 7.50, '2018-06-06'), (7, 'Tides', 3, 'science', 240, 21.00, '2022-01-15');
INSERT INTO members VALUES (1, 'Eve', 'Oslo', '2020-01-05'), (2, 'Finn', 'Dublin', '2021-03-03'), (3, 'Gus', 'Oslo', '2022-07-07'), (4, 'Hana', 'Haifa', '2023-02-02');
INSERT INTO loans VALUES (1, 1, 1, '2022-01-10', '2022-02-01'), (2, 2, 1, '2022-03-10', '2022-03-20'), (3, 3, 2, '2022-05-01', NULL), (4, 3, 3, '2023-01-08', '2023-01-30'), (5, 5, 3, '2023-12-01', NULL), (6, 1, 4, '2023-06-06', '2023-06-16'), (7, 7, 1, '2023-08-01', '2023-08-15'), (8, 4, 2, '2023-09-09', NULL);
