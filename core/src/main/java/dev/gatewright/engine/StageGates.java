package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a kernel at every position of its stage: copies what it reads there to slots of its own, which stay in the nearest
 * cache, runs it, and copies what it gives to where the next stage reads it.
 */
final class StageGates implements Gates {
    private static final long CACHE_LINE = 64;

    private final Kernels kernels;
    private final KernelCode code;
    private final int[] origins;
    private final int[] offsets;
    private final int[] targets;
    private final int[] targetOffsets;
    private final long[] inverted;
    private final MemorySegment own;

    StageGates(Kernels kernels, KernelCode code, StageLayout layout, int stage) {
        this.kernels = kernels;
        this.code = code;
        this.origins = layout.origins(stage);
        this.offsets = Arrays.stream(code.schedule().inputsRead())
                .map(input -> layout.offset(stage, input))
                .toArray();
        this.targets = layout.targets(stage);
        this.targetOffsets = layout.targetOffsets(stage);
        this.inverted = new long[code.schedule().outputs()];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = code.schedule().outputInverted()[i] ? -1 : 0;
        }
        this.own = MemorySegment.NULL;
    }

    private StageGates(StageGates shared) {
        this.kernels = shared.kernels;
        this.code = new KernelCode(shared.code.schedule(), shared.code.gates().forBlock());
        this.origins = shared.origins;
        this.offsets = shared.offsets;
        this.targets = shared.targets;
        this.targetOffsets = shared.targetOffsets;
        this.inverted = shared.inverted;
        long bytes = (long) code.schedule().slots() * kernels.words() * Long.BYTES;
        this.own = Arena.ofAuto().allocate(bytes, CACHE_LINE);
    }

    /**
     * All stages of a circuit, one after the other on the same slots.
     *
     * @param machine the kind of processor to make machine code for, around the gates
     * @param compiler makes a kernel ready to run
     */
    static Executable executable(
            String engine,
            Kernels kernels,
            Optional<Machine> machine,
            StagedCircuit circuit,
            Function<Circuit, KernelCode> compiler) {
        StageLayout layout = new StageLayout(circuit);
        List<Stage> stages = circuit.stages();
        List<Gates> gates = IntStream.range(0, stages.size())
                .<Gates>mapToObj(i ->
                        new StageGates(kernels, compiler.apply(stages.get(i).kernel()), layout, i))
                .toList();
        return new SlotExecutable(engine, kernels, machine, layout.schedule(0), new InTurn(gates));
    }

    @Override
    public Gates forBlock() {
        return new StageGates(this);
    }

    @Override
    public void run(MemorySegment state) {
        run(state, kernels.words());
    }

    @Override
    public void run(MemorySegment state, int words) {
        for (int position = 0; position < origins.length; position++) {
            kernels.gather(
                    state, origins[position], offsets, own, code.schedule().inputSlots());
            code.gates().run(own, words);
            kernels.scatter(own, code.schedule().outputSlots(), inverted, state, targets[position], targetOffsets);
        }
    }

    @Override
    public void close() {
        code.gates().close();
    }
}
