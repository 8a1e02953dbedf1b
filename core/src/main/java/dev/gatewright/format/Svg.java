package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Levels;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A drawing as SVG of circuits of up to {@value #MOST_GATES} gates: a column a level, what reads from near near. Inputs that
 * nothing reads are left out.
 */
public final class Svg implements Format {
    static final int MOST_GATES = 500;

    private static final int COLUMN = 170;
    private static final int ROW = 34;
    private static final int BOX = 90;
    private static final int LEAF = 220;

    @Override
    public String name() {
        return "svg";
    }

    @Override
    public String suffix() {
        return ".svg";
    }

    @Override
    public String about() {
        return "a drawing of a small circuit, for browsers";
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        Circuit circuit = design.circuit();
        if (circuit.gates() > MOST_GATES) {
            throw new InputException(
                    "a drawing of " + circuit.gates() + " gates; format svg draws up to " + MOST_GATES);
        }
        TextOut out = new TextOut(stream);
        new Drawing(out, design).write();
        out.flush();
    }

    /** One drawing in the making. */
    private static final class Drawing {
        private final TextOut out;
        private final Design design;
        private final Circuit circuit;
        private final Levels levels;
        /** Height of the middle of each wire's box; 0 where it is not drawn. */
        private final int[] height;

        private int tallest;

        Drawing(TextOut out, Design design) {
            this.out = out;
            this.design = design;
            this.circuit = design.circuit();
            this.levels = Levels.of(circuit);
            this.height = new int[circuit.wires()];
            place();
        }

        /** Wires column by column, ordered by where those that they read stand. */
        private void place() {
            boolean[] read = new boolean[circuit.wires()];
            int deepest = 0;
            for (int gate = 0; gate < circuit.gates(); gate++) {
                deepest = Math.max(deepest, levels.level(circuit.gateWire(gate)));
                for (int i = 0; i < circuit.arity(gate); i++) {
                    read[circuit.wire(gate, i)] = true;
                }
            }
            for (int i = 0; i < circuit.outputs(); i++) {
                read[circuit.output(i)] = true;
            }
            for (int level = 0; level <= deepest; level++) {
                List<Integer> column = new ArrayList<>();
                for (int wire = 0; wire < circuit.wires(); wire++) {
                    if (levels.level(wire) == level && (circuit.gateOf(wire) >= 0 || read[wire])) {
                        column.add(wire);
                    }
                }
                column.sort(Comparator.comparingDouble(this::wanted));
                for (int row = 0; row < column.size(); row++) {
                    height[column.get(row)] = (row + 1) * ROW;
                }
                tallest = Math.max(tallest, column.size());
            }
        }

        /** The mean height of the wires that a gate reads. */
        private double wanted(int wire) {
            int gate = circuit.gateOf(wire);
            double sum = 0;
            for (int i = 0; gate >= 0 && i < circuit.arity(gate); i++) {
                sum += height[circuit.wire(gate, i)];
            }
            return gate < 0 ? wire : sum / circuit.arity(gate);
        }

        void write() throws IOException {
            int deepest = Arrays.stream(height.length == 0 ? new int[1] : height)
                    .max()
                    .orElse(0);
            int width = LEAF + (levels.depth() + 2) * COLUMN;
            int high = Math.max(deepest, circuit.outputs() * ROW) + 2 * ROW;
            out.text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + high
                    + "\" font-family=\"monospace\" font-size=\"12\" fill=\"none\" stroke=\"#444\">\n<!--\n");
            // Two hyphens would end the comment.
            java.io.ByteArrayOutputStream header = new java.io.ByteArrayOutputStream();
            TextOut text = new TextOut(header);
            Header.write(text, "", design, Names.legal(design.name(), Set.of()));
            text.flush();
            out.text(header.toString(java.nio.charset.StandardCharsets.UTF_8).replace("--", "- -"));
            out.text("-->\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\" stroke=\"none\"/>\n");
            for (int wire = 0; wire < circuit.wires(); wire++) {
                if (height[wire] > 0) {
                    box(wire);
                }
            }
            for (int i = 0; i < circuit.outputs(); i++) {
                int x = LEAF + (levels.depth() + 1) * COLUMN;
                line(circuit.output(i), x, (i + 1) * ROW);
                label(x + 4, (i + 1) * ROW, "y[" + i + "]");
            }
            out.text("</svg>\n");
        }

        private int left(int wire) {
            return levels.level(wire) == 0 ? 0 : LEAF + (levels.level(wire) - 1) * COLUMN + COLUMN - BOX;
        }

        private void box(int wire) throws IOException {
            int gate = circuit.gateOf(wire);
            int y = height[wire];
            int x = left(wire);
            if (gate < 0) {
                String says = wire < Circuit.CONSTANTS
                        ? Integer.toString(wire)
                        : "x[" + (wire - Circuit.CONSTANTS) + "] "
                                + design.encoder().describe(wire - Circuit.CONSTANTS);
                label(4, y, says);
                return;
            }
            out.text("<rect x=\"" + x + "\" y=\"" + (y - 11) + "\" width=\"" + BOX + "\" height=\"22\" rx=\"4\"/>\n");
            label(x + 6, y, says(gate));
            for (int i = 0; i < circuit.arity(gate); i++) {
                line(
                        circuit.wire(gate, i),
                        x,
                        y + (circuit.arity(gate) == 1 ? 0 : -8 + 16 * i / (circuit.arity(gate) - 1)));
            }
        }

        private String says(int gate) {
            return switch (circuit.arity(gate)) {
                case 1 -> "not";
                case 2 -> TruthTable.name((int) circuit.table(gate));
                default -> Long.toHexString(circuit.table(gate));
            };
        }

        /** A curve from the right side of a wire's box. */
        private void line(int wire, int x, int y) throws IOException {
            int from = left(wire) + (levels.level(wire) == 0 ? LEAF : BOX);
            int middle = (from + x) / 2;
            out.text("<path d=\"M" + from + " " + height[wire] + "C" + middle + " " + height[wire] + " " + middle + " "
                    + y + " " + x + " " + y + "\"/>\n");
        }

        private void label(int x, int y, String text) throws IOException {
            String quoted = Names.quoted(text);
            out.text("<text x=\"" + x + "\" y=\"" + (y + 4) + "\" fill=\"#000\" stroke=\"none\">");
            out.text(quoted.substring(1, quoted.length() - 1)
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;"));
            out.text("</text>\n");
        }
    }
}
