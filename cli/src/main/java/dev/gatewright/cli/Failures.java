package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.train.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int DONE = 0;
    static final int OTHER = 1;
    static final int USER = 2;

    /** The words of a command line that could not be read. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + sentence(e) + suggestion(e) + "; see '" + name + " --help'");
        if (Arrays.asList(args).contains("--stacktrace")) {
            e.printStackTrace(err);
        }
        return USER;
    }

    private static String sentence(ParameterException e) {
        String message = e.getMessage();
        return oneLine(message.isEmpty() ? "an option could not be read" : message);
    }

    private static String suggestion(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> close = unmatched.getSuggestions();
            if (!close.isEmpty()) {
                return "; did you mean " + close.getFirst() + "?";
            }
        }
        return "";
    }

    /** Everything that goes wrong while a command works. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Exception cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        boolean expected = cause instanceof InputException
                || cause instanceof IllegalArgumentException
                || cause instanceof IOException
                || cause instanceof TrainingDivergedException;
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + (expected ? sentence(cause) : internal(cause)));
        if (command.getCommand() instanceof Command ours && ours.stacktrace) {
            e.printStackTrace(err);
        }
        return expected ? USER : OTHER;
    }

    private static String internal(Exception e) {
        return "an error inside gatewright (" + oneLine(e.toString()) + "); --stacktrace shows where, please report it";
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        if (e instanceof NoSuchFileException missing) {
            message = missing.getFile() + ": there is no such file";
        } else if (e instanceof AccessDeniedException denied) {
            message = denied.getFile() + ": permission denied";
        } else if (e instanceof FileSystemException system && system.getReason() != null && system.getFile() != null) {
            message = system.getFile() + ": " + system.getReason();
        }
        return oneLine(message == null ? e.toString() : message);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
