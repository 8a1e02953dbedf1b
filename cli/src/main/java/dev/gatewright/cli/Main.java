package dev.gatewright.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The gatewright command. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    interrupted.set(true);
                    awaitEnd(ended);
                },
                "end on a signal");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean terminal = terminal();
        int status;
        try {
            status = run(List.of(args), new Session(out, err, terminal, interrupted::get));
        } finally {
            out.flush();
            err.flush();
            ended.countDown();
        }
        if (!interrupted.get()) {
            System.exit(status);
        }
    }

    /**
     * Runs one command in this process.
     *
     * @return 0 when it is done, 2 after a user's mistake, 1 after anything else
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, new Session(out, err, false, () -> false));
    }

    static int run(List<String> args, Session session) {
        int status;
        try {
            status = CommandTree.of(session).execute(args.toArray(String[]::new));
        } catch (OutOfMemoryError e) {
            session.err()
                    .println(
                            "gatewright: not enough memory; give it more with JDK_JAVA_OPTIONS=-Xmx8g, or use less data");
            status = Failures.OTHER;
        }
        if (session.out().checkError()) {
            session.err().println("gatewright: standard output: cannot be written");
            return Failures.OTHER;
        }
        return status;
    }

    /** Whether a person reads the messages. Some releases of Java give no console where there is none, some an idle one. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /** A command that is asked to end may write a checkpoint first. */
    private static void awaitEnd(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
