/**
 * A shop for outdoor equipment, made up row by row: reference data, customers, orders and what the
 * web site saw of them. The same size and last day always give the same rows.
 */
@NullMarked
package io.kurobe.examples.shop;

import org.jspecify.annotations.NullMarked;
