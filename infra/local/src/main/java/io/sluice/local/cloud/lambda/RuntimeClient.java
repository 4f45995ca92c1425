package io.sluice.local.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** AWS's runtime interface client, as it comes on this process's own class path. */
final class RuntimeClient {
  static final String MAIN_CLASS = AWSLambda.class.getName();

  /** What tells the client that its native library is unpacked already, and where. */
  static final String LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private RuntimeClient() {}

  /** The jars that it is made of. */
  static Stream<Path> jars() {
    return Stream.of(
            AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
        .map(RuntimeClient::jar);
  }

  /**
   * Unpacks its native library into {@code folder}. Left to itself, the client unpacks to one fixed
   * path in {@code /tmp}, where processes that start at the same time tear it from each other.
   */
  static Path unpackLibrary(Path folder) {
    String name = "libaws-lambda-jni." + platform() + ".so";
    Path target = folder.resolve(name);
    try (InputStream library = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
      if (library == null) {
        throw new ConfigurationFailure(
            "Cannot run functions: AWS's runtime client has no library for " + platform());
      }
      Files.copy(library, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new TransientFailure("Cannot unpack " + target + ": " + e.getMessage(), e);
    }
  }

  private static String platform() {
    String processor =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "aarch_64";
          case String other -> other;
        };
    if (!System.getProperty("os.name").equals("Linux")) {
      return System.getProperty("os.name") + "-" + processor;
    }
    String loader = "/lib/ld-musl-" + processor.replace("aarch_64", "aarch64") + ".so.1";
    return (Files.exists(Path.of(loader)) ? "linux_musl-" : "linux-") + processor;
  }

  private static Path jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Every jar has a path", e);
    }
  }
}
