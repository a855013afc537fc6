-- What the web site leaves behind, in DuckDB. A session's customer and order are rows of the shop.

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  medium VARCHAR NOT NULL,
  budget DECIMAL(12,2) NOT NULL,
  started_on DATE NOT NULL,
  ended_on DATE
);
COMMENT ON TABLE campaigns IS 'Advertising campaigns';
COMMENT ON COLUMN campaigns.medium IS 'search, social, newsletter, affiliate or video';
COMMENT ON COLUMN campaigns.budget IS 'planned spend in euro';
COMMENT ON COLUMN campaigns.ended_on IS 'last day, null while it runs';

CREATE TABLE ad_spend (
  campaign_id INTEGER NOT NULL,
  spent_on DATE NOT NULL,
  impressions BIGINT NOT NULL,
  clicks INTEGER NOT NULL,
  cost DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (campaign_id, spent_on),
  FOREIGN KEY (campaign_id) REFERENCES campaigns (id)
);
COMMENT ON TABLE ad_spend IS 'What each campaign cost and brought, by day';
COMMENT ON COLUMN ad_spend.impressions IS 'times an advertisement was shown';
COMMENT ON COLUMN ad_spend.clicks IS 'times an advertisement was clicked';
COMMENT ON COLUMN ad_spend.cost IS 'advertising spend of the day in euro';

CREATE TABLE web_sessions (
  id BIGINT PRIMARY KEY,
  customer_id INTEGER,
  order_id BIGINT UNIQUE,
  campaign_id INTEGER,
  country_code VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  browser VARCHAR NOT NULL,
  landing_page VARCHAR NOT NULL,
  started_at TIMESTAMP NOT NULL,
  duration_seconds INTEGER NOT NULL,
  FOREIGN KEY (campaign_id) REFERENCES campaigns (id)
);
COMMENT ON TABLE web_sessions IS 'Visits to the web site';
COMMENT ON COLUMN web_sessions.customer_id IS 'the customer, null for visitors who did not sign in';
COMMENT ON COLUMN web_sessions.order_id IS 'the order placed in the visit, null if there was none';
COMMENT ON COLUMN web_sessions.campaign_id IS 'campaign that brought the visitor, if any';
COMMENT ON COLUMN web_sessions.country_code IS 'country of the visitor';
COMMENT ON COLUMN web_sessions.device IS 'phone, desktop or tablet';
COMMENT ON COLUMN web_sessions.landing_page IS 'path of the first page seen';
COMMENT ON COLUMN web_sessions.started_at IS 'when the visit began, UTC';

CREATE TABLE page_views (
  id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,
  product_id INTEGER,
  path VARCHAR NOT NULL,
  viewed_at TIMESTAMP NOT NULL,
  seconds_on_page INTEGER
);
COMMENT ON TABLE page_views IS 'Pages seen in the visits';
COMMENT ON COLUMN page_views.session_id IS 'the visit the page was seen in';
COMMENT ON COLUMN page_views.product_id IS 'the product the page shows, if it shows one';
COMMENT ON COLUMN page_views.seconds_on_page IS 'time on the page, null for the last page of a visit';
