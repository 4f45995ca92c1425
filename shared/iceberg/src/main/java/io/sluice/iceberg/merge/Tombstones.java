package io.sluice.iceberg.merge;

import io.sluice.iceberg.branch.Branches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What was deleted and has no row: of each key the latest deletion, and of the table the latest
 * truncation, so that an older record that comes late does not bring a row back. They lie in files
 * beside the data, and a snapshot's summary names its files: they are there, and gone, with the
 * snapshot. See docs/decisions/0007.
 */
final class Tombstones {
  /** Under which a summary names the files, with commas between. */
  static final String FILES = "sluice.tombstones";

  /** Under which a summary keeps the latest truncation: when its source was modified, and where. */
  static final String TRUNCATION = "sluice.truncation";

  /** From so many files on, the next merge writes them anew: one file of each part of the keys. */
  private static final int MOST_FILES = 16;

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "key", Types.FixedType.ofLength(2 * Long.BYTES)),
          Types.NestedField.required(2, "position", Types.StringType.get()),
          Types.NestedField.required(3, "modified", Types.LongType.get()));

  private final Table table;
  private final List<String> files;
  private final List<String> written = new ArrayList<>();
  private final @Nullable Version truncation;

  /** The tombstones that the snapshot {@code head} stands on. */
  Tombstones(Table table, OptionalLong head) {
    this.table = table;
    String names = "";
    Version last = null;
    for (Snapshot snapshot : new Branches(table).ancestry(head)) {
      Map<String, String> summary = snapshot.summary();
      if (summary.containsKey(FILES)) {
        names = summary.getOrDefault(FILES, "");
        last = truncation(summary.getOrDefault(TRUNCATION, ""));
        break;
      }
    }
    this.files = names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    this.truncation = last;
  }

  private static @Nullable Version truncation(String text) {
    String[] parts = text.split(" ", 2);
    return parts.length < 2 ? null : Version.ofDeletion(parts[1], Long.parseLong(parts[0]));
  }

  /** The latest truncation. */
  @Nullable Version truncation() {
    return truncation;
  }

  /** Takes a key and its deletion. */
  interface Sink {
    void deletion(Fingerprint key, Version version) throws IOException;
  }

  /** Hands over every deletion; of one key there may be several. */
  void read(Sink sink) throws IOException {
    for (String file : files) {
      read(table, file, sink);
    }
  }

  /** Hands over the deletions of a file. */
  static void read(Table table, String file, Sink sink) throws IOException {
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(file))
            .project(SCHEMA)
            .reuseContainers()
            .createReaderFunc(stored -> GenericParquetReaders.buildReader(SCHEMA, stored))
            .build()) {
      for (Record row : rows) {
        sink.deletion(
            Fingerprint.of((byte[]) row.get(0)),
            Version.ofDeletion((String) row.get(1), (Long) row.get(2)));
      }
    }
  }

  /** Writes the new deletions of {@code states}, which are of one part of the keys. */
  void keep(KeyStates states, KeyPart part, String operation) throws IOException {
    KeyIndex index = new KeyIndex();
    List<Version> versions = new ArrayList<>();
    states.forEachNewDeletion((key, version) -> add(index, versions, key, version));
    if (areMany()) {
      read(
          (key, version) -> {
            if (part.has(key)) {
              add(index, versions, key, version);
            }
          });
    }
    if (!versions.isEmpty()) {
      written.add(write(index, versions, part.nameOf(operation)));
    }
  }

  private boolean areMany() {
    return files.size() >= MOST_FILES;
  }

  /** What the summary of the merge's snapshot has to say, once every part is kept. */
  Map<String, String> notes(@Nullable Version last) {
    List<String> names = new ArrayList<>(areMany() ? List.of() : files);
    names.addAll(written);
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(FILES, String.join(",", names));
    notes.put(TRUNCATION, last == null ? "" : last.modified() + " " + last.position());
    return notes;
  }

  private static void add(
      KeyIndex index, List<Version> versions, Fingerprint key, Version version) {
    int number = index.add(key);
    if (number == versions.size()) {
      versions.add(version);
    } else if (version.isAfter(versions.get(number))) {
      versions.set(number, version);
    }
  }

  private String write(KeyIndex index, List<Version> versions, String file) throws IOException {
    String name = table.location() + "/tombstones/" + file + ".parquet";
    GenericRecord row = GenericRecord.create(SCHEMA);
    try (FileAppender<Record> appender =
        HadoopDefaults.without(() -> Parquet.write(table.io().newOutputFile(name)))
            .schema(SCHEMA)
            .overwrite()
            .createWriterFunc(GenericParquetWriter::create)
            .build()) {
      for (int number = 0; number < versions.size(); number++) {
        Version version = Objects.requireNonNull(versions.get(number));
        row.set(0, index.key(number).bytes());
        row.set(1, version.position());
        row.set(2, version.modified());
        appender.add(row);
      }
    }
    return name;
  }
}
