package dev.gatewright.discretise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Initialisation;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import dev.gatewright.network.WiredLayer;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.relax.TableRelaxation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscretiserTest {
    /** A network whose gates are one-hot computes what its circuit computes, for every input. */
    @Test
    void theCircuitIsTheNetworkOfItsTruthTables() {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int inputs = 6;
            Relaxation relaxation = new Softmax16();
            List<Layer> layers = new ArrayList<>();
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

    /** Gates of two to six inputs in one network, decomposed: the same outputs for every input. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void theCircuitOfLargerGatesIsTheNetworkOfItsTruthTables(int arity) {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int inputs = 8;
            List<Layer> layers = new ArrayList<>();
            int width = inputs;
            int[] arities = {arity, 2, 2 + random.nextInt(5)};
            for (int own : arities) {
                int gates = 12;
                TableRelaxation relaxation = TableRelaxation.all()
                        .get(random.nextInt(TableRelaxation.all().size()));
                layers.add(new LutLayer(
                        new Wiring.Random().connect(width, gates, own, random),
                        relaxation,
                        Initialisation.GAUSSIAN.parameters(relaxation, own, gates, random)));
                width = gates;
            }
            LogicNetwork network = new LogicNetwork(inputs, layers, 2);
            Circuit circuit = Discretiser.circuit(network);
            assertThat(circuit.maxArity()).isEqualTo(2);
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
        for (Layer layer : network.layers()) {
            List<Boolean> outputs = new ArrayList<>();
            for (int gate = 0; gate < layer.gates(); gate++) {
                int index = 0;
                for (int i = 0; i < layer.arity(); i++) {
                    index |= wires.get(((WiredLayer) layer).wire(gate, i)) ? 1 << i : 0;
                }
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
