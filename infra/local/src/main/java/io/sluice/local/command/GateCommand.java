package io.sluice.local.command;

import picocli.CommandLine.Command;

/** What gates hold back, and what is done about it. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = "Shows what gates hold back, and lets it go on.",
    subcommands = {
      GateStatusCommand.class,
      GateResumeCommand.class,
      GateReleaseCommand.class,
      GateDiscardCommand.class
    })
public final class GateCommand {}
