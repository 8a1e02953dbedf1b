package dev.gatewright.format;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pins of a board that a serial line needs, as its maker publishes them, and the file of constraints that says so.
 *
 * @param board its name
 * @param syntax of the file
 * @param hertz of the clock
 * @param pressed whether the button that resets gives 1 while it is pressed
 * @param clock its pin, and so on
 */
record Pins(String board, Syntax syntax, int hertz, boolean pressed, String clock, String reset, String rx, String tx) {
    static final Pins ARTY_A7 = new Pins("Digilent Arty A7", Syntax.XDC, 100_000_000, false, "E3", "C2", "A9", "D10");
    static final Pins ULX3S = new Pins("Radiona ULX3S", Syntax.LPF, 25_000_000, true, "G2", "T1", "M1", "L4");
    static final Pins ICEBREAKER =
            new Pins("1BitSquared iCEBreaker", Syntax.PCF, 12_000_000, false, "35", "10", "6", "9");

    /** Languages of constraints. */
    enum Syntax {
        /** Of Vivado. */
        XDC(".xdc"),
        /** Of Diamond, and of nextpnr for ECP5. */
        LPF(".lpf"),
        /** Of nextpnr for iCE40. */
        PCF(".pcf");

        private final String suffix;

        Syntax(String suffix) {
            this.suffix = suffix;
        }

        /** A line that puts a port on a pin. */
        private String place(String port, String pin) {
            return switch (this) {
                case XDC ->
                    "set_property -dict {PACKAGE_PIN " + pin + " IOSTANDARD LVCMOS33} [get_ports " + port + "]\n";
                case LPF ->
                    "LOCATE COMP \"" + port + "\" SITE \"" + pin + "\";\nIOBUF PORT \"" + port
                            + "\" IO_TYPE=LVCMOS33;\n";
                case PCF -> "set_io " + port + " " + pin + "\n";
            };
        }

        /** A line that says what a clock runs at. */
        String clock(String port, int hertz) {
            return switch (this) {
                case XDC ->
                    String.format(
                            java.util.Locale.ROOT,
                            "create_clock -name %s -period %.3f [get_ports %s]\n",
                            port,
                            1e9 / hertz,
                            port);
                case LPF -> "FREQUENCY PORT \"" + port + "\" " + hertz / 1_000_000 + " MHZ;\n";
                case PCF -> "set_frequency " + port + " " + hertz / 1_000_000 + "\n";
            };
        }
    }

    /** The port of the button that resets. */
    String resetPort() {
        return pressed ? "rst" : "rst_n";
    }

    /** What a name of a file of constraints ends in. */
    String suffix() {
        return syntax.suffix;
    }

    /** The file of constraints. */
    String constraints(String module) {
        Map<String, String> ports = new LinkedHashMap<>();
        ports.put("clk", clock);
        ports.put(resetPort(), reset);
        ports.put("rx", rx);
        ports.put("tx", tx);
        StringBuilder text = new StringBuilder("# The pins of " + board + " that " + module + " uses\n");
        ports.forEach((port, pin) -> text.append(syntax.place(port, pin)));
        return text.append(syntax.clock("clk", hertz)).toString();
    }
}
