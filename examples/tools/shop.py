"""Three statements over Avatica's protobuf, with the package phoenixdb: pip install phoenixdb."""

import sys

import phoenixdb

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765/"

STATEMENTS = [
    "ASK 'number of customers per country'",
    "SELECT * FROM (ASK 'number of customers per country') t(country, n) WHERE country LIKE 'S%'",
    "SELECT s.device, COUNT(*) FROM web.main.web_sessions s"
    " JOIN shop.public.orders o ON o.id = s.order_id GROUP BY s.device",
]

with phoenixdb.connect(URL, autocommit=True) as connection:
    with connection.cursor() as cursor:
        for sql in STATEMENTS:
            print(sql)
            cursor.execute(sql)
            for row in cursor.fetchall():
                print("  ", *row)
