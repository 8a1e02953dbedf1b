package dev.gatewright.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Data sets by name: a group of commands. */
@CommandLine.Command(
        name = "data",
        description =
                "Lists and fetches the data sets that have a name, and writes training samples for other programs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  gatewright data list", "  gatewright data get mnist"})
final class DataCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    DataCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.err());
        return Failures.USER;
    }
}
