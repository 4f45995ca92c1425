package io.sluice.local.command;

import picocli.CommandLine.Command;

/** Rejected records, and putting them back. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "Rejected records: what they are, and what becomes of them.",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineReplayCommand.class,
      QuarantineDiscardCommand.class,
      QuarantineReleaseCommand.class
    })
public final class QuarantineCommand {}
