package dev.gatewright.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command itself: without a subcommand it shows what there is. */
@CommandLine.Command(
        name = "gatewright",
        description = "Learns circuits of logic gates from data, and runs them at the speed of the machine.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  gatewright train --data digits --out digits.gate",
            "  gatewright evaluate --model digits.gate --data digits",
            "",
            "Exit status: 0 done, 2 a mistake in what was asked for, 1 anything else."
        })
final class Gatewright implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    Gatewright(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.err());
        return Failures.USER;
    }
}
