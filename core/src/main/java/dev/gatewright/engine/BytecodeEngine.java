package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.StagedCircuit;
import java.lang.constant.ClassDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs classes generated for the circuit, which the virtual machine compiles while they run: for small circuits.
 * Circuits of more than {@value #MOST_GATES} gates it hands to the portable engine; {@link Executable#engine()} says
 * so.
 */
public final class BytecodeEngine implements Engine {
    /** Beyond this the virtual machine is busy compiling for minutes, and its code cache of 240 MB fills. */
    static final int MOST_GATES = 200_000;
    /** Local variables that an order of gates may use: measured, see docs/performance.md. */
    private static final int REGISTERS = 16;
    /** Registers that the order of gates leaves to others: a choice may need some for its own operands. */
    private static final int SPARE_REGISTERS = 4;
    /** Instructions of a method: beside these, its last gate may move five values and its end stores the registers. */
    private static final int SPAN = Bytecode.MOST_METHOD_INSTRUCTIONS - REGISTERS - 6;

    private final Kernels kernels;
    private final int registers;
    private final int span;

    public BytecodeEngine() {
        this(Kernels.best());
    }

    BytecodeEngine(Kernels kernels) {
        this(kernels, REGISTERS, SPAN);
    }

    BytecodeEngine(Kernels kernels, int registers, int span) {
        this.kernels = kernels;
        this.registers = registers;
        this.span = span;
    }

    @Override
    public String name() {
        return "bytecode";
    }

    @Override
    public Executable compile(Circuit circuit) {
        Netlist netlist = Netlist.of(circuit);
        if (netlist.operations() > MOST_GATES) {
            return new PortableEngine(kernels)
                    .compile(
                            circuit,
                            "portable, not bytecode: " + netlist.operations() + " gates of two inputs; up to "
                                    + MOST_GATES + " are worth generating classes for");
        }
        KernelCode code = code(netlist);
        return new SlotExecutable(name(), kernels, Optional.empty(), code.schedule(), code.gates());
    }

    @Override
    public Executable compile(StagedCircuit circuit) {
        return StageGates.executable(name(), kernels, Optional.empty(), circuit, this::kernel);
    }

    /** A kernel ready to run; one that is too large for classes, in the portable way. */
    private KernelCode kernel(Circuit circuit) {
        Netlist netlist = Netlist.of(circuit);
        return netlist.operations() > MOST_GATES ? new PortableEngine(kernels).kernel(circuit) : code(netlist);
    }

    private KernelCode code(Netlist netlist) {
        Schedule schedule = schedule(netlist, registers, span);
        SlotCode[] pieces =
                load(Bytecode.classes(ClassDesc.of(BytecodeEngine.class.getPackageName(), "GeneratedGates"), schedule));
        return new KernelCode(schedule, new ClassGates(schedule, kernels.words(), pieces));
    }

    /** The instruction list that classes are generated from. */
    static Schedule schedule(Netlist netlist) {
        return schedule(netlist, REGISTERS, SPAN);
    }

    private static Schedule schedule(Netlist netlist, int registers, int span) {
        int[] order = LocalOrder.of(netlist, registers - SPARE_REGISTERS, true);
        return RegisterScheduler.schedule(netlist, order, new RegisterScheduler.Form(registers, true, 0, span));
    }

    /** Instances of hidden classes, which are unloaded when nothing refers to them any more. */
    static SlotCode[] load(List<byte[]> classes) {
        List<SlotCode> pieces = new ArrayList<>();
        for (byte[] bytes : classes) {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
                pieces.add(
                        (SlotCode) lookup.lookupClass().getDeclaredConstructor().newInstance());
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("a generated class cannot be loaded", impossible);
            }
        }
        return pieces.toArray(SlotCode[]::new);
    }

    /** Takes each word of a block through the classes, on an array that stays in the nearest cache. */
    private static final class ClassGates implements Gates {
        private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

        private final Schedule schedule;
        private final int words;
        private final SlotCode[] pieces;
        private final int[] results;
        private final long[] slots;

        ClassGates(Schedule schedule, int words, SlotCode[] pieces) {
            this.schedule = schedule;
            this.words = words;
            this.pieces = pieces;
            this.results = Arrays.stream(schedule.outputSlots())
                    .filter(slot -> slot != 0)
                    .distinct()
                    .toArray();
            this.slots = new long[schedule.slots()];
        }

        @Override
        public Gates forBlock() {
            return new ClassGates(schedule, words, pieces);
        }

        @Override
        public void run(MemorySegment state) {
            run(state, words);
        }

        @Override
        public void run(MemorySegment state, int count) {
            for (int word = 0; word < count; word++) {
                for (int slot : schedule.inputSlots()) {
                    slots[slot] = state.getAtIndex(WORD, (long) slot * words + word);
                }
                for (SlotCode piece : pieces) {
                    piece.run(slots);
                }
                for (int slot : results) {
                    state.setAtIndex(WORD, (long) slot * words + word, slots[slot]);
                }
            }
        }
    }
}
