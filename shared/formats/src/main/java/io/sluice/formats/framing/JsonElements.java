package io.sluice.formats.framing;

import io.sluice.formats.compress.UnreadableObject;
import java.io.IOException;
import java.io.InputStream;

/**
 * The elements of JSON arrays at the top of a stream, or values one after the other. Brackets are
 * matched without regard to their kind, and a line end ends a string, which it may not be in: so a
 * broken element is lost alone wherever its end can be told. Commas between elements are not
 * required. Outside of an array, a value that never ends is one line, and so is from then on every
 * other.
 */
public final class JsonElements extends TextRecords {
  private boolean inArray;
  private boolean byLines;

  /** Reads {@code in}, which stays the caller's to close. */
  public JsonElements(InputStream in, int maxRecordBytes) {
    super(in, maxRecordBytes);
  }

  /** Takes every line for a value from the start on. */
  public static JsonElements lines(InputStream in, int maxRecordBytes) {
    JsonElements elements = new JsonElements(in, maxRecordBytes);
    elements.byLines = true;
    return elements;
  }

  @Override
  boolean find() throws IOException {
    while (true) {
      skipBetween();
      int first = window().at(0);
      if (first < 0 && inArray) {
        throw UnreadableObject.at(window().position(), "its JSON array is not closed");
      } else if (first < 0) {
        return false;
      } else if (byLines) {
        takeLine(Fault.NONE);
        return true;
      } else if (first == ']' && inArray) {
        inArray = false;
        window().move(1);
      } else if (first == '[' && !inArray) {
        inArray = true;
        window().move(1);
      } else {
        element();
        return true;
      }
    }
  }

  private void skipBetween() throws IOException {
    int next = window().at(0);
    while (next == ' '
        || next == '\t'
        || next == '\n'
        || next == '\r'
        || (inArray && next == ',')) {
      window().move(1);
      next = window().at(0);
    }
  }

  private void element() throws IOException {
    int depth = 0;
    boolean quoted = false;
    boolean oversized = false;
    int i = 0;
    for (; ; i++) {
      if (i > maxRecordBytes() && !oversized) {
        if (!inArray) {
          byLines = true;
          takeLine(Fault.UNCLOSED);
          return;
        }
        takeOversized();
        oversized = true;
      }
      if (oversized && i >= OVERSIZED_KEPT_BYTES) {
        window().move(i);
        i = 0;
      }
      int next = window().at(i);
      if (next < 0) {
        break;
      }
      if (quoted) {
        if (next == '\\') {
          i += window().at(i + 1) < 0 ? 0 : 1;
        } else if (next == '"' || next == '\n') {
          quoted = false;
        }
      } else if (next == '"') {
        quoted = true;
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
        if (depth < 0) {
          break;
        }
        if (depth == 0) {
          i++;
          break;
        }
      } else if (depth == 0 && (next == ',' || next == ' ' || next == '\n' || next == '\r')) {
        break;
      }
    }
    finish(i, depth > 0 || quoted, oversized);
  }

  private void finish(int end, boolean unclosed, boolean oversized) throws IOException {
    if (oversized) {
      window().move(end);
    } else if (unclosed && !inArray) {
      byLines = true;
      takeLine(Fault.UNCLOSED);
    } else {
      int length = Math.max(end, 1);
      take(length, length, Fault.NONE);
    }
  }
}
