package io.sluice.formats.record;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.decode.Decoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** What reading one object came to. */
public record Outcome(List<GenericRecord> accepted, List<Refusal> refusals, String unreadable) {
  /** One rejected record. */
  public record Refusal(
      long ordinal, long line, long byteOffset, String bytes, Decoded.Rejected reason) {
    /** The codes of its errors. */
    public List<String> codes() {
      return reason.errors().stream().map(RecordError::code).toList();
    }
  }

  /** How many records there were. */
  public int read() {
    return accepted.size() + refusals.size();
  }

  /** A pipeline whose ingestion is declared by {@code ingestion}, in YAML's flow style. */
  public static Pipeline pipeline(String contract, String ingestion, String key) {
    String yaml =
        """
        pipeline: {name: p}
        ingestion: {contract: contract.avsc, %s}
        transformation: {idempotency_key: [%s], event_time: at}
        """
            .formatted(ingestion, key);
    return PipelineReader.read(yaml, "pipeline.yaml", name -> Optional.of(contract));
  }

  /** Reads an object to its end, or to where it cannot be read on. */
  public static Outcome of(Pipeline pipeline, String key, byte[] object) {
    return of(readers(pipeline), pipeline, key, object);
  }

  /** Readers of objects of {@code pipeline}, who need no registry. */
  public static RecordReaders readers(Pipeline pipeline) {
    return new RecordReaders(
        pipeline,
        address -> {
          throw new AssertionError("Asks a registry: " + address);
        });
  }

  /** Reads an object with {@code readers} to its end, or to where it cannot be read on. */
  public static Outcome of(RecordReaders readers, Pipeline pipeline, String key, byte[] object) {
    List<GenericRecord> accepted = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    try (InputStream plain =
            Decompression.open(new ByteArrayInputStream(object), pipeline.ingestion().limits());
        RecordReader records = readers.open(key, plain)) {
      while (records.next()) {
        if (records.ordinal() != accepted.size() + refusals.size()) {
          throw new AssertionError("Ordinal " + records.ordinal());
        }
        switch (records.decode()) {
          case Decoded.Accepted good -> accepted.add(good.record());
          case Decoded.Rejected bad ->
              refusals.add(
                  new Refusal(
                      records.ordinal(),
                      records.line(),
                      records.byteOffset(),
                      new String(records.bytes(), StandardCharsets.UTF_8),
                      bad));
        }
      }
      return new Outcome(accepted, refusals, "");
    } catch (UnreadableObject e) {
      return new Outcome(accepted, refusals, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads text. */
  public static Outcome of(Pipeline pipeline, String key, String text) {
    return of(pipeline, key, text.getBytes(StandardCharsets.UTF_8));
  }
}
