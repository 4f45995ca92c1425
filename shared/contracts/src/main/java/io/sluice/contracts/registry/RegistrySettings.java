package io.sluice.contracts.registry;

import java.util.Optional;

/** The part of a function's settings that says where a registry is, and as whom to read it. */
public interface RegistrySettings {
  /** The address of the registry that all of this is for. */
  Optional<String> address();

  /** The name for basic authentication. */
  Optional<String> user();

  /** The password for basic authentication. */
  Optional<String> password();

  /** The certificates that vouch for the registry, in PEM; without them those of the JDK do. */
  Optional<String> authorities();
}
