package dev.gatewright.cli;

/** The gatewright command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
