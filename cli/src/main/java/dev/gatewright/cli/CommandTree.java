package dev.gatewright.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The command with all of its subcommands. */
final class CommandTree {
    private CommandTree() {}

    static CommandLine of(Session session) {
        CommandLine root = new CommandLine(new Gatewright(session))
                .addSubcommand(new TrainCommand(session))
                .addSubcommand(new TuneCommand(session))
                .addSubcommand(new PresetsCommand(session))
                .addSubcommand(new EvaluateCommand(session))
                .addSubcommand(new PredictCommand(session))
                .addSubcommand(new InspectCommand(session))
                .addSubcommand(new OptimiseCommand(session))
                .addSubcommand(new PruneCommand(session))
                .addSubcommand(new EnsembleCommand(session))
                .addSubcommand(new ExportCommand(session))
                .addSubcommand(new VerifyCommand(session))
                .addSubcommand(new HardwareCommand(session))
                .addSubcommand(new ImportCommand(session))
                .addSubcommand(new BenchCommand(session))
                .addSubcommand(new CommandLine(new DataCommand(session))
                        .addSubcommand(new DataListCommand(session))
                        .addSubcommand(new DataGetCommand(session))
                        .addSubcommand(new DataExportCommand(session)))
                .addSubcommand("completion", new AutoComplete.GenerateCompletion());
        Failures failures = new Failures();
        return root.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
