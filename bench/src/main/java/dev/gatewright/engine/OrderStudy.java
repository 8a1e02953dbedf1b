package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.cli.bench.Nets;
import dev.gatewright.model.ModelFile;
import dev.gatewright.pass.Pipeline;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/**
 * What the order of gates buys: one circuit's gates in several orders as machine code, and as the portable engine runs
 * them, with the reads and writes of memory that each makes, and its time, alternated in one run.
 */
public final class OrderStudy {
    private static final long SEED = 1;
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 60_000_000;
    private static final int WARM_UPS = 2;
    /** Slots that together stay in the nearest cache: what is left is fetching and executing code. */
    private static final int FOLDED = 256;

    private final List<String> rows = new ArrayList<>();
    private final List<Runnable> runs = new ArrayList<>();
    private final List<Integer> samples = new ArrayList<>();

    private OrderStudy() {}

    /**
     * Prints a table for each network.
     *
     * @param args names of networks of random gates, or model files
     */
    public static void main(String[] args) throws IOException, Machine.CodeTooLargeException {
        for (String arg : args) {
            Circuit circuit = Nets.names().contains(arg)
                    ? Nets.named(arg, SEED).circuit()
                    : ModelFile.read(Path.of(arg)).circuit();
            print(arg, Pipeline.STANDARD.run(circuit).circuit());
        }
    }

    /**
     * Prints the table of one circuit.
     *
     * @throws IOException if the system refuses executable memory
     * @throws Machine.CodeTooLargeException if the circuit is too large for machine code
     */
    private static void print(String name, Circuit circuit) throws IOException, Machine.CodeTooLargeException {
        Machine machine = Processor.here().machine().orElseThrow();
        Netlist netlist = Netlist.of(circuit);
        int bits = machine.mostBits();
        OrderStudy study = new OrderStudy();
        int[] numbered = numbered(netlist);
        int[] local = LocalOrder.of(netlist, machine.registers(bits, 0) - 4, true);
        study.add("as numbered, " + bits + " bits", netlist, numbered, machine, bits, slot -> slot);
        study.add("depth first", netlist, DepthFirstOrder.of(netlist), machine, bits, slot -> slot);
        study.add("local", netlist, local, machine, bits, slot -> slot);
        study.add("local, " + bits / 2 + " bits", netlist, local, machine, bits / 2, slot -> slot);
        study.add("local, folded onto " + FOLDED + " slots", netlist, local, machine, bits, slot -> slot % FOLDED);
        study.addPortable("portable", circuit, slot -> slot);
        study.addPortable("portable, folded onto " + FOLDED + " slots", circuit, slot -> slot % FOLDED);
        System.out.println("### " + name + ": " + netlist.operations() + " operations, " + machine.name());
        System.out.println();
        System.out.println(
                "| order | loads | operands in memory | stores | slots KB | code KB | µs a block | at best | samples/s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        double[][] micros = study.measure();
        for (int i = 0; i < micros.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %.1f | %.1f | %.2f M |%n",
                    study.rows.get(i),
                    micros[i][ROUNDS / 2],
                    micros[i][0],
                    study.samples.get(i) / micros[i][ROUNDS / 2]);
        }
    }

    private static int[] numbered(Netlist netlist) {
        int[] order = new int[netlist.operations()];
        int count = 0;
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                order[count++] = gate;
            }
        }
        return order;
    }

    private void add(String name, Netlist netlist, int[] order, Machine machine, int bits, IntUnaryOperator slot)
            throws IOException, Machine.CodeTooLargeException {
        RegisterScheduler.Form form = new RegisterScheduler.Form(machine.registers(bits, 0), machine.readsSlots(bits));
        Schedule schedule = RegisterScheduler.schedule(netlist, order, form);
        int registers = schedule.registers();
        int loads = 0;
        int stores = 0;
        int operands = 0;
        for (int i = 0; i < schedule.instructions(); i++) {
            boolean move = schedule.ops()[i] == Op.MOVE;
            boolean store = move && schedule.code()[3 * i + 2] >= registers;
            boolean reads = schedule.code()[3 * i] >= registers;
            stores += store ? 1 : 0;
            loads += move && !store ? 1 : 0;
            operands += !move && reads ? 1 : 0;
        }
        int[] code = schedule.code();
        for (int i = 0; i < code.length; i++) {
            code[i] = code[i] < registers ? code[i] : registers + slot.applyAsInt(code[i] - registers);
        }
        MachineCode function = MachineCode.of(machine.assemble(schedule, bits));
        MemorySegment state = state(schedule, bits);
        addRow(name, loads, operands, stores, state.byteSize(), function.bytes());
        runs.add(() -> function.run(state));
        samples.add(bits);
    }

    private void addPortable(String name, Circuit circuit, IntUnaryOperator slot) {
        Schedule schedule = Scheduler.schedule(circuit);
        Arrays.setAll(schedule.code(), i -> slot.applyAsInt(schedule.code()[i]));
        Kernels kernels = Kernels.best();
        Runs list = Runs.of(schedule);
        int bits = kernels.words() * Long.SIZE;
        MemorySegment state = state(schedule, bits);
        long code = 3L * schedule.instructions() * (list.shortCode() != null ? Character.BYTES : Integer.BYTES);
        addRow(name, 2 * schedule.instructions(), 0, schedule.instructions(), state.byteSize(), code);
        runs.add(() -> kernels.run(list, state));
        samples.add(bits);
    }

    private static MemorySegment state(Schedule schedule, int bits) {
        return Arena.ofAuto().allocate((long) schedule.slots() * bits / Byte.SIZE, 64);
    }

    private void addRow(String name, int loads, int operands, int stores, long stateBytes, long codeBytes) {
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d | %,d |",
                name,
                loads,
                operands,
                stores,
                stateBytes / 1024,
                codeBytes / 1024));
    }

    /** Microseconds a run, ascending, of rounds in which all alternate. */
    private double[][] measure() {
        double[][] micros = new double[runs.size()][ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (int i = 0; i < micros.length; i++) {
                micros[i][Math.max(round, 0)] = once(runs.get(i));
            }
        }
        Arrays.stream(micros).forEach(Arrays::sort);
        return micros;
    }

    private static double once(Runnable run) {
        long start = System.nanoTime();
        long count = 0;
        long elapsed;
        do {
            run.run();
            count++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < ROUND_NANOS);
        return elapsed / 1e3 / count;
    }
}
