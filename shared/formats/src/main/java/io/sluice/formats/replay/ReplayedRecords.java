package io.sluice.formats.replay;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.Replay;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a replay, each read where it stands in its source. Line and offset are those in
 * the source. A record that can be read there no more is rejected for that: it came from an object
 * that was there, and the rest of the replay does not wait for it.
 */
public final class ReplayedRecords implements RecordReader {
  private final ObjectStore store;
  private final Limits limits;
  private final Format format;
  private final Iterator<Replay.Part> parts;
  private Iterator<Long> ordinals = List.<Long>of().iterator();
  private String source = "";
  private @Nullable InputStream content;
  private @Nullable RecordReader records;
  private String fault = "";
  private long ordinal = -1;

  /** The records of {@code replay}, whose sources are in {@code store}. */
  public ReplayedRecords(ObjectStore store, Replay replay, Limits limits, Format format) {
    this.store = store;
    this.limits = limits;
    this.format = format;
    this.parts = replay.parts().iterator();
  }

  /** How the content of a source object is read. */
  public interface Format {
    /** The records of {@code plain}, the uncompressed content of the object {@code source}. */
    RecordReader read(ObjectName source, InputStream plain) throws IOException;
  }

  @Override
  public boolean next() throws IOException {
    if (!ordinals.hasNext()) {
      if (!parts.hasNext()) {
        return false;
      }
      start(parts.next());
    }
    ordinal++;
    long wanted = ordinals.next();
    if (fault.isEmpty()) {
      seek(wanted);
    }
    return true;
  }

  private void start(Replay.Part next) throws IOException {
    close();
    source = next.source().toString();
    ordinals = next.ordinals().iterator();
    fault = "";
    Optional<InputStream> found = store.open(next.source());
    if (found.isEmpty()) {
      fault = "an object that is there no more";
      return;
    }
    content = found.get();
    try {
      records = format.read(next.source().name(), Decompression.open(content, limits));
    } catch (UnreadableObject e) {
      fault = String.valueOf(e.getMessage());
    }
  }

  private void seek(long wanted) throws IOException {
    RecordReader reader = records();
    try {
      while (reader.next()) {
        if (reader.ordinal() == wanted) {
          return;
        }
      }
      fault = "an object without a record at position " + wanted;
    } catch (UnreadableObject e) {
      fault = String.valueOf(e.getMessage());
    }
  }

  @Override
  public long ordinal() {
    return ordinal;
  }

  @Override
  public long line() {
    return fault.isEmpty() ? records().line() : 0;
  }

  @Override
  public long byteOffset() {
    return fault.isEmpty() ? records().byteOffset() : 0;
  }

  @Override
  public byte[] bytes() {
    return fault.isEmpty() ? records().bytes() : new byte[0];
  }

  @Override
  public Decoded decode() {
    return fault.isEmpty()
        ? records().decode()
        : new Decoded.Rejected(
            ErrorClass.PARSE,
            List.of(new RecordError("gone", "", "the record in " + source, fault)));
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
      records = null;
    }
    if (content != null) {
      content.close();
      content = null;
    }
  }

  private RecordReader records() {
    if (records == null) {
      throw new IllegalStateException("No record: next was not called, or said no");
    }
    return records;
  }
}
