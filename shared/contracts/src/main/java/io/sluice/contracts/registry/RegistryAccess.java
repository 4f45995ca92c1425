package io.sluice.contracts.registry;

import io.sluice.core.failure.ConfigurationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a function and one registry know each other: settings of the function, and nowhere else. A
 * declaration may name any address, and must not be able to send a password there; so what is here
 * is for the registry at {@code address} alone.
 *
 * @param address of the registry; its path does not matter; empty for none
 * @param user for basic authentication; empty where the registry wants none
 * @param authorities the certificates, in PEM, that alone vouch for the registry; empty for those
 *     that the JDK trusts
 */
public record RegistryAccess(String address, String user, String password, String authorities) {
  /** Every registry is asked without a user. */
  public static final RegistryAccess NONE = new RegistryAccess("", "", "", "");

  /** What {@code settings} say. */
  public static RegistryAccess of(RegistrySettings settings) {
    return new RegistryAccess(
        settings.address().orElse(""),
        settings.user().orElse(""),
        settings.password().orElse(""),
        settings.authorities().orElse(""));
  }

  /** The value of the header that says the user, where {@code registry} is the one to hear it. */
  Optional<String> authorization(URI registry) {
    if (!isFor(registry) || (user.isEmpty() && password.isEmpty())) {
      return Optional.empty();
    }
    if (user.isEmpty() || user.indexOf(':') >= 0) {
      throw new ConfigurationFailure(
          "Invalid registry settings: the user is empty or has a colon, which basic authentication"
              + " cannot say");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** What vouches for {@code registry}, where that is not left to the JDK. */
  Optional<SSLContext> trust(URI registry) {
    return isFor(registry) && !authorities.isEmpty() ? Optional.of(context()) : Optional.empty();
  }

  private boolean isFor(URI registry) {
    if (address.isEmpty()) {
      return false;
    }
    URI own;
    try {
      own = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure("Invalid registry settings: their address is none", e);
    }
    return Objects.equals(own.getScheme(), registry.getScheme())
        && Objects.equals(own.getHost(), registry.getHost())
        && own.getPort() == registry.getPort();
  }

  private SSLContext context() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII)))) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), each);
      }
      if (trusted.size() == 0) {
        throw new GeneralSecurityException("There is no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigurationFailure(
          "Invalid registry settings: the authorities are no certificates in PEM", e);
    }
  }

  /** Leaves out the user and the password. */
  @Override
  public String toString() {
    return "RegistryAccess[" + address + "]";
  }
}
