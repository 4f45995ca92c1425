package io.sluice.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The fields of one record that its contract does not know, noted until the record is accepted. */
final class JsonUnknown {
  /** 1,000 in one record: more are counted by the careful way. */
  static final int MAX_NOTED = 1000;

  private record Noted(String parent, int start, int end) {}

  private final JsonBytes in;
  private final int most;
  private final BiConsumer<String, String> counter;
  private final List<Noted> noted = new ArrayList<>();

  /**
   * Tells {@code counter} the parent's path and the field's name.
   *
   * @param most that one record may have without being left to the careful way
   */
  JsonUnknown(JsonBytes in, int most, BiConsumer<String, String> counter) {
    this.in = in;
    this.most = most;
    this.counter = counter;
  }

  void begin() {
    noted.clear();
  }

  void note(String parent, int start, int end) {
    if (noted.size() == most) {
      throw StepAside.NOW;
    }
    noted.add(new Noted(parent, start, end));
  }

  void count() {
    for (Noted field : noted) {
      String name =
          new String(
              in.bytes(), field.start(), field.end() - field.start(), StandardCharsets.UTF_8);
      counter.accept(field.parent(), name);
    }
  }
}
