package io.sluice.local;

import io.sluice.local.SluiceProcess.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The lake of {@link EventsFeed} after one undisturbed run, made once for all classes that ask for
 * it. It stays as it is: who changes a lake takes a copy.
 *
 * @param run what that run printed with {@code --json}
 */
record FinishedLake(EventsFeed feed, Path lake, Outcome run) implements AutoCloseable {
  private static FinishedLake make() {
    try {
      Path folder = Files.createTempDirectory("sluice-lake");
      EventsFeed feed = EventsFeed.write(folder);
      Path lake = folder.resolve("lake");
      return new FinishedLake(feed, lake, run(feed, lake));
    } catch (IOException e) {
      throw new AssertionError("Cannot make a lake", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Runs the pipeline of {@code feed} on all its files. */
  static Outcome run(EventsFeed feed, Path lake) throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("run", feed.pipeline()));
    arguments.addAll(feed.inputs());
    arguments.addAll(List.of("--lake", lake, "--json"));
    return SluiceProcess.run(arguments.toArray());
  }

  /** Copies the lake into {@code folder}, which it makes. */
  Path copyTo(Path folder) throws IOException {
    copy(lake, folder);
    return folder;
  }

  /** Removes it, and the files it was made of, after the last test. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(lake.getParent())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Hands the lake to test classes. */
  static final class Provider implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == FinishedLake.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(FinishedLake.class))
          .computeIfAbsent(FinishedLake.class, key -> make(), FinishedLake.class);
    }
  }
}
