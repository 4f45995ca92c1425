package io.sluice.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.Sales;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionTest {
  private static final String NEW =
      """
      {"type": "record", "name": "Sale", "fields": [
        {"name": "id", "type": "string"},
        {"name": "level", "type": "string", "default": "low"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "shop", "type": {"type": "record", "name": "Shop", "fields": [
          {"name": "size", "type": "double"},
          {"name": "town", "aliases": ["city"], "type": ["null", "string"], "default": null},
          {"name": "note", "type": ["null", "string"], "default": null}]}},
        {"name": "number", "aliases": ["count"], "type": ["null", "long"], "default": null},
        {"name": "tags", "type": {"type": "array", "items": "long"}}]}
      """;
  private static final String OLD_LINE =
      "{\"id\":\"a\",\"at\":1767225600000,\"count\":1,\"shop\":{\"city\":\"oslo\",\"size\":1.5},"
          + "\"tags\":[1]}";
  private static final String NEW_FORM =
      "{\"id\":\"a\",\"level\":null,\"at\":1767225600000,"
          + "\"shop\":{\"size\":1.5,\"town\":\"oslo\",\"note\":null},\"number\":1,\"tags\":[1]}";

  private final TestLake lake = new TestLake();
  private final Pipeline old = declare(Sales.CONTRACT, "[]", "");
  private final LandedBatch first = lake.land(old, "1", OLD_LINE);
  private final SnapshotId snapshot = CommitTest.commit(lake.table(old), first);

  @Test
  void takesATableToWhatAContractHasBecome() {
    // Given
    Table before = lake.foreign(old);

    // When
    Pipeline evolved = declare(NEW, "[]", "");
    lake.table(evolved);

    // Then
    Table after = lake.foreign(evolved);
    assertThat(after.schema().findField("number").fieldId())
        .isEqualTo(before.schema().findField("count").fieldId());
    assertThat(after.schema().findField("shop.town").fieldId())
        .isEqualTo(before.schema().findField("shop.city").fieldId());
    assertThat(after.schema().columns().subList(0, 6))
        .extracting(field -> field.name())
        .containsExactly("id", "level", "at", "shop", "number", "tags");
    assertThat(lake.rows(evolved, "audit")).containsExactly(NEW_FORM);
    assertThat(lake.rows(evolved, snapshot.toString())).containsExactly(NEW_FORM);
  }

  @Test
  void changesNothingTheSecondTime() {
    // Given
    Pipeline evolved = declare(NEW, "[id]", "");
    lake.table(evolved);
    Table before = lake.foreign(evolved);

    // When
    lake.table(evolved);

    // Then
    assertThat(lake.foreign(evolved).schema().schemaId()).isEqualTo(before.schema().schemaId());
    assertThat(lake.foreign(evolved).specs()).isEqualTo(before.specs());
  }

  @Test
  void takesBatchesThatLandedUnderTheOldContract() {
    // Given
    LandedBatch late =
        lake.land(old, "2", OLD_LINE, OLD_LINE.replace("\"a\"", "\"b\"").replace("oslo", "rome"));

    // When
    Pipeline evolved = declare(NEW, "[]", "");
    MergeCounts counts = commit(evolved, late);

    // Then
    assertThat(counts).isEqualTo(new MergeCounts(1, 0, 0, 1, 0, 0));
    assertThat(lake.rows(evolved, "audit"))
        .containsExactlyInAnyOrder(
            NEW_FORM, NEW_FORM.replace("\"a\"", "\"b\"").replace("oslo", "rome"));
    assertThat(lake.audit(evolved).findings()).isEmpty();
  }

  @Test
  void recognisesAnOldRowUnderTheNewContract() {
    // Given
    String widened =
        Sales.CONTRACT
            .replace("\"count\", \"type\": \"int\"", "\"count\", \"type\": [\"null\", \"long\"]")
            .replace("\"float\"", "\"double\"");
    Pipeline evolved = declare(widened, "[]", "");

    // Then
    assertThat(commit(evolved, lake.land(evolved, "2", OLD_LINE)))
        .isEqualTo(new MergeCounts(0, 0, 0, 1, 0, 0));
  }

  @Test
  void partitionsNewRowsAsIsDeclaredNow() {
    // Given
    Pipeline evolved = declare(Sales.CONTRACT, "['bucket(4, id)', shop.city]", "");

    // When
    LandedBatch batch = lake.land(evolved, "2", OLD_LINE, OLD_LINE.replace("\"a\"", "\"b\""));

    // Then
    assertThat(commit(evolved, batch)).isEqualTo(new MergeCounts(1, 0, 0, 1, 0, 0));
    assertThat(lake.foreign(evolved).spec().fields())
        .extracting(field -> field.name())
        .containsExactly("id_bucket", "shop_city");
    assertThat(lake.audit(evolved).findings()).isEmpty();

    // When
    lake.table(declare(Sales.CONTRACT, "['day(at)', shop.city]", ""));

    // Then
    assertThat(lake.foreign(evolved).spec().fields())
        .extracting(field -> field.name())
        .containsExactlyInAnyOrder("at_day", "shop_city");
    assertThat(lake.rows(evolved, "audit")).hasSize(2);
  }

  @Test
  void readsATableByItsNewNamesBeforeItHasThem() {
    // Given
    String renamed = NEW.replace("\"name\": \"id\"", "\"name\": \"key\", \"aliases\": [\"id\"]");
    int schema = lake.foreign(old).schema().schemaId();
    Pipeline evolved = declare(renamed, "[]", "", "key");

    // Then
    assertThat(lake.rows(evolved, "audit")).containsExactly(NEW_FORM.replace("id", "key"));
    assertThat(lake.audit(evolved).findings()).isEmpty();
    assertThat(lake.foreign(old).schema().schemaId()).isEqualTo(schema);
  }

  @Test
  void saysThatRowsCannotBeReadByAKeyThatTheTableDoesNotHave() {
    // Given
    Pipeline other =
        declare(Sales.CONTRACT.replace("\"name\": \"id\"", "\"name\": \"key\""), "[]", "", "key");

    // Then
    assertThatThrownBy(() -> lake.audit(other))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("field id is not in the contract any more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[shop.city]", "['truncate(1000, shop.city)', 'day(at)']"})
  void writesRowsWhosePartitionIsALongText(String partitions) {
    // Given
    Pipeline evolved = declare(Sales.CONTRACT, partitions, "");
    String city = "ø".repeat(1_000);

    // When
    LandedBatch batch =
        lake.land(evolved, "2", OLD_LINE.replace("\"a\"", "\"b\"").replace("oslo", city));

    // Then
    assertThat(commit(evolved, batch)).isEqualTo(new MergeCounts(1, 0, 0, 0, 0, 0));
    assertThat(lake.rows(evolved, "audit")).hasSize(2).anyMatch(row -> row.contains(city));
    assertThat(commit(evolved, lake.land(evolved, "3", OLD_LINE)))
        .isEqualTo(new MergeCounts(0, 0, 0, 1, 0, 0));
    assertThat(lake.audit(evolved).findings()).isEmpty();
  }

  @Test
  void looksAgainWhenTheTableChangesMeanwhile() {
    // Given
    Pipeline evolved = declare(NEW, "[]", "");
    lake.catalog()
        .beforeNextCommit(
            () -> {
              throw new CommitFailedException("lost");
            });

    // When
    lake.table(evolved);

    // Then
    assertThat(lake.rows(evolved, "audit")).containsExactly(NEW_FORM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"count\", \"type\": \"int\"|\"count\", \"type\": \"string\"|"
            + "field count is int in the table and string in the contract",
        "\"size\", \"type\": \"float\"|\"size\", \"type\": \"int\"|"
            + "field shop.size is float in the table and int in the contract",
        "\"items\": \"int\"|\"items\": \"string\"|"
            + "field tags.element is int in the table and string in the contract",
        "\"count\"|\"number\"|field number is new and required, and has no default",
        "\"city\"|\"town\"|field shop.city is not in the contract any more",
      })
  void refusesAnythingElseBeforeItChangesAnything(String from, String to, String reason) {
    // Given
    Pipeline other = declare(Sales.CONTRACT.replace(from, to), "[]", "");

    // Then
    assertThatThrownBy(() -> lake.table(other))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Cannot use table curated.sales for pipeline sales: ")
        .hasMessageContaining(reason);
    assertThat(lake.rows(old, "audit")).containsExactly(OLD_LINE);
  }

  @Test
  void refusesOtherPartitionsWhereThatIsDeclared() {
    assertThatThrownBy(
            () -> lake.table(declare(Sales.CONTRACT, "[id]", "partition_evolution: false")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith(
            "it is partitioned by [], and the pipeline declares [id=identity(id)],"
                + " and storage.partition_evolution is false");
  }

  @Test
  void refusesAnotherKeyBeforeItChangesAnything() {
    // Given
    String metadata = lake.foreign(old).properties().toString();
    Pipeline other = declare(NEW, "[]", "", "id, at");

    // Then
    assertThatThrownBy(() -> lake.table(other))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith(
            "its rows are identified by id, and the pipeline declares the key id,at");
    assertThat(lake.foreign(old).properties()).hasToString(metadata);
    assertThat(lake.rows(old, "audit")).containsExactly(OLD_LINE);
  }

  @Test
  void refusesToFindKeysOnceInTheTableThatStoodInSeveralPartitions() {
    // Given
    TestLake other = new TestLake();
    Pipeline first = Orders.declareTransformed(other, "unique: partition");
    other.table(first);

    // Then
    assertThatThrownBy(() -> other.table(Orders.declare(other)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith(
            "a key may stand in each of its partitions,"
                + " and the pipeline declares transformation.unique: table");
    other.table(first);
    assertThat(other.foreign(first).properties()).containsEntry("sluice.unique", "partition");
  }

  @Test
  void takesKeysOfTheTableForThoseOfPartitions() {
    // Given
    TestLake other = new TestLake();
    other.table(Orders.declare(other));

    // When
    Pipeline changed = Orders.declareTransformed(other, "unique: partition");
    other.table(changed);

    // Then
    assertThat(other.foreign(changed).properties()).containsEntry("sluice.unique", "partition");
  }

  @Test
  void knowsAKeyThatHasAnotherName() {
    // Given
    String renamed =
        Sales.CONTRACT.replace("\"name\": \"id\"", "\"name\": \"number\", \"aliases\": [\"id\"]");

    // When
    lake.table(declare(renamed, "[]", "", "number"));

    // Then
    assertThat(lake.foreign(old).properties()).containsEntry("sluice.key", "number");
    assertThatThrownBy(() -> lake.table(declare(renamed, "[]", "", "at")))
        .hasMessageContaining("identified by number");
  }

  private Pipeline declare(String contract, String partitions, String storage) {
    return declare(contract, partitions, storage, "id");
  }

  private Pipeline declare(String contract, String partitions, String storage, String key) {
    return lake.declare(
        "sales",
        """
        pipeline: { name: sales }
        ingestion: { contract: contract.avsc }
        transformation: { idempotency_key: [%s], event_time: at, partitions: %s }
        storage: { %s }
        """
            .formatted(key, partitions, storage),
        contract);
  }

  private MergeCounts commit(Pipeline pipeline, LandedBatch batch) {
    IcebergTable table = lake.table(pipeline);
    StagedMerge merge = table.stage(table.head(), List.of(batch));
    table.commit(merge);
    BatchAccount account = Objects.requireNonNull(merge.accounts().get(batch.id()));
    return account.merged();
  }
}
