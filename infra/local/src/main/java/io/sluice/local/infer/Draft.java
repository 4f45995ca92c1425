package io.sluice.local.infer;

import io.sluice.contracts.pipeline.Declarations;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.PipelineName;
import io.sluice.local.infer.DraftContract.Candidate;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A declaration to start from. The same samples make the same draft.
 *
 * @param files {@code pipeline.yaml} and {@code contract.avsc}
 * @param records how many samples it is drawn from
 * @param unusable lines that are no JSON object
 */
public record Draft(Map<String, String> files, long records, long unusable) {
  private static final String CONTRACT = "contract.avsc";
  private static final Set<String> KEYS = Set.of("string", "uuid", "int", "long");
  private static final Set<String> TIMES = Set.of("timestamp-millis", "timestamp-micros", "date");

  /** People read no longer lists; and a key of more fields is no key. */
  private static final int MOST_SUGGESTED = 4;

  /**
   * Drafts pipeline {@code name} from the samples in {@code files}.
   *
   * @throws ConfigurationFailure when they do not say enough: no objects, nothing to tell records
   *     apart by, no time
   */
  public static Draft of(PipelineName name, List<Path> files) {
    Samples samples = Samples.read(files);
    DraftContract contract = new DraftContract(samples, name.value());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(Declarations.FILE, declaration(name, samples, contract));
    texts.put(CONTRACT, contract.text());
    return new Draft(texts, samples.records(), samples.unusable());
  }

  private static String declaration(PipelineName name, Samples samples, DraftContract contract) {
    List<Candidate> keys = keys(contract.candidates());
    List<Candidate> times = times(contract.candidates());
    boolean unique = keys.getFirst().seen().isUnique();
    List<Candidate> key = unique ? keys.subList(0, 1) : keys;
    StringBuilder text = new StringBuilder();
    text.append("# Drafted from ")
        .append(samples.records())
        .append(" samples: read it, mend it.\n");
    contract.leftOut().forEach(field -> text.append("# Left out: ").append(field).append('\n'));
    text.append("pipeline:\n  name: ").append(name).append('\n');
    text.append("  version: \"0.1.0\"\n");
    text.append("ingestion:\n  source: s3\n  format: ndjson\n");
    text.append("  contract: ").append(CONTRACT).append('\n');
    text.append("  reject_budget: { rate: 0.05 }\n");
    text.append("transformation:\n");
    text.append(
        unique
            ? "  # In every sample, and never twice" + others(keys, 1) + ".\n"
            : "  # No single field tells all samples apart: is this what makes a record the"
                + " same?\n");
    text.append("  idempotency_key: ").append(paths(key)).append('\n');
    text.append("  # A time in every sample").append(others(times, 1)).append(".\n");
    text.append("  event_time: ").append(times.getFirst().path()).append('\n');
    text.append("  merge: append\n  on_conflict: keep_first\n");
    text.append(partitions(contract));
    text.append("  partitions: [partition_date]\n");
    text.append("quality:\n  gates:\n");
    text.append("    - { metric: row_count_delta, threshold: 1.0, action: halt_and_alert }\n");
    text.append("storage:\n  format: iceberg\n");
    return text.toString();
  }

  /** Those that never repeat, best first; where there are none, all that might tell apart. */
  private static List<Candidate> keys(List<Candidate> candidates) {
    List<Candidate> usable =
        candidates.stream().filter(each -> KEYS.contains(each.type())).toList();
    List<Candidate> unique =
        usable.stream()
            .filter(each -> each.seen().isUnique())
            .sorted(Comparator.comparingInt(Draft::distanceFromKey))
            .toList();
    List<Candidate> chosen = unique.isEmpty() ? usable : unique;
    if (chosen.isEmpty()) {
      throw new ConfigurationFailure(
          "Cannot infer a key: no field of text or whole numbers is in every sample");
    }
    return chosen.subList(0, Math.min(MOST_SUGGESTED, chosen.size()));
  }

  private static int distanceFromKey(Candidate candidate) {
    String name = lastName(candidate);
    int depth = candidate.path().split("\\.", -1).length;
    boolean isNamedSo = name.matches("(.*_)?(id|uuid|guid|key)") || candidate.path().endsWith("Id");
    return depth + (isNamedSo ? 0 : 100) + (candidate.type().equals("int") ? 10 : 0);
  }

  private static List<Candidate> times(List<Candidate> candidates) {
    List<Candidate> times =
        candidates.stream()
            .filter(each -> TIMES.contains(each.type()))
            .sorted(Comparator.comparingInt(Draft::distanceFromTime))
            .toList();
    if (times.isEmpty()) {
      throw new ConfigurationFailure(
          "Cannot infer an event time: no field holds a date or time in every sample");
    }
    return times.subList(0, Math.min(MOST_SUGGESTED, times.size()));
  }

  private static int distanceFromTime(Candidate candidate) {
    String name = lastName(candidate);
    int depth = candidate.path().split("\\.", -1).length;
    boolean isOfRecord = name.matches(".*(updated|modified|ingested|loaded|expir).*");
    boolean isNamedSo = name.matches("time|timestamp|ts|.*(_at|_ts|_time|event.*)");
    return depth + (isOfRecord ? 200 : 0) + (isNamedSo ? 0 : 100) + dateLast(candidate);
  }

  private static int dateLast(Candidate candidate) {
    return candidate.type().equals("date") ? 10 : 0;
  }

  private static String lastName(Candidate candidate) {
    String path = candidate.path();
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String partitions(DraftContract contract) {
    List<String> few =
        contract.candidates().stream()
            .filter(each -> each.type().equals("string"))
            .filter(each -> each.seen().distinct() > 1)
            .limit(MOST_SUGGESTED)
            .map(each -> each.path() + " (" + each.seen().distinct() + " values)")
            .toList();
    return few.isEmpty() ? "" : "  # Fields of few values: " + String.join(", ", few) + ".\n";
  }

  private static String others(List<Candidate> candidates, int from) {
    return candidates.size() <= from
        ? ""
        : "; also "
            + String.join(
                ", ",
                candidates.subList(from, candidates.size()).stream().map(Candidate::path).toList());
  }

  private static String paths(List<Candidate> candidates) {
    return "[" + String.join(", ", candidates.stream().map(Candidate::path).toList()) + "]";
  }
}
