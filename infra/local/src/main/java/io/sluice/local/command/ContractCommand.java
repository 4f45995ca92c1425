package io.sluice.local.command;

import picocli.CommandLine.Command;

/** What can be asked about contracts before anything lands under them. */
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description = "Compares, drafts, rehearses and exchanges contracts; changes no lake.",
    subcommands = {
      ContractCheckCommand.class,
      ContractInferCommand.class,
      ContractRehearseCommand.class,
      ContractExportCommand.class,
      ContractImportCommand.class
    })
public final class ContractCommand {}
