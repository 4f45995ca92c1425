package io.sluice.iceberg.merge;

import static io.sluice.iceberg.merge.Visits.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.iceberg.lake.Sales;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that were filled, and batches that landed, before a pipeline was declared as it is. */
class OtherDeclarationTest {
  private static final String DELETE = "{\"_op\":\"d\",\"_position\":\"lsn:000002\",\"id\":\"b\"}";
  private static final String LINE =
      "{\"id\":\"a\",\"at\":0,\"count\":1,"
          + "\"shop\":{\"city\":\"oslo\",\"size\":1.5,\"more\":1},\"tags\":[1]}";

  private final TestLake lake = new TestLake();

  @Test
  void appendsNothingToATableThatKeepsDeletedRows() {
    // Given
    Pipeline changes = Visits.declare(lake, "merge: cdc\ndeletes: soft\n", "");
    commit(changes, lake.landChanges(changes, "1", put("b"), DELETE));

    // Then
    Pipeline appends = Visits.declare(lake, "merge: append\n", "");
    assertThatThrownBy(() -> lake.table(appends))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("it keeps deleted rows, and the pipeline declares merge: append");

    // When
    Pipeline upserts = Visits.declare(lake, "merge: upsert\n", "");
    LandedBatch again = Visits.land(lake, upserts, "2", List.of(visit("b", "oslo", 1, 1)));

    // Then
    assertThat(commit(upserts, again)).containsExactly(new MergeCounts(1, 0, 0, 0, 0, 0));
    assertThat(lake.rows(upserts, "audit")).containsExactly(visit("b", "oslo", 1, 1));
    assertThat(lake.audit(upserts).findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"append, true", "append, false", "upsert, true", "upsert, false"})
  void takesNoChangesThatWaitedForAnotherMerge(String merge, boolean hasTakenSome) {
    // Given
    Pipeline changes = Visits.declare(lake, "merge: cdc\n", "");
    if (hasTakenSome) {
      commit(changes, lake.landChanges(changes, "1", put("b")));
    }
    LandedBatch late = lake.landChanges(changes, "2", put("a"), DELETE);
    Pipeline other = Visits.declare(lake, "merge: " + merge + "\n", "");

    // Then
    assertThatThrownBy(() -> commit(other, late))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("it holds changes, which merge: cdc alone takes");

    // When
    LandedBatch plain = Visits.land(lake, other, "3", List.of(visit("c", "oslo", 1, 1)));

    // Then
    assertThat(commit(other, plain)).containsExactly(new MergeCounts(1, 0, 0, 0, 0, 0));
    assertThat(lake.audit(other).findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"append", "upsert"})
  void countsTheRowsOfATableThatTookChanges(String merge) {
    // Given
    Pipeline changes = Visits.declare(lake, "merge: cdc\n", "");
    commit(changes, lake.landChanges(changes, "1", put("a"), put("b")));
    commit(changes, lake.landChanges(changes, "2", DELETE));
    Pipeline other = Visits.declare(lake, "merge: " + merge + "\n", "");

    // When
    LandedBatch plain = Visits.land(lake, other, "3", List.of(visit("b", "oslo", 1, 1)));

    // Then
    assertThat(commit(other, plain)).containsExactly(new MergeCounts(1, 0, 0, 0, 0, 0));
    assertThat(lake.audit(other).findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"count\", \"type\": \"int\"|\"count\", \"type\": \"long\"|"
            + "column count is long in it and int in the table",
        "\"type\": \"float\"|\"type\": \"double\"|"
            + "column shop.size is double in it and float in the table",
        "\"items\": \"int\"|\"items\": \"long\"|"
            + "column tags.element is long in it and int in the table",
        "\"items\": \"int\"|\"items\": [\"null\", \"int\"]|"
            + "column tags.element may be null in it and not in the table",
        "\"type\": \"int\"|\"type\": [\"null\", \"int\"]|"
            + "column count may be null in it and not in the table",
        "{\"name\": \"count\", \"type\": \"int\"},|''|it has no column count",
        "{\"name\": \"city\"|{\"name\": \"more\", \"type\": \"int\"}, {\"name\": \"city\"|"
            + "the table has no column shop.more",
      })
  void takesNoBatchOfAContractThatIsDeclaredNoMore(String from, String to, String reason) {
    // Given
    Pipeline before = declare(Sales.CONTRACT.replace(from, to));
    LandedBatch late = lake.land(before, "1", LINE);

    // Then
    Pipeline after = declare(Sales.CONTRACT);
    assertThat(late.manifest().counts().accepted()).isEqualTo(1);
    assertThatThrownBy(() -> commit(after, late))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageStartingWith("Cannot merge " + late.manifest().raw().getFirst().name())
        .hasMessageEndingWith(", which landed under another declaration: " + reason);
  }

  @Test
  void takesABatchOnceTheContractTakesItAgain() {
    // Given
    String wide =
        Sales.CONTRACT.replace("\"count\", \"type\": \"int\"", "\"count\", \"type\": \"long\"");
    LandedBatch late = lake.land(declare(wide), "1", LINE);
    Pipeline narrow = declare(Sales.CONTRACT);
    assertThatThrownBy(() -> commit(narrow, late)).isInstanceOf(InvalidMessage.class);

    // Then
    assertThat(commit(declare(wide), late)).containsExactly(new MergeCounts(1, 0, 0, 0, 0, 0));
  }

  private Pipeline declare(String contract) {
    return lake.declare(
        "sales",
        """
        pipeline: { name: sales }
        ingestion: { contract: contract.avsc }
        transformation: { idempotency_key: [id], event_time: at }
        """,
        contract);
  }

  private static String put(String id) {
    return visit(id, "oslo", 1, 1).replace("{", "{\"_op\":\"c\",\"_position\":\"lsn:000001\",");
  }

  private List<MergeCounts> commit(Pipeline pipeline, LandedBatch batch) {
    return ReplacingMergeTest.commit(lake.table(pipeline), List.of(batch));
  }
}
