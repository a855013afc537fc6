package io.kurobe.server.config;

import java.util.Optional;

/** Reads {@code server.state:}. */
final class StateReader {
  private StateReader() {}

  static Optional<StateSettings> read(Section server) {
    if (!server.has("state")) {
      return Optional.empty();
    }
    Section section = server.section("state");
    String url = section.text("url", "");
    if (!url.startsWith(StateSettings.SCHEME)) {
      section.problem(
          "url",
          "'state' needs a 'url' such as "
              + StateSettings.SCHEME
              + "host:5432/kurobe; without 'state' the state is in files under server.data");
    }
    StateSettings settings = new StateSettings(url, section.text("user"), section.text("password"));
    section.finish();
    return Optional.of(settings);
  }
}
