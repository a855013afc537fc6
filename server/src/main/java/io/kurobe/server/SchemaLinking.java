package io.kurobe.server;

import io.kurobe.nl2sql.offline.link.Meanings;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.IndexLinker;
import io.kurobe.nl2sql.retrieve.LinkLimits;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.retrieve.embed.BgeSmall;
import io.kurobe.nl2sql.retrieve.embed.EmbeddedMeanings;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.nl2sql.semantic.LayerWords;
import io.kurobe.nl2sql.semantic.SemanticModel;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The linking of questions to the catalog, with its index in the gateway's data directory. Nothing
 * is indexed before the first question that a model is asked, or {@link #begin}.
 */
final class SchemaLinking implements AutoCloseable {
  private final Catalog catalog;
  private final SchemaIndex index;
  private final SchemaLinker linker;
  private final Meanings meanings;
  private final Supplier<CatalogSnapshot> described;

  /**
   * Makes it.
   *
   * @param data the gateway's directory
   * @param embeddings whether meanings are compared, beside words
   * @param layer what people call their data
   */
  SchemaLinking(
      Path data,
      boolean embeddings,
      Catalog catalog,
      Classifications classifications,
      SemanticModel layer) {
    this.catalog = catalog;
    Path directory = data.resolve("schema-index");
    Lexicon lexicon = Lexicon.english();
    var words = new LayerWords(layer);
    Embeddings model =
        embeddings
            ? Embeddings.of(() -> BgeSmall.load(directory.resolve("libraries")))
            : Embeddings.off();
    meanings = embeddings ? new EmbeddedMeanings(model) : Meanings.NONE;
    index =
        new SchemaIndex(
            directory.resolve("names"),
            new CatalogTexts(lexicon),
            model,
            new StatisticsValues(catalog, new Classifier(classifications)),
            words);
    described = () -> words.described(catalog.snapshot());
    linker = new IndexLinker(index, described, LinkLimits.DEFAULT, lexicon);
  }

  SchemaLinker linker() {
    return linker;
  }

  /** What words mean, by the model that the index has. */
  Meanings meanings() {
    return meanings;
  }

  /** Starts to index in the background, so that the first question finds something. */
  void begin() {
    index.update(catalog.version(), described);
  }

  @Override
  public void close() {
    index.close();
  }
}
