package io.sluice.formats.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {
  private static final int MAX = 8;

  private static List<String> read(InputStream in) throws IOException {
    NdjsonReader reader = new NdjsonReader(in, MAX);
    List<String> records = new ArrayList<>();
    while (reader.next()) {
      records.add(
          "%d:%d:%d:%s%s"
              .formatted(
                  reader.ordinal(),
                  reader.line(),
                  reader.byteOffset(),
                  new String(reader.bytes(), ISO_8859_1),
                  reader.isOversized() ? "!" : ""));
    }
    return records;
  }

  private static List<String> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
  }

  @Test
  void numbersRecordsLinesAndBytes() throws IOException {
    assertThat(read("{}\n\n  \t\n{1}\r\n\r\n{2}"))
        .containsExactly("0:1:0:{}", "1:4:8:{1}", "2:6:15:{2}");
  }

  @Test
  void readsAnEmptyStreamAndOneWithoutRecords() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("\n\r\n ")).isEmpty();
  }

  @Test
  void skipsAByteOrderMarkAtTheStartOnly() throws IOException {
    assertThat(read("\u00ef\u00bb\u00bf{}\n\u00ef\u00bb\u00bf{}"))
        .containsExactly("0:1:3:{}", "1:2:6:\u00ef\u00bb\u00bf{}");
  }

  @Test
  void makesOneRecordOfALineThatIsTooLong() throws IOException {
    assertThat(read("12345678\n123456789\n12345678\r\n1"))
        .containsExactly("0:1:0:12345678", "1:2:9:12345678!", "2:3:19:12345678", "3:4:29:1");
    assertThat(read("1\n" + "x".repeat(1_000_000) + "\n2\n"))
        .containsExactly("0:1:0:1", "1:2:2:xxxxxxxx!", "2:3:1000003:2");
    assertThat(read("x".repeat(1_000_000))).containsExactly("0:1:0:xxxxxxxx!");
  }

  @Test
  void findsTheSameRecordsHoweverTheStreamIsCutIntoReads() throws IOException {
    // Given
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append("\r\n a{".charAt(random.nextInt(5)));
      }
      byte[] bytes = text.toString().getBytes(ISO_8859_1);
      InputStream slow =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
              return super.read(to, offset, Math.min(length, 1 + random.nextInt(4)));
            }
          };

      // When
      List<String> records = read(slow);

      // Then
      assertThat(records).as("seed %d, text %d", seed, i).isEqualTo(expected(text.toString()));
    }
  }

  private static List<String> expected(String text) {
    List<String> records = new ArrayList<>();
    int offset = 0;
    int line = 0;
    for (String whole : text.split("\n", -1)) {
      line++;
      String record = whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
      boolean tooLong = record.length() > MAX;
      if (tooLong || !record.isBlank()) {
        String kept = tooLong ? record.substring(0, MAX) + "!" : record;
        records.add("%d:%d:%d:%s".formatted(records.size(), line, offset, kept));
      }
      offset += whole.length() + 1;
    }
    return records;
  }

  @Test
  void holdsTheLongestRecord() throws IOException {
    // Given
    String longest = "x".repeat(NdjsonReader.MAX_RECORD_BYTES);

    // When
    NdjsonReader reader =
        new NdjsonReader(
            new ByteArrayInputStream((longest + "\n" + longest + "x\n1").getBytes(ISO_8859_1)));

    // Then
    assertThat(reader.next()).isTrue();
    assertThat(reader.isOversized()).isFalse();
    assertThat(reader.length()).isEqualTo(NdjsonReader.MAX_RECORD_BYTES);
    assertThat(reader.next()).isTrue();
    assertThat(reader.isOversized()).isTrue();
    assertThat(reader.length()).isEqualTo(NdjsonReader.OVERSIZED_KEPT_BYTES);
    assertThat(reader.next()).isTrue();
    assertThat(reader.bytes()).containsExactly('1');
    assertThat(reader.next()).isFalse();
  }
}
