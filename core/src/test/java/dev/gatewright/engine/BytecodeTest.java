package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BytecodeTest {
    private static final ClassDesc NAME = ClassDesc.of("dev.gatewright.engine", "Generated");
    /** Circuits of the fuzz, from seed {@code fuzz.seed} on. */
    private static final int CIRCUITS = Integer.getInteger("fuzz.circuits", 2500);

    private static final int FIRST = Integer.getInteger("fuzz.seed", 0);

    /** The expected text is {@code adder.approved.txt}; put what this prints there once it has been read. */
    @Test
    void codeOfAnAdderIsTheApproved() throws IOException {
        CircuitBuilder builder = new CircuitBuilder(4);
        int half = builder.gate(TruthTable.XOR, builder.input(0), builder.input(1));
        int both = builder.gate(TruthTable.AND, builder.input(0), builder.input(1));
        int sum = builder.gate(TruthTable.XOR, half, builder.input(2));
        int ripple = builder.gate(TruthTable.AND, half, builder.input(2));
        int carry = builder.gate(TruthTable.OR, both, ripple);
        Circuit circuit = builder.build(sum, builder.gate(TruthTable.A_AND_NOT_B, carry, builder.input(3)));
        String text = text(Bytecode.classes(NAME, schedule(circuit, 4, 6)));
        try (InputStream approved = BytecodeTest.class.getResourceAsStream("adder.approved.txt")) {
            assertThat(text).isEqualTo(new String(approved.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void equalsTheJudge() {
        for (int seed = FIRST; seed < FIRST + CIRCUITS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            int inputs = random.nextInt(40);
            int gates = random.nextInt(random.nextInt(20) == 0 ? 3000 : 150);
            Circuit circuit = RandomCircuits.random(seed, inputs, gates, 1 + random.nextInt(20), 1 + random.nextInt(6));
            Schedule schedule = schedule(circuit, 3 + random.nextInt(30), 1 + random.nextInt(400));
            BitMatrix in = RandomCircuits.randomBits(seed, 64, inputs);
            BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
            long[] slots = run(schedule, in);
            for (int output = 0; output < circuit.outputs(); output++) {
                long value = slots[schedule.outputSlots()[output]] ^ (schedule.outputInverted()[output] ? -1 : 0);
                assertThat(value).as("seed %d, output %d", seed, output).isEqualTo(expected.word(output, 0));
            }
        }
    }

    @Test
    void methodsStayBelowWhatTheVirtualMachineCompiles() {
        Circuit circuit = RandomCircuits.random(5, 66_000, 50_000, 20_000, 2);
        int span = Bytecode.MOST_METHOD_INSTRUCTIONS - 22;
        List<byte[]> classes = Bytecode.classes(NAME, schedule(circuit, 16, span));
        assertThat(classes).hasSizeGreaterThan(2);
        int longest = classes.stream()
                .flatMap(bytes -> ClassFile.of().parse(bytes).methods().stream())
                .mapToInt(method -> code(method).codeLength())
                .max()
                .orElseThrow();
        assertThat(longest).isBetween(StraightCode.MOST_METHOD_BYTES / 3, StraightCode.MOST_METHOD_BYTES);
    }

    @Test
    void noClassRefersToValuesInRegistersOfAnother() {
        Schedule schedule = schedule(RandomCircuits.random(9, 20, 2000, 10, 2), 8, 50);
        boolean[] set = new boolean[8];
        for (int i = 0; i < schedule.instructions(); i++) {
            for (int k = 3 * i; k < 3 * i + 2; k++) {
                int read = schedule.code()[k];
                assertThat(schedule.ops()[i] == Op.CUT || read >= 8 || set[read])
                        .as("instruction %d", i)
                        .isTrue();
            }
            if (schedule.ops()[i] == Op.CUT) {
                set = new boolean[8];
            } else if (schedule.code()[3 * i + 2] < 8) {
                set[schedule.code()[3 * i + 2]] = true;
            }
        }
    }

    private static Schedule schedule(Circuit circuit, int registers, int span) {
        Netlist netlist = Netlist.of(circuit);
        int[] order = LocalOrder.of(netlist, Math.max(2, registers - 4), true);
        return RegisterScheduler.schedule(netlist, order, new RegisterScheduler.Form(registers, true, 0, span));
    }

    private static long[] run(Schedule schedule, BitMatrix in) {
        long[] slots = new long[schedule.slots()];
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            slots[schedule.inputSlots()[i]] = in.word(schedule.inputsRead()[i], 0);
        }
        for (SlotCode piece : BytecodeEngine.load(Bytecode.classes(NAME, schedule))) {
            piece.run(slots);
        }
        return slots;
    }

    static CodeAttribute code(MethodModel method) {
        return (CodeAttribute) method.code().orElseThrow();
    }

    private static String text(List<byte[]> classes) {
        StringBuilder text = new StringBuilder();
        for (byte[] bytes : classes) {
            ClassModel type = ClassFile.of().parse(bytes);
            text.append(type.thisClass().asInternalName()).append('\n');
            for (MethodModel method : type.methods()) {
                text.append("  ").append(method.methodName().stringValue());
                text.append(method.methodType().stringValue()).append('\n');
                for (CodeElement element : code(method)) {
                    if (element instanceof Instruction instruction) {
                        text.append("    ").append(text(instruction)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    private static String text(Instruction instruction) {
        List<String> words = new ArrayList<>();
        words.add(instruction.opcode().name().toLowerCase(Locale.ROOT));
        switch (instruction) {
            case ConstantInstruction constant ->
                words.add(constant.constantValue().toString());
            case InvokeInstruction invoke -> words.add(invoke.name().stringValue());
            case LoadInstruction load -> words.add("local " + load.slot());
            case StoreInstruction store -> words.add("local " + store.slot());
            default -> {}
        }
        return String.join(" ", words);
    }
}
