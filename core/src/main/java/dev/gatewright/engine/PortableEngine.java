package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.StagedCircuit;
import java.util.Optional;

/**
 * Interprets the instruction list on blocks of samples, with the Vector API where the machine has it. Ready at once,
 * whatever the size of the circuit.
 */
public final class PortableEngine implements Engine {
    private final Kernels kernels;

    /** An engine on vectors where there are any, unless the system property {@code gatewright.vector} is false. */
    public PortableEngine() {
        this(Kernels.best());
    }

    PortableEngine(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public Executable compile(Circuit circuit) {
        return compile(circuit, name());
    }

    @Override
    public Executable compile(StagedCircuit circuit) {
        return StageGates.executable(name(), kernels, Optional.empty(), circuit, this::kernel);
    }

    /** A kernel ready to run. */
    KernelCode kernel(Circuit circuit) {
        Schedule schedule = Scheduler.schedule(circuit);
        Runs runs = Runs.of(schedule);
        return new KernelCode(schedule, state -> kernels.run(runs, state));
    }

    /** @param description what to call the engine */
    Executable compile(Circuit circuit, String description) {
        KernelCode code = kernel(circuit);
        return new SlotExecutable(description, kernels, Optional.empty(), code.schedule(), code.gates());
    }
}
