package dev.gatewright.format;

import dev.gatewright.circuit.Arithmetic;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.List;

/** An expression of the Verilog that we read: unsigned, with operands of equal widths. */
sealed interface VerilogExpression {
    int width();

    /** Its wires, the lowest bit first, where signal {@code i} of the definition carries {@code signals[i]}. */
    int[] wires(CircuitBuilder builder, int[] signals);

    /** Bits of signals: positions among the sources of the definition. */
    record Bits(int[] sources) implements VerilogExpression {
        @Override
        public int width() {
            return sources.length;
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            int[] wires = new int[sources.length];
            for (int i = 0; i < wires.length; i++) {
                wires[i] = signals[sources[i]];
            }
            return wires;
        }
    }

    /** A constant, as the wires 0 and 1. */
    record Constant(int[] bits) implements VerilogExpression {
        @Override
        public int width() {
            return bits.length;
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            return bits.clone();
        }
    }

    record Not(VerilogExpression of) implements VerilogExpression {
        @Override
        public int width() {
            return of.width();
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            int[] wires = of.wires(builder, signals);
            for (int i = 0; i < wires.length; i++) {
                wires[i] = builder.not(wires[i]);
            }
            return wires;
        }
    }

    /** Two operands and one of the signs {@code & | ^ + - >}. */
    record Binary(char sign, VerilogExpression a, VerilogExpression b) implements VerilogExpression {
        @Override
        public int width() {
            return sign == '>' ? 1 : a.width();
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            int[] left = a.wires(builder, signals);
            int[] right = b.wires(builder, signals);
            return switch (sign) {
                case '+' -> Arithmetic.add(builder, left, right);
                case '-' -> Arithmetic.subtract(builder, left, right);
                case '>' -> new int[] {Arithmetic.greater(builder, left, right)};
                case '&' -> each(builder, TruthTable.AND, left, right);
                case '|' -> each(builder, TruthTable.OR, left, right);
                default -> each(builder, TruthTable.XOR, left, right);
            };
        }

        private static int[] each(CircuitBuilder builder, int table, int[] left, int[] right) {
            for (int i = 0; i < left.length; i++) {
                left[i] = builder.gate(table, left[i], right[i]);
            }
            return left;
        }
    }

    record Choice(VerilogExpression condition, VerilogExpression yes, VerilogExpression no)
            implements VerilogExpression {
        @Override
        public int width() {
            return yes.width();
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            return Arithmetic.choose(
                    builder,
                    condition.wires(builder, signals)[0],
                    yes.wires(builder, signals),
                    no.wires(builder, signals));
        }
    }

    /** Parts one beside the other, the highest first, as the language writes them. */
    record Joined(List<VerilogExpression> parts) implements VerilogExpression {
        @Override
        public int width() {
            return parts.stream().mapToInt(VerilogExpression::width).sum();
        }

        @Override
        public int[] wires(CircuitBuilder builder, int[] signals) {
            int[] wires = new int[width()];
            int at = wires.length;
            for (VerilogExpression part : parts) {
                int[] bits = part.wires(builder, signals);
                at -= bits.length;
                System.arraycopy(bits, 0, wires, at, bits.length);
            }
            return wires;
        }
    }
}
