package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.contracts.registry.Subject;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.record.RecordReader;
import io.sluice.formats.record.RecordReaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object is read to its end, or cannot be read and says why, and nothing else is thrown. Each of
 * its records is accepted or rejected for a reason, and numbered by how many came before; those
 * that have a place stand behind one another. Read again, all of it is the same.
 */
final class ReadObject implements FuzzTarget {
  /** Bombs are to go off early here: what is tried often must not take long. */
  static final String LIMITS =
      "limits: {object_bytes: 1000000, record_bytes: 20000, string_bytes: 9000, fields: 500}";

  private static final SchemaRegistry REGISTRY =
      new SchemaRegistry() {
        @Override
        public Optional<String> find(Subject subject) {
          return Optional.empty();
        }

        @Override
        public Optional<String> find(SchemaId id) {
          return Optional.of(FuzzContract.JSON).filter(json -> id.text().equals("1"));
        }
      };

  private final Pipeline pipeline;

  private ReadObject(String ingestion) {
    pipeline =
        PipelineReader.read(
            """
            pipeline: {name: orders}
            ingestion: {contract: contract.avsc, %s}
            transformation: {idempotency_key: [id], event_time: at}
            """
                .formatted(ingestion),
            "pipeline.yaml",
            name -> Optional.of(FuzzContract.JSON));
  }

  /** Objects of a format. */
  static FuzzTarget of(String format) {
    return new ReadObject("format: " + format + ", " + LIMITS);
  }

  /** Objects of whatever format. */
  static FuzzTarget detected() {
    return new ReadObject(LIMITS);
  }

  /** Files of frames; the registry has the contract as 1, and nothing else. */
  static FuzzTarget framed() {
    return new ReadObject("format: avro, framing: confluent, schema_registry: objects, " + LIMITS);
  }

  @Override
  public void take(byte[] input) throws IOException {
    assertThat(read(input)).isEqualTo(read(input));
  }

  /** One line for each record, and one for how it ended. */
  private List<String> read(byte[] input) throws IOException {
    List<String> lines = new ArrayList<>();
    long line = 0;
    long offset = -1;
    try (InputStream plain =
            Decompression.open(new ByteArrayInputStream(input), pipeline.ingestion().limits());
        RecordReader records =
            new RecordReaders(pipeline, address -> REGISTRY).open("object", plain)) {
      while (records.next()) {
        assertThat(records.ordinal()).isEqualTo(lines.size());
        assertThat(records.line()).isGreaterThanOrEqualTo(line);
        assertThat(records.byteOffset()).isGreaterThanOrEqualTo(offset);
        line = records.line();
        offset = records.byteOffset();
        lines.add(line + " " + offset + " " + verdict(records));
      }
      lines.add("end");
    } catch (UnreadableObject e) {
      lines.add(String.valueOf(e.getMessage()));
    }
    return lines;
  }

  private String verdict(RecordReader records) {
    return switch (records.decode()) {
      case Decoded.Accepted good -> good.record().toString();
      case Decoded.Rejected bad -> {
        int most = pipeline.ingestion().limits().errors();
        assertThat(bad.errors()).hasSizeBetween(1, most);
        assertThat(records.bytes().length).isLessThanOrEqualTo(1 << 20);
        yield bad.toString();
      }
    };
  }
}
