-- The shop's tables in PostgreSQL, without keys: shop-keys.sql adds those once the rows are in.

CREATE TABLE regions (
  id integer NOT NULL,
  name text NOT NULL
);
COMMENT ON TABLE regions IS 'Sales regions, each a group of countries';
COMMENT ON COLUMN regions.name IS 'name of the region, such as Nordics';

CREATE TABLE countries (
  code varchar(2) NOT NULL,
  name text NOT NULL,
  region_id integer NOT NULL
);
COMMENT ON TABLE countries IS 'Countries the shop sells to';
COMMENT ON COLUMN countries.code IS 'ISO 3166 two-letter code';
COMMENT ON COLUMN countries.name IS 'name of the country in English';
COMMENT ON COLUMN countries.region_id IS 'sales region of the country';

CREATE TABLE customers (
  id integer NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text NOT NULL,
  phone text,
  birth_date date,
  segment text NOT NULL,
  street text NOT NULL,
  postal_code text NOT NULL,
  city text NOT NULL,
  country_code varchar(2) NOT NULL,
  newsletter boolean NOT NULL,
  signed_up_on date NOT NULL
);
COMMENT ON TABLE customers IS 'People and companies with an account';
COMMENT ON COLUMN customers.phone IS 'telephone number, if given';
COMMENT ON COLUMN customers.birth_date IS 'date of birth, if given';
COMMENT ON COLUMN customers.segment IS 'private, club or business';
COMMENT ON COLUMN customers.city IS 'city where the customer lives';
COMMENT ON COLUMN customers.country_code IS 'country where the customer lives';
COMMENT ON COLUMN customers.newsletter IS 'whether the customer takes the newsletter';
COMMENT ON COLUMN customers.signed_up_on IS 'day the account was opened';

CREATE TABLE stores (
  id integer NOT NULL,
  name text NOT NULL,
  city text NOT NULL,
  country_code varchar(2) NOT NULL,
  square_meters integer NOT NULL,
  opened_on date NOT NULL,
  closed_on date
);
COMMENT ON TABLE stores IS 'Shops in the street';
COMMENT ON COLUMN stores.square_meters IS 'sales floor in square meters';
COMMENT ON COLUMN stores.closed_on IS 'day the store closed for good, null while it is open';

CREATE TABLE staff (
  id integer NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  role text NOT NULL,
  store_id integer NOT NULL,
  manager_id integer,
  hired_on date NOT NULL,
  salary numeric(10,2) NOT NULL
);
COMMENT ON TABLE staff IS 'Employees of the stores';
COMMENT ON COLUMN staff.role IS 'store manager, sales assistant or workshop';
COMMENT ON COLUMN staff.store_id IS 'store the employee works in';
COMMENT ON COLUMN staff.manager_id IS 'the employee''s manager, null for store managers';
COMMENT ON COLUMN staff.salary IS 'gross salary a year in euro';

CREATE TABLE suppliers (
  id integer NOT NULL,
  name text NOT NULL,
  country text NOT NULL,
  contact_email text,
  rating numeric(2,1)
);
COMMENT ON TABLE suppliers IS 'Makers of the products';
COMMENT ON COLUMN suppliers.country IS 'two-letter code of the supplier''s home country';
COMMENT ON COLUMN suppliers.rating IS 'the buyers'' rating of the supplier from 1.0 to 5.0';

CREATE TABLE categories (
  id integer NOT NULL,
  name text NOT NULL,
  parent_id integer
);
COMMENT ON TABLE categories IS 'Product categories; a department is a category without a parent';
COMMENT ON COLUMN categories.parent_id IS 'the department of the category';

CREATE TABLE products (
  id integer NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  category_id integer NOT NULL,
  supplier_id integer NOT NULL,
  list_price numeric(10,2) NOT NULL,
  unit_cost numeric(10,2) NOT NULL,
  weight_kg numeric(6,3),
  launched_on date NOT NULL,
  discontinued_on date
);
COMMENT ON TABLE products IS 'What the shop sells';
COMMENT ON COLUMN products.sku IS 'stock keeping unit, the article number';
COMMENT ON COLUMN products.list_price IS 'price in euro before any discount';
COMMENT ON COLUMN products.unit_cost IS 'what the shop pays for one, in euro';
COMMENT ON COLUMN products.weight_kg IS 'weight in kilograms, where known';
COMMENT ON COLUMN products.discontinued_on IS 'day it left the assortment, null while it is sold';

CREATE TABLE orders (
  id bigint NOT NULL,
  customer_id integer NOT NULL,
  store_id integer,
  staff_id integer,
  country_code varchar(2) NOT NULL,
  channel text NOT NULL,
  status text NOT NULL,
  ordered_at timestamp NOT NULL,
  coupon_code text,
  shipping_cost numeric(8,2) NOT NULL,
  total_amount numeric(12,2) NOT NULL
);
COMMENT ON TABLE orders IS 'Orders, over the web, in a store or by phone';
COMMENT ON COLUMN orders.store_id IS 'store of the sale, null for web and phone';
COMMENT ON COLUMN orders.staff_id IS 'employee who sold it, null for web and phone';
COMMENT ON COLUMN orders.country_code IS 'country the order went to';
COMMENT ON COLUMN orders.channel IS 'web, store or phone';
COMMENT ON COLUMN orders.status IS 'processing, shipped, completed, returned or cancelled';
COMMENT ON COLUMN orders.ordered_at IS 'when the order was placed, UTC';
COMMENT ON COLUMN orders.coupon_code IS 'coupon the customer used, if any';
COMMENT ON COLUMN orders.shipping_cost IS 'shipping in euro, not part of the total amount';
COMMENT ON COLUMN orders.total_amount IS 'revenue of the order in euro after discounts, without shipping';

CREATE TABLE order_items (
  order_id bigint NOT NULL,
  line_number integer NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL,
  unit_price numeric(10,2) NOT NULL,
  discount numeric(4,2) NOT NULL,
  line_total numeric(12,2) NOT NULL
);
COMMENT ON TABLE order_items IS 'Lines of the orders, one for each product';
COMMENT ON COLUMN order_items.quantity IS 'pieces sold';
COMMENT ON COLUMN order_items.unit_price IS 'price of one in euro on the day of the order';
COMMENT ON COLUMN order_items.discount IS 'fraction taken off the price, 0.15 is 15 per cent';
COMMENT ON COLUMN order_items.line_total IS 'revenue of the line in euro after discount';

CREATE TABLE payments (
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  method text NOT NULL,
  amount numeric(12,2) NOT NULL,
  paid_at timestamp NOT NULL
);
COMMENT ON TABLE payments IS 'Payments received; a cancelled order has none';
COMMENT ON COLUMN payments.method IS 'card, PayPal, invoice, bank transfer or cash';
COMMENT ON COLUMN payments.amount IS 'amount paid in euro, shipping included';

CREATE TABLE shipments (
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  carrier text NOT NULL,
  shipped_at timestamp NOT NULL,
  delivered_at timestamp
);
COMMENT ON TABLE shipments IS 'Parcels sent for web and phone orders';
COMMENT ON COLUMN shipments.delivered_at IS 'when it arrived, null while it is on its way or was lost';

CREATE TABLE returns (
  id integer NOT NULL,
  order_id bigint NOT NULL,
  line_number integer NOT NULL,
  reason text,
  refund_amount numeric(12,2) NOT NULL,
  returned_on date NOT NULL
);
COMMENT ON TABLE returns IS 'Order lines that were sent back';
COMMENT ON COLUMN returns.reason IS 'what the customer said, if anything';
COMMENT ON COLUMN returns.refund_amount IS 'amount given back in euro';

CREATE TABLE reviews (
  id integer NOT NULL,
  product_id integer NOT NULL,
  customer_id integer NOT NULL,
  rating smallint NOT NULL,
  title text,
  written_on date NOT NULL
);
COMMENT ON TABLE reviews IS 'Customers'' reviews of products';
COMMENT ON COLUMN reviews.rating IS 'stars from 1 to 5';
