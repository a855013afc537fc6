package io.kurobe.nl2sql.retrieve.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * The model bge-small-en-v1.5 (Xiao et al., "C-Pack", arXiv 2309.07597), quantized, out of a jar of
 * the class path, in this process: no network is used. A text's embedding is the normalized state
 * of its first token. One thread computes each call, the caller's, so that what runs in the
 * background takes one core and not all.
 */
public final class BgeSmall implements EmbeddingModel {
  private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
  private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

  /** Tokens of a text that are read; names and questions have fewer. */
  private static final String LONGEST = "128";

  private static final int MOST_AT_ONCE = 16;

  /** Characters that are no reason to embed a text apart from shorter ones. */
  private static final int MUCH_LONGER = 12;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private boolean closed;

  private BgeSmall(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /**
   * Loads it, which takes some seconds and about 100 MB outside the heap.
   *
   * @param directory where the tokenizer's library is unpacked
   * @throws IOException if it cannot be loaded, for want of a file or of a library for this machine
   */
  public static BgeSmall load(Path directory) throws IOException {
    // The tokenizer's library would otherwise report its use to its makers over the network.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    if (System.getProperty("DJL_CACHE_DIR") == null) {
      System.setProperty("DJL_CACHE_DIR", directory.toAbsolutePath().toString());
    }
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session;
      try (var options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(resource(MODEL), options);
      }
      try (InputStream words = stream(TOKENIZER)) {
        var settings = Map.of("padding", "false", "truncation", "true", "maxLength", LONGEST);
        return new BgeSmall(
            environment, session, HuggingFaceTokenizer.newInstance(words, settings));
      } catch (IOException | RuntimeException | LinkageError e) {
        session.close();
        throw e;
      }
    } catch (OrtException | RuntimeException | LinkageError e) {
      throw new IOException("the embedding model cannot be loaded: " + e, e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = stream(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream stream(String name) throws IOException {
    InputStream in = BgeSmall.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the class path has no " + name);
    }
    return in;
  }

  @Override
  public String name() {
    return "bge-small-en-v1.5-q";
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedding model is closed");
      }
      Embedding[] embeddings = new Embedding[texts.size()];
      for (List<Integer> places : alike(texts)) {
        List<Embedding> some = some(places.stream().map(texts::get).toList());
        for (int i = 0; i < some.size(); i++) {
          embeddings[places.get(i)] = some.get(i);
        }
      }
      return List.of(embeddings);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed: " + e.getMessage(), e);
    } finally {
      closing.readLock().unlock();
    }
  }

  /**
   * The places of texts of like length, as the shorter are filled up to the longest beside them.
   */
  private static List<List<Integer>> alike(List<String> texts) {
    List<Integer> places =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(place -> texts.get(place).length()))
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    for (int place : places) {
      boolean full =
          group.size() == MOST_AT_ONCE
              || !group.isEmpty()
                  && texts.get(place).length() > 2 * texts.get(group.get(0)).length() + MUCH_LONGER;
      if (full) {
        groups.add(group);
        group = new ArrayList<>();
      }
      group.add(place);
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private List<Embedding> some(List<String> texts) throws OrtException {
    Encoding[] encoded = tokenizer.batchEncode(texts);
    int longest = 0;
    for (Encoding each : encoded) {
      longest = Math.max(longest, each.getIds().length);
    }
    long[][] ids = new long[encoded.length][longest];
    long[][] mask = new long[encoded.length][longest];
    for (int i = 0; i < encoded.length; i++) {
      long[] of = encoded[i].getIds();
      System.arraycopy(of, 0, ids[i], 0, of.length);
      System.arraycopy(encoded[i].getAttentionMask(), 0, mask[i], 0, of.length);
    }
    try (var tokens = OnnxTensor.createTensor(environment, ids);
        var attention = OnnxTensor.createTensor(environment, mask);
        var types = OnnxTensor.createTensor(environment, new long[encoded.length][longest]);
        var result =
            session.run(
                Map.of(
                    "input_ids", tokens, "attention_mask", attention, "token_type_ids", types))) {
      float[][][] states = (float[][][]) result.get(0).getValue();
      List<Embedding> embeddings = new ArrayList<>(states.length);
      for (float[][] state : states) {
        embeddings.add(Embedding.of(state[0]));
      }
      return embeddings;
    }
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model was not closed: " + e.getMessage(), e);
    } finally {
      closing.writeLock().unlock();
    }
  }
}
