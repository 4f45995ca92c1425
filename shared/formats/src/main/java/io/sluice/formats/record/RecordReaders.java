package io.sluice.formats.record;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.Framing;
import io.sluice.contracts.pipeline.CsvDialect;
import io.sluice.contracts.pipeline.Format;
import io.sluice.contracts.pipeline.Ingestion;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.formats.avro.AvroRecords;
import io.sluice.formats.avro.FramedRecords;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.change.ChangeDecoder;
import io.sluice.formats.csv.CsvRecords;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.decode.UnknownFields;
import io.sluice.formats.framing.JsonElements;
import io.sluice.formats.parquet.ParquetRecords;
import io.sluice.formats.rendering.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.function.Function;

/** The one place that knows which format is read how. */
public final class RecordReaders {
  /** 64 KiB: enough for the first line of anything. */
  private static final int HEAD_BYTES = 64 << 10;

  private final Pipeline pipeline;
  private final UnknownFields unknown = new UnknownFields();
  private final Function<String, SchemaRegistry> registries;

  /**
   * Readers of the objects of {@code pipeline}.
   *
   * @param registries the registry at an address, for records that say which schema wrote them
   */
  public RecordReaders(Pipeline pipeline, Function<String, SchemaRegistry> registries) {
    this.pipeline = pipeline;
    this.registries = registries;
  }

  /** What accepted records match: the contract, or what is made of it for changes. */
  public static Contract accepted(Pipeline pipeline) {
    return pipeline.ingestion().format() == Format.DEBEZIUM
        ? ChangeColumns.raw(pipeline.contract())
        : pipeline.contract();
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

  /** How often all records that were decoded had each field that the contract does not know. */
  public Map<String, Long> unknownFields() {
    return unknown.counts();
  }

  private RecordReader reader(Format format, byte[] head, InputStream in) throws IOException {
    Ingestion ingestion = pipeline.ingestion();
    int maxRecordBytes = ingestion.limits().recordBytes();
    return switch (format) {
      case NDJSON, DETECTED ->
          new NdjsonRecords(in, pipeline.contract(), ingestion.limits(), unknown);
      case JSON -> decoded(new JsonRecords(new JsonElements(in, maxRecordBytes), maxRecordBytes));
      case CSV -> decoded(csv(in, head, ingestion.csv()));
      case TSV -> decoded(csv(in, head, ingestion.csv().withDelimiter("\t")));
      case AVRO -> decoded(avro(in, ingestion));
      case PARQUET -> decoded(ParquetRecords.spool(in, pipeline.contract(), ingestion.limits()));
      case DEBEZIUM -> changes(in, head);
    };
  }

  private RecordSource avro(InputStream in, Ingestion ingestion) throws IOException {
    return ingestion.framing() == Framing.NONE
        ? AvroRecords.of(in, pipeline.contract(), ingestion.limits())
        : FramedRecords.of(
            in,
            ingestion.framing(),
            registries.apply(ingestion.schemaRegistry()),
            pipeline.contract(),
            ingestion.limits());
  }

  private RecordReader changes(InputStream in, byte[] head) throws IOException {
    Limits limits = pipeline.ingestion().limits();
    int maxBytes = limits.recordBytes();
    RecordSource source;
    if (Detection.isAvro(head)) {
      source = AvroRecords.ofEnvelopes(in, pipeline.contract(), limits, ChangeDecoder.ROWS);
    } else if (Detection.holdsAValuePerLine(head)) {
      source = new JsonRecords(JsonElements.lines(in, maxBytes), maxBytes);
    } else {
      source = new JsonRecords(new JsonElements(in, maxBytes), maxBytes);
    }
    ChangeDecoder decoder =
        ChangeDecoder.compile(
            pipeline.contract(), pipeline.transformation().idempotencyKey(), unknown);
    return new DecodedRecords(source, decoder::decode, new JsonLimits(limits));
  }

  private RecordSource csv(InputStream in, byte[] head, CsvDialect dialect) {
    CsvDialect whole =
        dialect.delimiter().isEmpty() ? dialect.withDelimiter(Detection.delimiter(head)) : dialect;
    return new CsvRecords(
        in, whole, pipeline.contract(), pipeline.ingestion().limits().recordBytes());
  }

  private RecordReader decoded(RecordSource source) {
    JsonDecoder decoder = JsonDecoder.compile(pipeline.contract(), unknown);
    return new DecodedRecords(
        source, decoder::decode, new JsonLimits(pipeline.ingestion().limits()));
  }
}
