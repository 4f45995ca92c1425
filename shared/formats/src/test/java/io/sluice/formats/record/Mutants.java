package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.formats.Demo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Real objects of every format, changed at random: each must be read to its end or be unreadable,
 * and nothing else may be thrown. The main method does it for as many seconds as it is told, per
 * format: {@code java -cp <test class path> -Dsluice.root=. io.sluice.formats.record.Mutants 300
 * 1}.
 */
public final class Mutants {
  private static final int RECORDS = 12;
  private static final Schema SCHEMA = Demo.contract().schema();

  /** Longer than any object of this size deserves on a busy machine. */
  private static final Duration SLOW = Duration.ofSeconds(20);

  private Mutants() {}

  /** An object and the pipeline that reads it. */
  record Sample(Pipeline pipeline, List<Byte> object) {
    byte[] bytes() {
      byte[] bytes = new byte[object.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = object.get(i);
      }
      return bytes;
    }
  }

  /** The object of a format. */
  static Sample sample(String format) {
    Sample sample = samples().get(format);
    if (sample == null) {
      throw new IllegalArgumentException("Invalid format: " + format);
    }
    return sample;
  }

  /** One object of each format, with {@value #RECORDS} records. */
  static Map<String, Sample> samples() {
    List<String> lines = SampleObjects.lines(Demo.files().getFirst()).subList(0, RECORDS);
    String ndjson = String.join("\n", lines) + "\n";
    List<GenericRecord> records = Outcome.of(pipeline("ndjson"), "d", ndjson).accepted();
    List<String> columns = SampleObjects.columns(SCHEMA, "");
    Map<String, Sample> samples = new LinkedHashMap<>();
    add(samples, "ndjson", ndjson.getBytes(UTF_8));
    add(samples, "json", SampleObjects.jsonArray(lines).getBytes(UTF_8));
    add(samples, "csv", SampleObjects.csv(lines, columns, ",").getBytes(UTF_8));
    add(samples, "debezium", SampleObjects.envelopes(lines).getBytes(UTF_8));
    add(samples, "avro", SampleObjects.avro(records, SCHEMA, "null"));
    add(samples, "parquet", SampleObjects.parquet(records, SCHEMA));
    return samples;
  }

  private static void add(Map<String, Sample> samples, String format, byte[] object) {
    Byte[] boxed = new Byte[object.length];
    Arrays.setAll(boxed, i -> object[i]);
    samples.put(format, new Sample(pipeline(format), List.of(boxed)));
  }

  private static Pipeline pipeline(String format) {
    return PipelineReader.read(
        """
        pipeline: {name: p}
        ingestion: {contract: c.avsc, format: %s}
        transformation: {idempotency_key: [id], event_time: properties.time}
        """
            .formatted(format),
        "pipeline.yaml",
        name -> Optional.of(SCHEMA.toString()));
  }

  /** Reads one mutant; throws an error that says how to make it again when that goes wrong. */
  static void readOne(String format, Pipeline pipeline, byte[] object, long seed) {
    byte[] mutant = mutant(object, new Random(seed));
    Instant start = Instant.now();
    try {
      Outcome outcome = Outcome.of(pipeline, "day", mutant);
      if (outcome.read() == 0 && outcome.unreadable().isEmpty() && mutant.length > 4) {
        throw new AssertionError("no verdict");
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError(format + ", seed " + seed, e);
    }
    if (Duration.between(start, Instant.now()).compareTo(SLOW) > 0) {
      throw new AssertionError(format + ", seed " + seed + ": too slow");
    }
  }

  private static byte[] mutant(byte[] object, Random random) {
    byte[] mutant = object.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutant.length);
      int upTo = Math.min(mutant.length, at + 1 + random.nextInt(24));
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(mutant, at, upTo, (byte) (random.nextBoolean() ? 0xff : 0x80));
        case 3 -> mutant = spliced(mutant, at, upTo, new byte[0]);
        case 4 -> mutant = spliced(mutant, at, at, Arrays.copyOfRange(mutant, at, upTo));
        default -> mutant = random.nextInt(8) == 0 ? Arrays.copyOf(mutant, at + 1) : mutant;
      }
    }
    return mutant;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = Arrays.copyOf(bytes, Math.max(1, from + with.length + bytes.length - to));
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }

  /** Seconds per format, and the first seed. */
  public static void main(String[] arguments) {
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
    samples()
        .forEach(
            (format, sample) -> {
              byte[] object = sample.bytes();
              Instant end = Instant.now().plus(time);
              long seed = Long.parseLong(arguments[1]);
              long read = 0;
              long wrong = 0;
              for (; Instant.now().isBefore(end); seed++) {
                try {
                  readOne(format, sample.pipeline(), object, seed);
                } catch (AssertionError e) {
                  wrong++;
                  if (wrong <= 5) {
                    e.printStackTrace(System.out);
                  }
                }
                read++;
              }
              System.out.printf("%s: %d mutants, %d wrong%n", format, read, wrong);
            });
  }
}
