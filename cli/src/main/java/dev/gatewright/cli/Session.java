package dev.gatewright.cli;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * What a command runs in.
 *
 * @param out results
 * @param err messages and progress
 * @param terminal whether somebody watches {@code err}
 * @param interrupted whether somebody has asked for the end
 */
record Session(PrintStream out, PrintStream err, boolean terminal, BooleanSupplier interrupted) {}
