package io.kurobe.examples.shop;

/** The tables of one database while they are filled. */
interface Tables {
  /** The rows of the table; the same object each time for the same name. */
  Rows table(String name);
}
