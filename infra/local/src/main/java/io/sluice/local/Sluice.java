package io.sluice.local;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.local.command.BatchesCommand;
import io.sluice.local.command.ContractCommand;
import io.sluice.local.command.DemoCommand;
import io.sluice.local.command.GateCommand;
import io.sluice.local.command.HistoryCommand;
import io.sluice.local.command.QuarantineCommand;
import io.sluice.local.command.RowsCommand;
import io.sluice.local.command.RunCommand;
import io.sluice.local.command.UpCommand;
import io.sluice.local.command.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Sluice. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    version = "sluice 0.1.0",
    description = "A serverless, contract-first data pipeline over object storage.",
    footer = {
      "",
      "Exit status: 0 done, 1 the pipeline said no, 2 wrong usage or configuration,",
      "3 infrastructure.",
      "./sluice test runs every test, ./sluice simulate disturbed worlds in memory;",
      "--stacktrace shows where an error came from."
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      RowsCommand.class,
      HistoryCommand.class,
      BatchesCommand.class,
      QuarantineCommand.class,
      GateCommand.class,
      VerifyCommand.class,
      ContractCommand.class,
      UpCommand.class
    })
public final class Sluice {
  /** Done. */
  public static final int DONE = 0;

  /** The pipeline said no: something is held, quarantined, halted, or not as it must be. */
  public static final int REFUSED = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** The machine, the disk or the network. */
  public static final int INFRASTRUCTURE = 3;

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command; returns its exit status. */
  public static int run(String... arguments) {
    List<String> all = Arrays.asList(arguments);
    boolean traced = all.contains("--stacktrace");
    CommandLine line = new CommandLine(new Sluice());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(failure, command.getErr(), traced));
    return line.execute(
        all.stream().filter(argument -> !argument.equals("--stacktrace")).toArray(String[]::new));
  }

  /** One sentence, no stack trace unless it is asked for or nobody foresaw this. */
  private static int explain(Exception failure, PrintWriter err, boolean traced) {
    if (traced) {
      failure.printStackTrace(err);
    }
    return switch (failure) {
      case Failure known -> {
        err.println("sluice: " + known.getMessage());
        yield switch (known) {
          case ConfigurationFailure ignored -> USAGE;
          case InvalidMessage ignored -> REFUSED;
          case TransientFailure ignored -> INFRASTRUCTURE;
          case UnknownOutcome ignored -> INFRASTRUCTURE;
        };
      }
      case IOException io -> {
        err.println("sluice: " + io.getMessage());
        yield INFRASTRUCTURE;
      }
      default -> {
        err.println("sluice: a bug: " + failure + " (--stacktrace shows where)");
        yield INFRASTRUCTURE;
      }
    };
  }
}
