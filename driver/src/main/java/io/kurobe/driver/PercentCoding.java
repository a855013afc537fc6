package io.kurobe.driver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * Percent-decoding of RFC 3986 in UTF-8. Unlike {@link java.net.URLDecoder} a plus sign is a plus
 * sign, and what is malformed is refused instead of kept.
 */
final class PercentCoding {
  private PercentCoding() {}

  static String decode(String text) throws SQLException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed(text);
        }
        bytes.write(high * 16 + low);
        i += 3;
      } else {
        byte[] encoded = new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8);
        bytes.write(encoded, 0, encoded.length);
        i += Character.charCount(codePoint);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(text);
    }
  }

  private static SQLException malformed(String text) {
    return SqlErrors.of("08001", "malformed percent-encoding in the URL: " + text);
  }
}
