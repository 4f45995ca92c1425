package io.sluice.local.cloud.lambda;

import io.sluice.local.cloud.template.FunctionDeclaration;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of a function that is made of classes: a JVM with AWS's runtime client. */
final class JavaCommand {
  /** Leaves of a function's memory what a JVM needs beside its heap. */
  private static final double HEAP_SHARE = 0.75;

  /** The variable that a JVM takes further options from. */
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  private JavaCommand() {}

  /**
   * The command for {@code code}. The archive of loaded classes makes every start but the first one
   * fast; C1 alone is what Lambda's own Java runtimes use for a function that brings no options.
   */
  static List<String> of(
      FunctionPackage code, List<Path> layers, FunctionDeclaration function, Path temporary) {
    String classpath =
        Stream.of(code.classpath(), layers.stream(), RuntimeClient.jars())
            .flatMap(each -> each)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Stream<String> compiler =
        function.environment().has(OPTIONS) ? Stream.of() : Stream.of("-XX:TieredStopAtLevel=1");
    Stream<String> others =
        Stream.of(
            "-Xmx" + Math.round(function.memoryMegabytes() * HEAP_SHARE) + "m",
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + code.archive(),
            "-XX:+AutoCreateSharedArchive",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Djava.io.tmpdir=" + temporary,
            "-D" + RuntimeClient.LIBRARY_PROPERTY + "=" + RuntimeClient.unpackLibrary(temporary),
            "-cp",
            classpath,
            RuntimeClient.MAIN_CLASS,
            function.handler());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.of(Stream.of(java), compiler, others).flatMap(each -> each).toList();
  }
}
