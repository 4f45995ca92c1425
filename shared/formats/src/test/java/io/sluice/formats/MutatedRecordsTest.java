package io.sluice.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.ndjson.NdjsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class MutatedRecordsTest {
  private static final int MUTANTS = 20_000;
  private static final List<String> TOKENS =
      List.of(
          "null",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "1e999",
          "-",
          "\\ud800",
          "\\",
          "é",
          "\"id\":1,");

  @Test
  void acceptsOrRejectsEveryMutantAndNeverThrows() throws IOException {
    // Given
    long seed = 1517363399650L;
    Random random = new Random(seed);
    List<byte[]> lines = lines();
    RecordDecoder decoder = RecordDecoder.compile(Demo.contract());
    int accepted = 0;

    for (int i = 0; i < MUTANTS; i++) {
      // When
      byte[] mutant = lines.get(random.nextInt(lines.size()));
      for (int j = random.nextInt(3); j >= 0; j--) {
        mutant = mutate(mutant, random);
      }
      String shown = "seed " + seed + ", mutant " + i + ": " + new String(mutant, UTF_8);
      Decoded decoded = decoder.decode(mutant, 0, mutant.length);

      // Then
      switch (decoded) {
        case Decoded.Accepted record -> {
          accepted++;
          assertThat(GenericData.get().validate(record.record().getSchema(), record.record()))
              .as(shown)
              .isTrue();
        }
        case Decoded.Rejected rejected ->
            assertThat(rejected.errors()).as(shown).isNotEmpty().doesNotContainNull();
      }
    }
    assertThat(accepted).isBetween(MUTANTS / 50, MUTANTS / 2);
  }

  private static byte[] mutate(byte[] line, Random random) {
    if (line.length == 0) {
      return line;
    }
    int at = random.nextInt(line.length);
    int upTo = Math.min(line.length, at + random.nextInt(20));
    return switch (random.nextInt(5)) {
      case 0 -> replace(line, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replace(line, at, upTo, new byte[0]);
      case 2 -> replace(line, at, at, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8));
      case 3 -> replace(line, at, at, Arrays.copyOfRange(line, at, upTo));
      default -> Arrays.copyOf(line, at);
    };
  }

  private static byte[] replace(byte[] line, int from, int to, byte[] with) {
    byte[] result = new byte[line.length - (to - from) + with.length];
    System.arraycopy(line, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(line, to, result, from + with.length, line.length - to);
    return result;
  }

  private static List<byte[]> lines() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (byte[] file : Demo.files()) {
      NdjsonReader reader = new NdjsonReader(new ByteArrayInputStream(file));
      while (reader.next()) {
        lines.add(reader.bytes());
      }
    }
    return lines;
  }
}
