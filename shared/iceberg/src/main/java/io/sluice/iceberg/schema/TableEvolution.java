package io.sluice.iceberg.schema;

import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.MergePolicy.Unique;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.transforms.Transform;

/**
 * Takes a table to the shape that its pipeline declares, where every row and every snapshot that is
 * there stays readable: ids of columns are kept, and rows are not touched. Anything else is
 * refused, with all reasons.
 */
public final class TableEvolution {
  private final Pipeline pipeline;
  private final TableShape shape;
  private final Table table;
  private final SchemaDifference columns;
  private final List<PartitionField> newPartitions;
  private final List<PartitionField> oldPartitions;
  private final Map<String, String> properties;

  /** What it takes for {@code table} to become that of {@code pipeline}. */
  public TableEvolution(Pipeline pipeline, Table table) {
    this(pipeline, table, table.schema());
  }

  /** What it takes for {@code table} to become that of {@code pipeline} if it had {@code there}. */
  public TableEvolution(Pipeline pipeline, Table table, Schema there) {
    this.pipeline = pipeline;
    this.shape = TableShape.of(pipeline);
    this.table = table;
    this.columns =
        SchemaDifference.between(
            pipeline.contract().schema(), shape.schema().asStruct(), there.asStruct());
    this.newPartitions = missing(shape.spec(), table.spec());
    this.oldPartitions = missing(table.spec(), shape.spec());
    this.properties = properties();
  }

  /**
   * Refuses a change that cannot be made.
   *
   * @throws ConfigurationFailure with every reason
   */
  public TableEvolution require() {
    List<String> reasons = new ArrayList<>(columns.refusals());
    String key = keyThere();
    if (!key.equals(TableShape.key(pipeline))) {
      reasons.add(
          "its rows are identified by "
              + key
              + ", and the pipeline declares the key "
              + TableShape.key(pipeline));
    }
    boolean perPartition =
        TableShape.unique(Unique.PARTITION).equals(table.properties().get(TableShape.UNIQUE));
    if (perPartition && pipeline.transformation().merge().unique() == Unique.TABLE) {
      reasons.add(
          "a key may stand in each of its partitions,"
              + " and the pipeline declares transformation.unique: table");
    }
    if (table.schema().findField(TableShape.DELETED_POSITION) != null
        && pipeline.transformation().merge().mode() == Mode.APPEND) {
      reasons.add(
          "it keeps deleted rows, and the pipeline declares merge: append,"
              + " which puts no row in the place of one; merge: upsert does");
    }
    if (repartitions() && !pipeline.storage().evolvesPartitions()) {
      reasons.add(partitions() + ", and storage.partition_evolution is false");
    }
    if (repartitions() && pipeline.transformation().merge().unique() == Unique.PARTITION) {
      reasons.add(partitions() + ", and transformation.unique: partition identifies rows by it");
    }
    if (!reasons.isEmpty()) {
      throw new ConfigurationFailure(
          "Cannot use table "
              + pipeline.table()
              + " for pipeline "
              + pipeline.name()
              + ": "
              + String.join("; ", reasons));
    }
    return this;
  }

  /**
   * The columns by the names and in the types that are declared, for who reads the table before it
   * is taken there. Where it cannot be, its own.
   *
   * @throws ConfigurationFailure when it cannot, and a field of the key is not among its own
   */
  public Schema declared() {
    if (!columns.refusals().isEmpty()) {
      boolean hasKey =
          pipeline.transformation().idempotencyKey().stream()
              .allMatch(field -> table.schema().findField(field.toString()) != null);
      return (hasKey ? this : require()).table.schema();
    }
    Transaction change = table.newTransaction();
    columns.changes().forEach(group -> apply(group, change));
    return change.table().schema();
  }

  /** How columns and partitions differ from those that are declared, for people. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>(columns.refusals());
    for (List<SchemaChange> group : columns.changes()) {
      group.stream().map(SchemaChange::difference).distinct().forEach(differences::add);
    }
    if (differences.size() > 1) {
      // A column that is added is moved, too: that is no difference of its own.
      differences.remove(SchemaChange.REORDERED);
    }
    if (repartitions()) {
      differences.add(partitions());
    }
    return differences;
  }

  /**
   * Makes the change in one commit; none where nothing differs.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table has changed since it
   *     was loaded
   */
  public void apply() {
    boolean hasColumns = columns.changes().stream().anyMatch(group -> !group.isEmpty());
    if (!hasColumns && !repartitions() && !reorders() && properties.isEmpty()) {
      return;
    }
    Transaction change = table.newTransaction();
    columns.changes().forEach(group -> apply(group, change));
    if (repartitions()) {
      repartition(change.updateSpec());
    }
    if (reorders()) {
      ReplaceSortOrder order = change.replaceSortOrder();
      sortedBy(shape.order(), shape.schema()).forEach(order::asc);
      order.commit();
    }
    if (!properties.isEmpty()) {
      UpdateProperties update = change.updateProperties();
      properties.forEach(update::set);
      update.commit();
    }
    change.commitTransaction();
    table.refresh();
  }

  private static void apply(List<SchemaChange> changes, Transaction transaction) {
    if (changes.isEmpty()) {
      return;
    }
    UpdateSchema update = transaction.updateSchema();
    for (SchemaChange change : changes) {
      switch (change) {
        case SchemaChange.Add add when add.parent().isEmpty() ->
            update.addColumn(add.name(), add.type());
        case SchemaChange.Add add -> update.addColumn(add.parent(), add.name(), add.type());
        case SchemaChange.Rename rename -> update.renameColumn(rename.path(), rename.name());
        case SchemaChange.Widen widen -> update.updateColumn(widen.path(), widen.type());
        case SchemaChange.MakeOptional optional -> update.makeColumnOptional(optional.path());
        case SchemaChange.Move move when move.behind().isEmpty() -> update.moveFirst(move.path());
        case SchemaChange.Move move -> update.moveAfter(move.path(), move.behind());
      }
    }
    update.commit();
  }

  private void repartition(UpdatePartitionSpec update) {
    oldPartitions.forEach(field -> update.removeField(field.name()));
    for (PartitionField field : newPartitions) {
      String source = shape.schema().findColumnName(field.sourceId());
      update.addField(field.name(), term(source, field.transform()));
    }
    update.commit();
  }

  private static Term term(String source, Transform<?, ?> transform) {
    String name = transform.toString();
    int bracket = name.indexOf('[');
    int number = bracket < 0 ? 0 : Integer.parseInt(name.substring(bracket + 1, name.length() - 1));
    return switch (bracket < 0 ? name : name.substring(0, bracket)) {
      case "year" -> Expressions.year(source);
      case "month" -> Expressions.month(source);
      case "day" -> Expressions.day(source);
      case "hour" -> Expressions.hour(source);
      case "bucket" -> Expressions.bucket(source, number);
      case "truncate" -> Expressions.truncate(source, number);
      default -> Expressions.ref(source);
    };
  }

  /** The key of the rows that are there, by the names that its fields get. */
  private String keyThere() {
    String declared = TableShape.key(pipeline);
    List<String> names =
        new ArrayList<>(
            List.of(table.properties().getOrDefault(TableShape.KEY, declared).split(",", -1)));
    for (List<SchemaChange> group : columns.changes()) {
      for (SchemaChange change : group) {
        if (change instanceof SchemaChange.Rename rename) {
          names.replaceAll(name -> renamed(name, rename));
        }
      }
    }
    return String.join(",", names);
  }

  private static String renamed(String name, SchemaChange.Rename rename) {
    String path = rename.path();
    if (!name.equals(path) && !name.startsWith(path + ".")) {
      return name;
    }
    return path.substring(0, path.lastIndexOf('.') + 1)
        + rename.name()
        + name.substring(path.length());
  }

  private boolean reorders() {
    return !sortedBy(shape.order(), shape.schema())
        .equals(sortedBy(table.sortOrder(), table.schema()));
  }

  private static List<String> sortedBy(SortOrder order, Schema schema) {
    return order.fields().stream().map(field -> schema.findColumnName(field.sourceId())).toList();
  }

  private boolean repartitions() {
    return !newPartitions.isEmpty() || !oldPartitions.isEmpty();
  }

  private String partitions() {
    return "it is partitioned by "
        + texts(table.spec())
        + ", and the pipeline declares "
        + texts(shape.spec());
  }

  /** The fields of {@code spec} that {@code other} has not. */
  private static List<PartitionField> missing(PartitionSpec spec, PartitionSpec other) {
    List<String> there = texts(other);
    return spec.fields().stream().filter(f -> !there.contains(text(spec, f))).toList();
  }

  private static List<String> texts(PartitionSpec spec) {
    return spec.fields().stream().map(field -> text(spec, field)).toList();
  }

  private static String text(PartitionSpec spec, PartitionField field) {
    return field.name()
        + "="
        + field.transform()
        + "("
        + spec.schema().findColumnName(field.sourceId())
        + ")";
  }

  private Map<String, String> properties() {
    Map<String, String> wanted = new TreeMap<>(shape.properties());
    String version = wanted.remove(TableProperties.FORMAT_VERSION);
    Map<String, String> there = table.properties();
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(there.get(entry.getKey())));
    if (version != null && Integer.parseInt(version) > TableUtil.formatVersion(table)) {
      wanted.put(TableProperties.FORMAT_VERSION, version);
    }
    return wanted;
  }
}
