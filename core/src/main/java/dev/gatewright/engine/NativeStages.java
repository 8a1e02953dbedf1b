package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes machine code of the kernels of a circuit in stages, part by part; what cannot be such is run in the portable way. */
final class NativeStages {
    /** Gates of a part: their code, some bytes each, stays in the nearest cache while it runs at every position. */
    private static final int MOST_PART_GATES = 4096;
    /** Registers that the order of gates leaves to others: a choice may need some for its own operands. */
    private static final int SPARE_REGISTERS = 4;

    private final Kernels kernels;
    private final Machine machine;
    private final int bits;
    private final StagedCircuit circuit;
    private final StageLayout layout;
    private int own;

    NativeStages(Kernels kernels, Machine machine, StagedCircuit circuit) {
        this.kernels = kernels;
        this.machine = machine;
        this.bits = Long.SIZE * kernels.words();
        this.circuit = circuit;
        this.layout = new StageLayout(circuit);
    }

    Executable executable(String name) {
        List<Gates> gates = new ArrayList<>();
        for (int i = 0; i < circuit.stages().size(); i++) {
            gates.addAll(stage(i));
        }
        return new SlotExecutable(name, kernels, Optional.of(machine), layout.schedule(own), new InTurn(gates));
    }

    private List<Gates> stage(int index) {
        Stage stage = circuit.stages().get(index);
        List<Gates> parts = new ArrayList<>();
        try {
            for (KernelAt kernel : KernelAt.of(stage, trueInputs(index))) {
                for (KernelPart part : parts(kernel)) {
                    parts.add(code(part, kernel.positions(), index));
                }
            }
            return parts;
        } catch (Machine.CodeTooLargeException | IOException refused) {
            parts.forEach(Gates::close);
            KernelCode code = new PortableEngine(kernels).kernel(stage.kernel());
            return List.of(new StageGates(kernels, code, layout, index));
        }
    }

    /** Input of a stage's kernel → whether it is of a plane that the stage before makes true throughout. */
    private boolean[] trueInputs(int index) {
        Stage stage = circuit.stages().get(index);
        boolean[] isTrue = new boolean[stage.kernel().inputs()];
        if (index > 0) {
            Stage before = circuit.stages().get(index - 1);
            int positions = before.grid().positions().size();
            int plane = stage.grid().plane().size();
            for (int input = 0; positions % plane == 0 && input < isTrue.length; input++) {
                int channel = input / stage.grid().window().size();
                isTrue[input] = before.kernel().output(channel / (positions / plane)) == 1;
            }
        }
        return isTrue;
    }

    /** What stands at one place only is not cut: nothing would be read twice. */
    private static List<KernelPart> parts(KernelAt at) {
        Circuit kernel = at.kernel();
        return at.positions().length > 1
                ? KernelPart.of(kernel, MOST_PART_GATES)
                : List.of(new KernelPart(
                        kernel,
                        IntStream.range(0, kernel.inputs()).toArray(),
                        IntStream.range(0, kernel.outputs()).toArray()));
    }

    private Gates code(KernelPart part, int[] positions, int stage) throws Machine.CodeTooLargeException, IOException {
        if (bits > machine.mostBits()) {
            throw new Machine.CodeTooLargeException("slots of " + bits + " bits for " + machine.name());
        }
        if ((long) layout.slots() * bits / Byte.SIZE > Integer.MAX_VALUE / 2) {
            throw new Machine.CodeTooLargeException(layout.slots() + " slots of " + bits + " bits");
        }
        Netlist netlist = Netlist.of(part.circuit(), machine.mostOperands(bits));
        machine.requireInstructions(netlist.operations());
        int registers = machine.registers(bits, 0);
        int[] order = LocalOrder.of(netlist, registers - SPARE_REGISTERS, true);
        Schedule schedule = RegisterScheduler.schedule(
                netlist,
                order,
                new RegisterScheduler.Form(registers, machine.readsSlots(bits), 0, Integer.MAX_VALUE, true));
        own = Math.max(own, schedule.slots() - schedule.inputs() - schedule.outputs());
        return MachineCode.of(machine.assemble(schedule, layout.place(stage, part, positions), bits));
    }
}
