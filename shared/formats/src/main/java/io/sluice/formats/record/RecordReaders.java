package io.sluice.formats.record;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.CsvDialect;
import io.sluice.contracts.pipeline.Format;
import io.sluice.contracts.pipeline.Ingestion;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.formats.csv.CsvRecords;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.framing.JsonElements;
import io.sluice.formats.rendering.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The one place that knows which format is read how. */
public final class RecordReaders {
  /** 64 KiB: enough for the first line of anything. */
  private static final int HEAD_BYTES = 64 << 10;

  private final Pipeline pipeline;

  /** Readers of the objects of {@code pipeline}. */
  public RecordReaders(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** What accepted records of {@code pipeline} match: the contract. */
  public static Contract accepted(Pipeline pipeline) {
    return pipeline.contract();
  }

  /**
   * The records of one object.
   *
   * @param key the object's, whose end may tell its format
   * @param plain its decompressed bytes, which stay the caller's to close
   * @throws IOException as {@link RecordReader#next} does
   */
  public RecordReader open(String key, InputStream plain) throws IOException {
    byte[] head = plain.readNBytes(HEAD_BYTES);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), plain);
    Format declared = pipeline.ingestion().format();
    Format format = declared == Format.DETECTED ? Detection.format(key, head) : declared;
    return new LimitedRecords(reader(format, head, whole), pipeline.ingestion().limits());
  }

  private RecordReader reader(Format format, byte[] head, InputStream in) throws IOException {
    Ingestion ingestion = pipeline.ingestion();
    int maxRecordBytes = ingestion.limits().recordBytes();
    return switch (format) {
      case NDJSON, DETECTED -> new NdjsonRecords(in, pipeline.contract(), ingestion.limits());
      case JSON -> decoded(new JsonRecords(new JsonElements(in, maxRecordBytes), maxRecordBytes));
      case CSV -> decoded(csv(in, head, ingestion.csv()));
      case TSV -> decoded(csv(in, head, ingestion.csv().withDelimiter("\t")));
      case AVRO, PARQUET, DEBEZIUM ->
          throw new ConfigurationFailure(
              "Cannot use format " + format.word() + ": it is not available in this version");
    };
  }

  private RecordSource csv(InputStream in, byte[] head, CsvDialect dialect) {
    CsvDialect whole =
        dialect.delimiter().isEmpty() ? dialect.withDelimiter(Detection.delimiter(head)) : dialect;
    return new CsvRecords(
        in, whole, pipeline.contract(), pipeline.ingestion().limits().recordBytes());
  }

  private RecordReader decoded(RecordSource source) {
    JsonDecoder decoder = JsonDecoder.compile(pipeline.contract());
    return new DecodedRecords(
        source, decoder::decode, new JsonLimits(pipeline.ingestion().limits()));
  }
}
