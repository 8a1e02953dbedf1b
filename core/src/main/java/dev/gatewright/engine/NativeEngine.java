package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.StagedCircuit;
import java.io.IOException;
import java.util.Optional;

/**
 * Runs machine code, assembled in process from an order of gates that keeps values in registers. What it cannot run
 * (another processor, a circuit too large for machine code, a system that refuses executable memory) it hands to the
 * portable engine; {@link Executable#engine()} says so.
 *
 * <p>The system property {@code gatewright.native} limits it: {@code avx2} keeps it from wider vectors, {@code false}
 * from everything.
 */
public final class NativeEngine implements Engine {
    /** Registers that the order of gates leaves to others: a choice may need some for its own operands. */
    private static final int SPARE_REGISTERS = 4;

    /** Values that the order of gates may always count on. */
    private static final int LEAST_AT_HAND = 2;

    /** Slots in more bytes do not stay in a core's second-level cache: which order is faster depends on the wires. */
    private static final int TRIAL_BYTES = 1 << 19;

    private final Processor processor;
    private final Kernels kernels;

    public NativeEngine() {
        this(Processor.here(), Kernels.best());
    }

    NativeEngine(Processor processor, Kernels kernels) {
        this.processor = processor;
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.ofNullable(processor.reason());
    }

    @Override
    public Executable compile(Circuit circuit) {
        if (processor.machine().isEmpty()) {
            return portable(circuit, processor.reason());
        }
        try {
            return compile(circuit, processor.machine().get());
        } catch (Machine.CodeTooLargeException | IOException refused) {
            return portable(circuit, refused.getMessage());
        }
    }

    @Override
    public Executable compile(StagedCircuit circuit) {
        if (processor.machine().isEmpty()) {
            return new PortableEngine(kernels).compile(circuit);
        }
        Machine machine = processor.machine().get();
        return new NativeStages(kernels, machine, circuit).executable(description(machine));
    }

    private Executable compile(Circuit circuit, Machine machine) throws Machine.CodeTooLargeException, IOException {
        int bits = Long.SIZE * kernels.words();
        if (bits > machine.mostBits()) {
            return portable(circuit, "slots of " + bits + " bits for " + machine.name());
        }
        Program program = program(circuit, machine);
        return new SlotExecutable(
                description(machine), kernels, Optional.of(machine), program.schedule(), program.code());
    }

    private Program program(Circuit circuit, Machine machine) throws Machine.CodeTooLargeException, IOException {
        int bits = Long.SIZE * kernels.words();
        Netlist netlist = Netlist.of(circuit, machine.mostOperands(bits));
        machine.requireInstructions(netlist.operations());
        int[] order = LocalOrder.of(netlist, machine.registers(bits, 0) - SPARE_REGISTERS, true);
        Program program = Program.of(netlist, order, machine, bits, 0);
        if ((long) program.schedule().slots() * bits / Byte.SIZE > TRIAL_BYTES) {
            program = program.faster(Program.of(netlist, DepthFirstOrder.of(netlist), machine, bits, 0));
        }
        return program;
    }

    @Override
    public Executable compileSingle(Circuit circuit, int groups) {
        if (processor.machine().isEmpty()) {
            return new PortableEngine(kernels).compile(circuit);
        }
        try {
            Machine machine = processor.machine().get();
            int bits = machine.leastBits();
            Netlist netlist = Netlist.of(circuit, machine.mostOperands(bits));
            machine.requireInstructions(netlist.operations());
            int atHand = Math.max(LEAST_AT_HAND, machine.registers(bits, groups) - SPARE_REGISTERS);
            int[] order = LocalOrder.of(netlist, atHand, groups == 0);
            Program program = Program.of(netlist, order, machine, bits, groups);
            return new OneSampleExecutable(description(machine), program.schedule(), program.code());
        } catch (Machine.CodeTooLargeException | IOException refused) {
            return portable(circuit, refused.getMessage());
        }
    }

    private String description(Machine machine) {
        return name() + " (" + machine.name() + ")";
    }

    private Executable portable(Circuit circuit, String reason) {
        return new PortableEngine(kernels).compile(circuit, "portable, not native: " + reason);
    }
}
