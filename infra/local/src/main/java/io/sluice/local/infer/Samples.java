package io.sluice.local.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.ndjson.NdjsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The records of sample files, plain or compressed NDJSON.
 *
 * @param records how many objects there are
 * @param unusable lines that are no JSON object
 */
record Samples(SeenValue seen, long records, long unusable) {
  /** A draft gets no better with more; the values of a key take some 50 bytes each. */
  static final int MAX_RECORDS = 1_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * Reads the beginning of {@code files}, in their order.
   *
   * @throws ConfigurationFailure when one cannot be read, or none holds a JSON object
   */
  static Samples read(List<Path> files) {
    Samples samples = new Samples(SeenValue.nothing(), 0, 0);
    for (Path file : files) {
      try (Decompression in = Decompression.open(Files.newInputStream(file), Limits.DEFAULT)) {
        samples = samples.and(new NdjsonReader(in));
      } catch (IOException e) {
        throw new ConfigurationFailure("Cannot read sample " + file + ": " + e.getMessage(), e);
      }
    }
    if (samples.records == 0) {
      throw new ConfigurationFailure(
          "Cannot infer a contract: no line of the samples is a JSON object");
    }
    return samples;
  }

  private Samples and(NdjsonReader lines) throws IOException {
    long good = records;
    long bad = unusable;
    while (good < MAX_RECORDS && lines.next()) {
      JsonNode record = lines.isOversized() ? JSON.getNodeFactory().nullNode() : parse(lines);
      if (record.isObject()) {
        seen.add(record);
        good++;
      } else {
        bad++;
      }
    }
    return new Samples(seen, good, bad);
  }

  private static JsonNode parse(NdjsonReader lines) throws IOException {
    try {
      return JSON.readTree(lines.buffer(), lines.start(), lines.length());
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().nullNode();
    }
  }
}
