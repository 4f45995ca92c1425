package io.sluice.iceberg.catalog;

import io.sluice.core.failure.ConfigurationFailure;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Which catalog a lake has.
 *
 * @param uri of a JDBC catalog; empty for Glue, which the region and the credentials find
 * @param warehouse where the catalog puts tables that declare no place of their own, {@code
 *     s3://bucket/prefix}
 */
public record CatalogSettings(
    Kind kind, String uri, String warehouse, Map<String, String> further) {
  private static final String NAME = "sluice";

  /** The kinds of catalog. */
  public enum Kind {
    /** AWS Glue Data Catalog. */
    GLUE,
    /** A relational database; its driver must be on the class path. */
    JDBC
  }

  /** Refuses a JDBC catalog without a URI. */
  public CatalogSettings {
    further = Map.copyOf(further);
    if (kind == Kind.JDBC && uri.isEmpty()) {
      throw new ConfigurationFailure("Invalid catalog: a JDBC catalog needs a URI");
    }
  }

  /** A catalog whose endpoints and credentials come from the SDK's default chain. */
  public CatalogSettings(Kind kind, String uri, String warehouse) {
    this(kind, uri, warehouse, Map.of());
  }

  /** Opens the catalog. */
  public Catalog open() {
    Map<String, String> all = new TreeMap<>(properties());
    all.putAll(further);
    return CatalogUtil.buildIcebergCatalog(NAME, all, null);
  }

  private Map<String, String> properties() {
    String implementation =
        switch (kind) {
          case GLUE -> GlueCatalog.class.getName();
          case JDBC -> JdbcCatalog.class.getName();
        };
    return Map.of(
        CatalogProperties.CATALOG_IMPL,
        implementation,
        CatalogProperties.WAREHOUSE_LOCATION,
        warehouse,
        CatalogProperties.FILE_IO_IMPL,
        S3FileIO.class.getName(),
        CatalogProperties.URI,
        uri,
        "jdbc.schema-version",
        "V1",
        "http-client.type",
        "urlconnection",
        "s3.checksum-enabled",
        "true");
  }
}
