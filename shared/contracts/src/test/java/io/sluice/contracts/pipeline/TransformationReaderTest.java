package io.sluice.contracts.pipeline;

import static io.sluice.contracts.pipeline.Declared.CONTRACT;
import static io.sluice.contracts.pipeline.Declared.SMALLEST;
import static io.sluice.contracts.pipeline.Declared.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.MergePolicy.Deletes;
import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.MergePolicy.OnConflict;
import io.sluice.contracts.pipeline.MergePolicy.Unique;
import io.sluice.core.failure.ConfigurationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformationReaderTest {
  @Test
  void keepsTheFirstInAppendsAndTheLastInUpsertsAndChangesUnlessDeclaredOtherwise() {
    assertThat(read(SMALLEST).transformation().merge())
        .isEqualTo(new MergePolicy(Mode.APPEND, OnConflict.KEEP_FIRST, Unique.TABLE, Deletes.HARD));
    assertThat(read(SMALLEST + "  merge: upsert\n").transformation().merge())
        .isEqualTo(new MergePolicy(Mode.UPSERT, OnConflict.KEEP_LAST, Unique.TABLE, Deletes.HARD));
    assertThat(read(SMALLEST + "  merge: cdc\n  deletes: soft\n").transformation().merge())
        .isEqualTo(new MergePolicy(Mode.CDC, OnConflict.KEEP_LAST, Unique.TABLE, Deletes.SOFT));
    assertThat(
            read(SMALLEST
                    + "  on_conflict: quarantine\n  unique: partition\n"
                    + "  partitions: [region]\n")
                .transformation()
                .merge())
        .isEqualTo(
            new MergePolicy(Mode.APPEND, OnConflict.QUARANTINE, Unique.PARTITION, Deletes.HARD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "merge: both|merge: both (one of append, upsert, cdc is wanted)",
        "on_conflict: last|(one of keep_first, keep_last, quarantine is wanted)",
        "on_conflict: keep_last|merge: append never changes a row",
        "'merge: cdc\n  on_conflict: keep_first'|cdc takes changes in the order of their source",
        "deletes: soft|only merge: cdc deletes",
        "unique: partition|the table has no partitions",
        "'merge: cdc\n  unique: partition\n  partitions: [region]'|moves rows between partitions",
      })
  void refusesMergesThatContradictThemselves(String lines, String reason) {
    assertThatThrownBy(() -> read(SMALLEST + "  " + lines.replace("\\n", "\n") + "\n"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Invalid pipeline.yaml line ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_op", "_position", "_Position"})
  void reservesTheColumnsOfChangesInEveryContract(String name) {
    assertThatThrownBy(() -> read(SMALLEST, CONTRACT.replace("\"amount\"", '"' + name + '"')))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("the contract's field " + name + " is reserved");
  }

  @Test
  void readsHowRowsAreKept() {
    // When
    Storage storage =
        read(SMALLEST
                + """
                storage:
                  row_changes: deletion_vectors
                  target_file_bytes: 1048576
                  partition_evolution: false
                  sort_by_key: true
                """)
            .storage();

    // Then
    assertThat(storage)
        .isEqualTo(
            new Storage(
                new Storage.Location.CatalogDefault(),
                Storage.RowChanges.DELETION_VECTORS,
                1 << 20,
                false,
                true));
    assertThat(read(SMALLEST).storage().evolvesPartitions()).isTrue();
    assertThat(read(SMALLEST).storage().sortsByKey()).isFalse();
    assertThatThrownBy(() -> read(SMALLEST + "storage: {target_file_bytes: 1e3}\n"))
        .hasMessageContaining("a whole number from 1048576 to 5368709120 is wanted");
    assertThatThrownBy(() -> read(SMALLEST + "storage: {row_changes: equality_deletes}\n"))
        .hasMessageContaining("one of copy_on_write, deletion_vectors is wanted");
  }
}
