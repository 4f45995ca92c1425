package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.id.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how rows of cells are written. */
final class CsvReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "delimiter", Shape.TEXT,
              "quote", Shape.TEXT,
              "escape", Shape.TEXT,
              "header", Shape.FLAG,
              "columns", Shape.TEXTS,
              "null", Shape.TEXT,
              "mapping", new Shape.Names(Shape.TEXT)));

  private final Declaration declared;
  private final Problems problems;

  CsvReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  CsvDialect read() {
    boolean header = declared.word("header").map(Word::isTrue).orElse(true);
    List<String> columns = declared.words("columns").stream().map(Word::text).toList();
    if (header != columns.isEmpty()) {
      problems.invalid(
          declared.line(),
          declared.pathOf("columns") + " are wanted where header is false, and only there");
    }
    String quote = character("quote", "\"", true);
    String escape = character("escape", quote, quote.isEmpty());
    String delimiter = character("delimiter", "", false);
    if (!delimiter.isEmpty() && (delimiter.equals(quote) || delimiter.equals(escape))) {
      problems.invalid(
          declared.line(), declared.pathOf("delimiter") + " is the quote or the escape too");
    }
    String nullText = declared.word("null").map(Word::text).orElse("");
    return new CsvDialect(delimiter, quote, escape, header, columns, nullText, mapping());
  }

  /** Notes which columns are mapped to what is no field of {@code contract}. */
  void check(Contract contract) {
    Declaration columns = declared.section("mapping");
    for (String column : columns.keys()) {
      columns
          .word(column)
          .ifPresent(word -> ContractFields.find(contract, word.text(), word, problems));
    }
  }

  private String character(String key, String otherwise, boolean mayBeEmpty) {
    Optional<Word> word = declared.word(key);
    word.filter(declaredWord -> !isCharacter(declaredWord.text(), mayBeEmpty))
        .ifPresent(
            wrong -> problems.invalid(wrong, "one ASCII character that ends no line is wanted"));
    return word.map(Word::text).orElse(otherwise);
  }

  private static boolean isCharacter(String text, boolean mayBeEmpty) {
    return text.isEmpty()
        ? mayBeEmpty
        : text.length() == 1
            && text.charAt(0) < 0x80
            && text.charAt(0) != '\n'
            && text.charAt(0) != '\r';
  }

  private Map<String, FieldPath> mapping() {
    Map<String, FieldPath> mapping = new HashMap<>();
    Declaration columns = declared.section("mapping");
    for (String column : columns.keys()) {
      Word word = columns.required(column, problems).orElseThrow();
      try {
        mapping.put(column, FieldPath.parse(word.text()));
      } catch (IllegalArgumentException e) {
        problems.invalid(word, "a field of the contract is wanted");
      }
    }
    return mapping;
  }
}
