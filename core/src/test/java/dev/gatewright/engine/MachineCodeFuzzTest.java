package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Machine code of random circuits, in every width that this machine runs, against the judge. The system property
 * {@code fuzz.circuits} says how many, from seed {@code fuzz.seed} on.
 */
class MachineCodeFuzzTest {
    private static final int CIRCUITS = Integer.getInteger("fuzz.circuits", 1000);
    private static final int FIRST = Integer.getInteger("fuzz.seed", 0);

    @Test
    void equalsTheJudge() throws Machine.CodeTooLargeException, IOException {
        Processor processor = Processor.here();
        assumeTrue(processor.machine().isPresent(), processor.reason());
        Machine machine = processor.machine().get();
        for (int seed = FIRST; seed < FIRST + CIRCUITS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            int inputs = random.nextInt(40);
            int gates = random.nextInt(random.nextInt(20) == 0 ? 3000 : 150);
            Circuit circuit = RandomCircuits.random(seed, inputs, gates, 1 + random.nextInt(20), 1 + random.nextInt(6));
            BitMatrix in = new BitMatrix(machine.mostBits(), inputs);
            for (int bit = 0; bit < inputs; bit++) {
                for (int word = 0; word < in.wordsPerPlane(); word++) {
                    in.setWord(bit, word, random.nextLong());
                }
            }
            check(circuit, in, machine, seed, 4 + random.nextInt(machine.registers(machine.mostBits(), 0) - 3));
        }
    }

    private static void check(Circuit circuit, BitMatrix in, Machine machine, int seed, int mostRegisters)
            throws Machine.CodeTooLargeException, IOException {
        BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
        for (int bits = machine.leastBits(); bits <= machine.mostBits(); bits *= 2) {
            Netlist netlist = Netlist.of(circuit, machine.mostOperands(bits));
            int[] order = LocalOrder.of(netlist, 2 + seed % 20, true);
            int registers = Math.min(mostRegisters, machine.registers(bits, 0));
            Schedule schedule = RegisterScheduler.schedule(
                    netlist, order, new RegisterScheduler.Form(registers, machine.readsSlots(bits)));
            MachineCode code = MachineCode.of(machine.assemble(schedule, bits));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = load(schedule, in, bits, arena);
                code.run(state);
                assertThat(differences(schedule, state, expected, bits))
                        .as("seed %d, %d bits, %d registers", seed, bits, registers)
                        .isZero();
            } finally {
                code.close();
            }
        }
    }

    private static MemorySegment load(Schedule schedule, BitMatrix in, int bits, Arena arena) {
        int bytes = bits / 8;
        MemorySegment state = arena.allocate((long) schedule.slots() * bytes, 64);
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            for (int b = 0; b < bytes; b++) {
                byte value = (byte) (in.word(schedule.inputsRead()[i], b / 8) >>> 8 * (b % 8));
                state.set(ValueLayout.JAVA_BYTE, (long) schedule.inputSlots()[i] * bytes + b, value);
            }
        }
        return state;
    }

    private static int differences(Schedule schedule, MemorySegment state, BitMatrix expected, int bits) {
        int bytes = bits / 8;
        int differences = 0;
        for (int output = 0; output < schedule.outputs(); output++) {
            for (int b = 0; b < bytes; b++) {
                byte value = state.get(ValueLayout.JAVA_BYTE, (long) schedule.outputSlots()[output] * bytes + b);
                byte plain = schedule.outputInverted()[output] ? (byte) ~value : value;
                differences += plain == (byte) (expected.word(output, b / 8) >>> 8 * (b % 8)) ? 0 : 1;
            }
        }
        return differences;
    }
}
