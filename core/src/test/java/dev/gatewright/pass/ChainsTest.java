package dev.gatewright.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChainsTest {
    private static final int[] INPUT_TABLES = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};

    @Test
    void everyFunctionIsATransformOfItsRepresentative() {
        assertThat(FourInputs.representatives()).hasSize(222);
        for (int table = 0; table < 1 << 16; table++) {
            int representative = FourInputs.representative(table);
            assertThat(FourInputs.apply(representative, FourInputs.transform(table)))
                    .as("table %04x", table)
                    .isEqualTo(table);
            assertThat(FourInputs.representative(representative)).isEqualTo(representative);
        }
    }

    @Test
    void everyChainComputesItsClass() {
        for (int representative : FourInputs.representatives()) {
            byte[][] chains = Chains.of(representative);
            for (byte[] chain : chains) {
                assertThat(compute(chain)).as("class %04x", representative).isEqualTo(representative);
                assertThat(chain).hasSameSizeAs(chains[0]);
            }
        }
    }

    /** Knuth, The Art of Computer Programming 4A, 7.1.2, table 1: classes by the length of their shortest chains. */
    @Test
    void chainsAreAsShortAsCanBe() {
        Map<Integer, Integer> classes = new TreeMap<>();
        for (int representative : FourInputs.representatives()) {
            byte[][] chains = Chains.of(representative);
            classes.merge(chains.length == 0 ? 0 : chains[0].length / 2, 1, Integer::sum);
        }
        assertThat(classes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(0, 2, 1, 2, 2, 5, 3, 20, 4, 34, 5, 75, 6, 72, 7, 12));
    }

    @Test
    void searchFindsTheShorterChainsAgain() {
        for (String line : ChainSearch.search(4, 1)) {
            int representative = Integer.parseInt(line.substring(0, 4), 16);
            byte[][] chains = Chains.of(representative);
            assertThat(line.length()).as(line).isEqualTo(chains.length == 0 ? 4 : 5 + chains[0].length);
        }
    }

    private static int compute(byte[] chain) {
        int[] tables = new int[16];
        System.arraycopy(INPUT_TABLES, 0, tables, 0, 4);
        for (int k = 0; k < chain.length / 2; k++) {
            int a = tables[chain[2 * k] >> 1] ^ -(chain[2 * k] & 1);
            int b = tables[chain[2 * k + 1] >> 1] ^ -(chain[2 * k + 1] & 1);
            tables[4 + k] = chain[2 * k] < chain[2 * k + 1] ? a & b : a ^ b;
        }
        int out = chain[chain.length - 1];
        return (tables[out >> 1] ^ -(out & 1)) & 0xFFFF;
    }
}
