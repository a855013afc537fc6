package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code ask:}.
 *
 * @param models the language models, by name
 * @param generators what proposes queries, in order; the offline engine alone where none is given
 * @param warnBelow confidence under which an answer carries a warning, 0 to 1
 * @param refuseBelow confidence under which there is no answer, 0 to 1
 */
public record AskSettings(
    Map<String, Model> models, List<Generator> generators, double warnBelow, double refuseBelow) {
  public static final Generator OFFLINE = new Generator("offline", Optional.empty(), 1);
  public static final AskSettings DEFAULT = new AskSettings(Map.of(), List.of(OFFLINE), 0.5, 0.0);

  public AskSettings {
    models = Map.copyOf(models);
    generators = List.copyOf(generators);
  }

  /**
   * A language model.
   *
   * @param provider who serves it, such as {@code anthropic}
   * @param model the provider's name of it
   * @param url where it is reached; empty means the provider's own address
   * @param apiKey the key; never in {@link #toString}
   */
  public record Model(
      String provider, Optional<String> model, Optional<String> url, Optional<String> apiKey) {
    public Model {
      requireNonNull(provider, "provider is null");
    }

    @Override
    public String toString() {
      return provider + model.map(name -> " " + name).orElse("");
    }
  }

  /**
   * What proposes queries.
   *
   * @param type its kind, such as {@code offline}
   * @param model the model it asks, for kinds that ask one
   * @param candidates how many it proposes
   */
  public record Generator(String type, Optional<String> model, int candidates) {
    public Generator {
      requireNonNull(type, "type is null");
    }
  }
}
