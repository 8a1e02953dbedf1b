package dev.gatewright.pass;

import dev.gatewright.circuit.InputRelations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Assignments of inputs on which wires are compared, 64 a word, one long an input: random ones that the relations allow
 * to begin with, then examples that told two wires apart.
 */
final class Patterns {
    private static final int MOST_EXAMPLES = 64 * Long.SIZE;
    private static final long SEED = 0x6A7E;

    private final InputRelations relations;
    private final List<long[]> words = new ArrayList<>();
    private final List<long[]> examples = new ArrayList<>();
    private int found;

    Patterns(InputRelations relations, int randomWords) {
        this.relations = relations;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int word = 0; word < randomWords; word++) {
            long[] in = new long[relations.inputs()];
            for (int i = 0; i < in.length; i++) {
                long a = random.nextLong();
                in[i] = switch (word % 4) {
                    case 0, 1 -> a;
                    case 2 -> a & random.nextLong();
                    default -> a | random.nextLong();
                };
            }
            relations.draw(in, random);
            words.add(in);
        }
    }

    /** The words, without examples that came since the last {@link #learn}. */
    List<long[]> words() {
        return words;
    }

    /** Notes the assignment that a proof found; some thousand a round, then no more. */
    void add(Equality proof) {
        if (found < MOST_EXAMPLES) {
            if (found % Long.SIZE == 0) {
                examples.add(words.get(found / Long.SIZE % words.size()).clone());
            }
            proof.example(examples.getLast(), found % Long.SIZE);
            found++;
        }
    }

    /** Adds the examples to the words; false where there were none. */
    boolean learn() {
        boolean any = !examples.isEmpty();
        examples.forEach(relations::close);
        words.addAll(examples);
        examples.clear();
        found = 0;
        return any;
    }
}
