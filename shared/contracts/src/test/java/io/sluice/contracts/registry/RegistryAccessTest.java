package io.sluice.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.testkit.registry.ConfluentServer;
import io.sluice.testkit.registry.OwnAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class RegistryAccessTest {
  private static final Subject ORDERS = Subject.parse("registry:orders");

  private OwnAuthority authority;
  private ConfluentServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    authority = OwnAuthority.in(folder);
    server = ConfluentServer.guarded(authority.server(), "reader", "s3cret");
    server.register("orders", "\"string\"");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private RegistryAccess access(String password, String authorities) {
    return new RegistryAccess(server.address().toString(), "reader", password, authorities);
  }

  private RestRegistry registry(RegistryAccess access) {
    return new RestRegistry(server.address(), access);
  }

  @Test
  void readsOverTlsAsItsUser() {
    assertThat(registry(access("s3cret", authority.pem())).find(ORDERS)).contains("\"string\"");
  }

  @Test
  void saysThatTheRegistryRefusesAWrongPasswordAndDoesNotShowIt() {
    assertRefused(
        () -> registry(access("wr0ng", authority.pem())).find(ORDERS),
        "the registry refuses the user and password of the settings, status 401");
  }

  @Test
  void saysThatNobodyVouchesForTheCertificate() {
    assertRefused(
        () -> registry(access("s3cret", "")).find(ORDERS),
        "nobody who is trusted vouches for its certificate");
  }

  @Test
  void retriesWhenTheRegistryOverTlsIsDown() {
    // Given
    ConfluentServer other = ConfluentServer.guarded(authority.server(), "reader", "s3cret");
    other.close();

    // Then
    assertThatThrownBy(() -> new RestRegistry(other.address(), access("s3cret", "")).find(ORDERS))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void tellsNobodyElseItsPassword() {
    // Given
    try (ConfluentServer other = ConfluentServer.guarded("reader", "s3cret")) {
      // Then
      assertRefused(
          () -> new RestRegistry(other.address(), access("s3cret", authority.pem())).find(ORDERS),
          "the registry refuses to be asked without a user, and the settings have none for it");
    }
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    String address = server.address().toString();
    assertRefused(
        () -> registry(new RegistryAccess(address, "", "s3cret", "")), "Invalid registry settings");
    assertRefused(
        () -> registry(new RegistryAccess(address, "rea:der", "s3cret", "")),
        "Invalid registry settings");
    assertRefused(
        () -> registry(access("s3cret", "no certificate")), "authorities are no certificates");
    assertRefused(
        () -> registry(new RegistryAccess("http://[", "reader", "s3cret", "")),
        "Invalid registry settings: their address is none");
    assertThat(access("s3cret", "").toString()).doesNotContain("s3cret").doesNotContain("reader");
    assertThat(URI.create(address).getScheme()).isEqualTo("https");
  }

  private static void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(reason)
        .satisfies(
            failure -> {
              StringWriter logged = new StringWriter();
              failure.printStackTrace(new PrintWriter(logged));
              assertThat(logged.toString())
                  .doesNotContain("s3cret", "wr0ng", "reader", "cmVhZGVy", "rea:der");
            });
  }
}
