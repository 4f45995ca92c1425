package io.sluice.formats.framing;

import io.sluice.contracts.pipeline.CsvDialect;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The rows of a CSV stream, as RFC 4180 has them: cells by one delimiter, quoted where they hold
 * delimiters, quotes or line ends. A quote within a cell that does not start with one is text. An
 * empty line is no row. A row with a broken quote is its first line, so that the others are not
 * lost with it.
 */
public final class CsvRows extends TextRecords {
  private static final int NONE = -2;

  private final int delimiter;
  private final int quote;
  private final int escape;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];
  private int cells;

  /** Reads {@code in}, which stays the caller's to close, in a dialect that has a delimiter. */
  public CsvRows(InputStream in, CsvDialect dialect, int maxRecordBytes) {
    super(in, maxRecordBytes);
    this.delimiter = dialect.delimiter().charAt(0);
    this.quote = dialect.quote().isEmpty() ? NONE : dialect.quote().charAt(0);
    this.escape = dialect.escape().isEmpty() ? NONE : dialect.escape().charAt(0);
  }

  /** How many cells the row has; 0 when it has a fault. */
  public int cells() {
    return cells;
  }

  /** Whether a cell was in quotes. */
  public boolean isQuoted(int cell) {
    return quoted[cell];
  }

  /** The bytes of a cell, without its quotes and escapes. */
  public byte[] cell(int cell) {
    byte[] bytes = Arrays.copyOfRange(buffer(), start() + starts[cell], start() + ends[cell]);
    return quoted[cell] ? unescaped(bytes) : bytes;
  }

  private byte[] unescaped(byte[] bytes) {
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == escape && i + 1 < bytes.length) {
        i++;
      }
      bytes[length++] = bytes[i];
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Override
  boolean find() throws IOException {
    skipEmptyLines();
    if (window().at(0) < 0) {
      return false;
    }
    cells = 0;
    int next = 0;
    while (true) {
      int end = window().at(next) == quote ? quotedCell(next) : plainCell(next);
      if (end < 0) {
        cells = 0;
        takeLine(Fault.QUOTE);
        return true;
      }
      if (window().at(end) != delimiter) {
        finish(end);
        return true;
      }
      next = end + 1;
    }
  }

  private void skipEmptyLines() throws IOException {
    while (true) {
      if (window().at(0) == '\n') {
        window().move(1);
      } else if (window().at(0) == '\r' && window().at(1) == '\n') {
        window().move(2);
      } else {
        return;
      }
    }
  }

  /** Where the cell ends that starts at {@code from}; -1 when it is too long. */
  private int plainCell(int from) throws IOException {
    int i = from;
    int next = window().at(i);
    while (next >= 0 && next != delimiter && next != '\n') {
      if (i > maxRecordBytes()) {
        return -1;
      }
      i++;
      next = window().at(i);
    }
    boolean carriageReturn = next != delimiter && i > from && window().at(i - 1) == '\r';
    int end = carriageReturn ? i - 1 : i;
    add(from, end, false);
    return end;
  }

  /** Where the cell ends whose quote is at {@code from}; -1 when it does not end as it should. */
  private int quotedCell(int from) throws IOException {
    int i = from + 1;
    while (true) {
      int next = window().at(i);
      if (next < 0 || i > maxRecordBytes()) {
        return -1;
      }
      boolean escaped = next == escape && (escape != quote || window().at(i + 1) == quote);
      if (escaped) {
        i += 2;
      } else if (next == quote) {
        break;
      } else {
        i++;
      }
    }
    add(from + 1, i, true);
    int after = window().at(i + 1);
    boolean ends = after < 0 || after == delimiter || after == '\n';
    return ends || (after == '\r' && endsLine(window().at(i + 2))) ? i + 1 : -1;
  }

  /** What may stand behind a carriage return that ends a row: an object may be cut off between. */
  private static boolean endsLine(int next) {
    return next == '\n' || next < 0;
  }

  private void finish(int end) throws IOException {
    int behind = window().at(end) == '\r' ? end + 1 : end;
    take(end, window().at(behind) == '\n' ? behind + 1 : behind, Fault.NONE);
  }

  private void add(int from, int end, boolean inQuotes) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, cells * 2);
      ends = Arrays.copyOf(ends, cells * 2);
      quoted = Arrays.copyOf(quoted, cells * 2);
    }
    starts[cells] = from;
    ends[cells] = end;
    quoted[cells] = inQuotes;
    cells++;
  }
}
