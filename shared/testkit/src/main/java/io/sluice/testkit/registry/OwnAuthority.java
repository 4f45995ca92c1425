package io.sluice.testkit.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1 that nobody vouches for but itself, made for one test.
 *
 * @param server what a server with it listens with
 * @param pem what its clients must trust
 */
public record OwnAuthority(SSLContext server, String pem) {
  private static final String PASSWORD = "of-this-test-only";

  /** Makes one in {@code folder}, with the JDK's {@code keytool}. */
  public static OwnAuthority in(Path folder) {
    try {
      Path file = folder.resolve("registry.p12");
      String arguments =
          "-genkeypair -alias registry -keyalg EC -dname CN=registry -ext san=ip:127.0.0.1"
              + " -storetype PKCS12 -validity 2 -storepass "
              + PASSWORD;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(arguments.split(" ", -1)));
      command.addAll(List.of("-keystore", file.toString()));
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("Cannot make a certificate: keytool ends with " + status);
      }
      return of(file);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a certificate", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot make a certificate", e);
    }
  }

  private static OwnAuthority of(Path file) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    String text =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate("registry").getEncoded());
    return new OwnAuthority(
        context, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }
}
