package io.kurobe.nl2sql.model.provider;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what a model answers, a JSON object a line, to be replayed. What was asked is in the
 * file as a digest, the question only where nothing in it was kept from the model. A file that
 * cannot be written costs nobody an answer.
 */
public final class RecordingModel implements LanguageModel {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingModel.class);
  private static final long MOST_BYTES = 256L << 20;

  private final LanguageModel model;
  private final String provided;
  private final Path file;

  /**
   * Makes it.
   *
   * @param provided the provider's name of the model
   */
  public RecordingModel(LanguageModel model, String provided, Path file) {
    this.model = requireNonNull(model, "model is null");
    this.provided = requireNonNull(provided, "provided is null");
    this.file = requireNonNull(file, "file is null");
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    ModelReply reply = model.ask(request);
    write(RecordedAnswer.of(provided, request, reply).line());
    return reply;
  }

  private synchronized void write(String line) {
    try {
      if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
        LOG.warn("{} is full: answers of model '{}' are not recorded", file, name());
        return;
      }
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: answers of model '{}' are not recorded", file, name());
    }
  }
}
