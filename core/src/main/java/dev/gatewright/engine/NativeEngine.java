package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
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

    private Executable compile(Circuit circuit, Machine machine) throws Machine.CodeTooLargeException, IOException {
        int bits = Long.SIZE * kernels.words();
        Netlist netlist = Netlist.of(circuit);
        int registers = machine.registers(bits);
        int[] order = LocalOrder.of(netlist, registers - SPARE_REGISTERS, true);
        Schedule schedule = RegisterScheduler.schedule(
                netlist, order, new RegisterScheduler.Form(registers, machine.readsSlots(bits)));
        MachineCode code = MachineCode.of(machine.assemble(schedule, bits));
        return new SlotExecutable(name() + " (" + machine.name() + ")", kernels, schedule, code);
    }

    private Executable portable(Circuit circuit, String reason) {
        return new PortableEngine(kernels).compile(circuit, "portable, not native: " + reason);
    }
}
