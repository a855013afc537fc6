package io.kurobe.planner.privacy.pattern;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.InetAddressValidator;

/** Forms of addresses of the internet: e-mail and IP. */
final class Contacts {
  private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  private static final Pattern LOCAL_NETWORK =
      Pattern.compile("(?:10|127|169\\.254|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168)\\..*");

  static final Form EMAIL =
      Form.of(
          PersonalKind.EMAIL,
          "e-mail addresses",
          0.98,
          true,
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~.-]{0,63}[\\p{L}\\p{N}_+-]@(?:"
              + LABEL
              + "\\.){1,8}(?:\\p{L}{2,63}|xn--[a-z0-9-]{2,59})",
          value -> !value.contains(".."));

  static final Form IPV4 =
      Form.of(
          PersonalKind.IP,
          "internet addresses of version 4",
          0.9,
          true,
          "(?<!\\.)(?:"
              + OCTET
              + "\\.){3}"
              + OCTET
              + "(?:/(?:3[0-2]|[12]?\\d)|:\\d{1,5})?(?!\\.\\d)",
          value -> !value.startsWith("0."));

  static final Form IPV6 =
      Form.of(
          PersonalKind.IP,
          "internet addresses of version 6",
          0.95,
          true,
          "[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?::(?:\\d{1,3}\\.){3}\\d{1,3})?(?:/\\d{1,3})?",
          Contacts::isVersion6);

  private Contacts() {}

  private static boolean isVersion6(String value) {
    int slash = value.indexOf('/');
    String address = slash < 0 ? value : value.substring(0, slash);
    return address.length() > 2 && InetAddressValidator.getInstance().isValidInet6Address(address);
  }

  /**
   * Whether texts of four numbers are rather addresses than versions of software: versions begin
   * small and stay so, addresses of machines do not.
   */
  static boolean areAddresses(List<String> values) {
    long likely =
        values.stream()
            .filter(value -> LOCAL_NETWORK.matcher(value).matches() || largestPart(value) > 99)
            .count();
    return likely * 2 >= values.size();
  }

  private static int largestPart(String value) {
    int largest = 0;
    for (String part : value.split("[./:]")) {
      if (part.length() <= 3 && Digits.areAll(part)) {
        largest = Math.max(largest, Integer.parseInt(part));
      }
    }
    return largest;
  }
}
