package dev.gatewright.discretise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiscretiserTest {
    /** A network whose gates are one-hot computes what its circuit computes, for every input. */
    @Test
    void theCircuitIsTheNetworkOfItsTruthTables() {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int inputs = 6;
            Relaxation relaxation = new Softmax16();
            List<DenseLayer> layers = new ArrayList<>();
            int width = inputs;
            for (int gates : new int[] {9, 12, 8}) {
                Connections connections = new Wiring.Random().connect(width, gates, random);
                float[] logits = new float[gates * 16];
                for (int gate = 0; gate < gates; gate++) {
                    logits[gate * 16 + random.nextInt(16)] = 1;
                }
                layers.add(new DenseLayer(connections, relaxation, logits));
                width = gates;
            }
            LogicNetwork network = new LogicNetwork(inputs, layers, 2);
            Circuit circuit = Discretiser.circuit(network);
            for (int x = 0; x < 1 << inputs; x++) {
                assertThat(outputs(circuit, x)).as("seed %d, input %d", seed, x).isEqualTo(outputs(network, x));
            }
        }
    }

    private static List<Boolean> outputs(Circuit circuit, int x) {
        boolean[] wires = new boolean[circuit.wires()];
        wires[1] = true;
        for (int i = 0; i < circuit.inputs(); i++) {
            wires[circuit.inputWire(i)] = (x >> i & 1) != 0;
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int index = 0;
            for (int i = 0; i < circuit.arity(gate); i++) {
                index |= wires[circuit.wire(gate, i)] ? 1 << i : 0;
            }
            wires[circuit.gateWire(gate)] = TruthTable.value(circuit.table(gate), index);
        }
        List<Boolean> outputs = new ArrayList<>();
        for (int i = 0; i < circuit.outputs(); i++) {
            outputs.add(wires[circuit.output(i)]);
        }
        return outputs;
    }

    private static List<Boolean> outputs(LogicNetwork network, int x) {
        List<Boolean> wires = new ArrayList<>();
        for (int i = 0; i < network.inputs(); i++) {
            wires.add((x >> i & 1) != 0);
        }
        for (DenseLayer layer : network.layers()) {
            List<Boolean> outputs = new ArrayList<>();
            for (int gate = 0; gate < layer.gates(); gate++) {
                int index = (wires.get(layer.connections().a(gate)) ? 1 : 0)
                        | (wires.get(layer.connections().b(gate)) ? 2 : 0);
                outputs.add(TruthTable.value(layer.table(gate), index));
            }
            wires = outputs;
        }
        return wires;
    }

    @Test
    void anotherNumberOfTablesIsRefused() {
        LogicNetwork network = new LogicNetwork(
                2,
                List.of(new DenseLayer(
                        new Connections(2, new int[] {0}, new int[] {1}), new Softmax16(), new float[16])),
                1);
        assertThatThrownBy(() -> Discretiser.circuit(network, new byte[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
