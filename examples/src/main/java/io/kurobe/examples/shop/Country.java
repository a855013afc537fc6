package io.kurobe.examples.shop;

import java.util.List;

/**
 * A country the shop sells to.
 *
 * @param share of the orders at the start; the countries' shares add up to 1
 * @param growth of its orders a year, 0.08 is 8 per cent
 */
record Country(
    String code,
    String name,
    String region,
    double share,
    double growth,
    List<String> cities,
    List<String> firstNames,
    List<String> lastNames,
    List<String> streets) {

  static List<Country> all() {
    List<List<String>> lines = Lines.fields("countries.txt");
    double total = lines.stream().mapToDouble(line -> Double.parseDouble(line.get(3))).sum();
    return lines.stream()
        .map(
            line ->
                new Country(
                    line.get(0),
                    line.get(1),
                    line.get(2),
                    Double.parseDouble(line.get(3)) / total,
                    Double.parseDouble(line.get(4)) / 100,
                    Lines.parts(line.get(5)),
                    Lines.parts(line.get(6)),
                    Lines.parts(line.get(7)),
                    Lines.parts(line.get(8))))
        .toList();
  }

  /** Regions in order of their first country; a region's id is its place, counted from 1. */
  static List<String> regions(List<Country> countries) {
    return countries.stream().map(Country::region).distinct().toList();
  }
}
