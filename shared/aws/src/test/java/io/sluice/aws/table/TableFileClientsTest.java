package io.sluice.aws.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.s3.LoopbackS3;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class TableFileClientsTest {
  private LoopbackS3 server;

  @BeforeAll
  void start() throws Exception {
    server = new LoopbackS3();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3 << 20, 40 << 20})
  void writesTableFilesOfEverySize(int sizeBytes) throws IOException {
    // Given
    byte[] content = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(content);
    String name = "s3://" + server.bucket() + "/warehouse/data.parquet";
    try (S3FileIO files = new S3FileIO()) {
      files.initialize(TableFileClients.properties(server.endpoints()));

      // When
      try (PositionOutputStream out = files.newOutputFile(name).create()) {
        out.write(content);
      }

      // Then
      try (InputStream in = files.newInputFile(name).newStream()) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
    }
  }
}
