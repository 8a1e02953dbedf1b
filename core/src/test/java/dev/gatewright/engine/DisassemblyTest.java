package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machine code of every width, whether or not this machine runs it, as {@code objdump} reads it: what the instructions
 * it names compute must be what the judge says.
 */
class DisassemblyTest {
    private static final Pattern LINE = Pattern.compile("\\s*[0-9a-f]+:\\t(\\S+)\\s*(\\S.*)?");
    private static final Pattern SLOT = Pattern.compile("(\\w+) PTR \\[rdi([+-]0x[0-9a-f]+)?\\]");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 256, 512})
    void computesWhatTheJudgeSays(int bits) throws Exception {
        Machine machine = new X86(512);
        for (int seed = 0; seed < 20; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            int inputs = seed == 0 ? 600 : 1 + random.nextInt(60);
            Circuit circuit = RandomCircuits.random(seed, inputs, seed == 0 ? 2000 : 300, 40, 2 + seed % 3);
            BitMatrix in = new BitMatrix(64, inputs);
            for (int bit = 0; bit < inputs; bit++) {
                in.setWord(bit, 0, random.nextLong());
            }
            Netlist netlist = Netlist.of(circuit, machine.mostOperands(bits));
            Schedule schedule = RegisterScheduler.schedule(
                    netlist,
                    LocalOrder.of(netlist, 8, true),
                    new RegisterScheduler.Form(
                            seed % 4 == 1 ? 4 : machine.registers(bits, 0), machine.readsSlots(bits)));
            Simulation simulation = new Simulation(bits / 8);
            for (int i = 0; i < schedule.inputsRead().length; i++) {
                simulation.slots.put(schedule.inputSlots()[i], in.word(schedule.inputsRead()[i], 0));
            }
            simulation.run(disassemble(machine.assemble(schedule, bits)));
            BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
            for (int output = 0; output < schedule.outputs(); output++) {
                long value = simulation.slots.getOrDefault(schedule.outputSlots()[output], 0L);
                assertThat(schedule.outputInverted()[output] ? ~value : value)
                        .as("seed %d output %d", seed, output)
                        .isEqualTo(expected.word(output, 0));
            }
        }
    }

    private List<String> disassemble(byte[] code) throws IOException, InterruptedException {
        Path file = folder.resolve("code");
        Files.write(file, code);
        Process process;
        try {
            process = new ProcessBuilder(
                            "objdump",
                            "-D",
                            "-b",
                            "binary",
                            "-m",
                            "i386:x86-64",
                            "-M",
                            "intel",
                            "--no-show-raw-insn",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            assertThat(System.getProperty("tools")).as("objdump is missing").isNotEqualTo("required");
            Assumptions.abort("objdump is not installed");
            throw missing;
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().filter(line -> line.contains(":\t")).toList();
    }

    /** 64 samples of every register and slot. */
    private static final class Simulation {
        private final Map<String, Long> registers = new HashMap<>();
        private final Map<Integer, Long> slots = new HashMap<>();
        private final Deque<String> saved = new ArrayDeque<>();
        private final int slotBytes;

        Simulation(int slotBytes) {
            this.slotBytes = slotBytes;
        }

        void run(List<String> lines) {
            for (String line : lines) {
                Matcher matcher = LINE.matcher(line);
                assertThat(matcher.matches()).as(line).isTrue();
                String[] operands = matcher.group(2) == null
                        ? new String[0]
                        : matcher.group(2).split(",");
                if (!step(matcher.group(1), operands)) {
                    assertThat(line).isEqualTo(lines.getLast());
                }
            }
        }

        /** False at the end. */
        private boolean step(String operation, String[] operands) {
            switch (operation) {
                case "vmovdqa", "vmovdqa32", "vmovq", "mov" -> write(operands[0], read(operands[1]));
                case "vpand", "vpandd" -> write(operands[0], read(operands[1]) & read(operands[2]));
                case "vpandn", "vpandnd" -> write(operands[0], ~read(operands[1]) & read(operands[2]));
                case "vpor", "vpord" -> write(operands[0], read(operands[1]) | read(operands[2]));
                case "vpxor", "vpxord" -> write(operands[0], read(operands[1]) ^ read(operands[2]));
                case "and" -> write(operands[0], read(operands[0]) & read(operands[1]));
                case "andn" -> write(operands[0], ~read(operands[1]) & read(operands[2]));
                case "or" -> write(operands[0], read(operands[0]) | read(operands[1]));
                case "xor" -> write(operands[0], read(operands[0]) ^ read(operands[1]));
                case "push" -> saved.push(operands[0]);
                case "pop" -> assertThat(operands[0]).isEqualTo(saved.pop());
                case "vpternlogd" ->
                    write(
                            operands[0],
                            byTable(
                                    Integer.decode(operands[3]),
                                    read(operands[0]),
                                    read(operands[1]),
                                    read(operands[2])));
                case "vzeroupper" -> assertThat(operands).isEmpty();
                case "ret" -> {
                    assertThat(saved).isEmpty();
                    return false;
                }
                default -> throw new AssertionError("unexpected instruction " + operation);
            }
            return true;
        }

        private static long byTable(int table, long a, long b, long c) {
            long result = 0;
            for (int i = 0; i < 8; i++) {
                long one = ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
                result |= (table >> i & 1) != 0 ? one : 0;
            }
            return result;
        }

        private long read(String operand) {
            Integer slot = slot(operand);
            return slot == null ? registers.get(operand) : slots.get(slot);
        }

        private void write(String operand, long value) {
            Integer slot = slot(operand);
            if (slot == null) {
                registers.put(operand, value);
            } else {
                slots.put(slot, value);
            }
        }

        /** Null for a register, which has to be as wide as the slot. */
        private Integer slot(String operand) {
            Matcher matcher = SLOT.matcher(operand);
            if (!matcher.matches()) {
                assertThat(operand)
                        .matches(Map.of(4, "e..|r\\d+d", 32, "ymm.+", 64, "zmm.+")
                                .getOrDefault(slotBytes, "xmm.+"));
                return null;
            }
            int size = Map.of("DWORD", 4, "QWORD", 8, "XMMWORD", 16, "YMMWORD", 32, "ZMMWORD", 64)
                    .get(matcher.group(1));
            int offset = matcher.group(2) == null ? 0 : Integer.decode(matcher.group(2));
            assertThat(size).isEqualTo(slotBytes);
            assertThat(offset % slotBytes).isZero();
            return offset / slotBytes;
        }
    }
}
