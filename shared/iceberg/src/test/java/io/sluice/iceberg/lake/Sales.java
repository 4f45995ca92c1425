package io.sluice.iceberg.lake;

/** Sales, of which some fields are in a record or a list: what contracts change from. */
public final class Sales {
  /** The contract before any change. */
  public static final String CONTRACT =
      """
      {"type": "record", "name": "Sale", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "count", "type": "int"},
        {"name": "shop", "type": {"type": "record", "name": "Shop", "fields": [
          {"name": "city", "type": "string"},
          {"name": "size", "type": "float"}]}},
        {"name": "tags", "type": {"type": "array", "items": "int"}}]}
      """;

  private Sales() {}
}
