package io.sluice.land.large;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.verdict.Landed;
import io.sluice.land.Landing;
import io.sluice.land.LandingLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight times as much of what is hostile takes about eight times as long. */
class HostileGrowthTest {
  private static final int BYTES = 40_000;
  private static final int TIMES = 8;

  /** What grows with the square takes 64 times as long. */
  private static final double MOST_GROWTH = 30;

  /** Below this a run says nothing: it is the machine's noise. */
  private static final long NOISE_NANOS = 40_000_000;

  private static final int ATTEMPTS = 4;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String CONTRACT =
      """
      {"type":"record","name":"R","fields":[{"name":"id","type":"string"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
       {"name":"d","type":["null","double"],"default":null},
       {"name":"n","type":["null",
        {"type":"bytes","logicalType":"decimal","precision":38,"scale":3}],"default":null},
       {"name":"m","type":["null",
        {"type":"map","values":{"type":"array","items":"long"}}],"default":null}]}
      """;

  /** Objects of about so many bytes; what makes them has no state. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Hostile {
    DEEP("ndjson", n -> "{\"m\":" + "[".repeat(n)),
    DEEP_OBJECTS("ndjson", n -> "{\"m\":".repeat(n / 5)),
    UNKNOWN_FIELDS("ndjson", n -> fields(n, i -> "\"k" + i + "\":1")),
    SAME_FIELD("ndjson", n -> fields(n, i -> "\"id\":1")),
    COLLIDING_KEYS("ndjson", n -> "{\"m\":" + fields(n, i -> colliding(i) + ":[]") + "}"),
    LONG_KEY_MANY_ERRORS(
        "ndjson", n -> "{\"m\":{\"" + "k".repeat(n / 2) + "\":[" + "\"x\",".repeat(n / 8) + "1]}}"),
    LONG_NUMBER("ndjson", n -> "{\"d\":" + "1".repeat(n) + "}"),
    LONG_FRACTION("ndjson", n -> "{\"n\":0." + "7".repeat(n) + "}"),
    LONG_DECIMAL("ndjson", n -> "{\"n\":\"" + "1".repeat(n) + "e-" + n + "\"}"),
    ESCAPES("ndjson", n -> "{\"id\":\"" + "\\u0000".repeat(n / 6) + "\"}"),
    BROKEN_UTF_8("ndjson", n -> "{\"id\":\"" + "\ud800".repeat(n) + "\"}"),
    BLANK_LINES("ndjson", n -> " \n".repeat(n / 2)),
    TINY_LINES("ndjson", n -> "1\n".repeat(n / 2)),
    NULLS("ndjson", n -> "{\"m\":{\"a\":[" + "null,".repeat(n / 5) + "1]}}"),
    BRACKETS("json", n -> "[".repeat(n)),
    CLOSING("json", n -> "]".repeat(n)),
    COMMAS("json", n -> "[" + ",".repeat(n)),
    UNCLOSED_STRINGS("json", n -> "[" + "\"\n".repeat(n / 2)),
    UNCLOSED_VALUES("json", n -> "{\"\n".repeat(n / 3)),
    QUOTES("csv", n -> "id,at\n" + "\"".repeat(n)),
    OPEN_QUOTES("csv", n -> "id,at\n" + "\"a\n".repeat(n / 3)),
    QUOTES_OF_PAIRS("csv", n -> "id,at\n" + "x,\"\"\"\n".repeat(n / 6)),
    CELLS("csv", n -> "id,at\n" + ",".repeat(n)),
    COLUMNS("csv", n -> "id,at" + repeated(n / 8, i -> ",c" + i)),
    SAME_COLUMN("csv", n -> "id,at" + ",c".repeat(n / 2)),
    DEBEZIUM("debezium", n -> "{\"payload\":".repeat(n / 11)),
    GZIP_MEMBERS("ndjson", n -> many(n, gzip())),
    ZSTD_FRAMES("ndjson", n -> many(n, Zstd.compress(new byte[] {'\n'}))),
    BZIP2_STREAMS("ndjson", n -> many(n, bzip2())),
    SNAPPY_CHUNKS("ndjson", n -> many(n, new byte[] {-1, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'})),
    AVRO_HEADER("avro", n -> concat("Obj\1\200\200\200\10", many(n, new byte[] {2, 'a', 0}))),
    AVRO_EMPTY_BLOCKS("avro", n -> concat("Obj\1", many(n, new byte[] {1, 0})));

    private final String format;
    private final IntFunction<Object> maker;

    Hostile(String format, IntFunction<Object> maker) {
      this.format = format;
      this.maker = maker;
    }

    byte[] bytes(int length) {
      Object made = maker.apply(length);
      return made instanceof byte[] bytes ? bytes : made.toString().getBytes(UTF_8);
    }
  }

  private static String fields(int bytes, IntFunction<String> field) {
    return "{" + repeated(bytes / 8, i -> (i == 0 ? "" : ",") + field.apply(i)) + "}";
  }

  private static String repeated(int count, IntFunction<String> each) {
    StringBuilder all = new StringBuilder();
    IntStream.range(0, count).forEach(i -> all.append(each.apply(i)));
    return all.toString();
  }

  /** Different strings of 16 characters that have the same hash. */
  private static String colliding(int number) {
    return '"' + repeated(16, bit -> (number >> bit & 1) == 0 ? "Aa" : "BB") + '"';
  }

  private static byte[] many(int bytes, byte[] part) {
    byte[] all = new byte[bytes / part.length * part.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = part[i % part.length];
    }
    return all;
  }

  private static byte[] concat(String head, byte[] tail) {
    byte[] first = head.getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(first, first.length + tail.length);
    System.arraycopy(tail, 0, all, first.length, tail.length);
    return all;
  }

  private static byte[] gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void takesNoLongerThanItsSizeDeserves(Hostile hostile) {
    // Given
    byte[] small = hostile.bytes(BYTES);
    byte[] large = hostile.bytes(BYTES * TIMES);

    // When
    double growth = Double.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && growth > MOST_GROWTH; i++) {
      long most = cpuNanos(hostile.format, large);
      long least = Math.min(cpuNanos(hostile.format, small), cpuNanos(hostile.format, small));
      growth = most < NOISE_NANOS ? 0 : (double) most / least;
    }

    // Then
    assertThat(growth).isLessThanOrEqualTo(MOST_GROWTH);
  }

  private static long cpuNanos(String format, byte[] object) {
    LandingLake lake = new LandingLake("format: " + format);
    lake.declareContract(CONTRACT);
    SourceObject source = lake.input("landing/orders/object", object);
    Landing landing = lake.landing(lake.store(), new InMemoryQueue<BatchLanded>());
    long start = THREADS.getCurrentThreadCpuTime();
    assertThat(landing.land(source)).isInstanceOf(Landed.Now.class);
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
