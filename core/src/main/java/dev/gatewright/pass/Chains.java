package dev.gatewright.pass;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The shortest chains of two-input gates for every function of four inputs, several for most classes. Inverters cost
 * nothing; no function needs more than seven gates.
 *
 * <p>A chain is an array of literals, two a gate and one for the output: input {@code j} of the class's representative
 * is literal {@code 2 j}, gate {@code k} literal {@code 2 (4 + k)}, plus one for the inverse. A gate is the conjunction
 * of its literals where they ascend, the exclusive or where they descend. The resource {@code chains4.txt} holds
 * a line a class: the representative in hexadecimal, then chains with {@code 'a'} for literal 0.
 */
final class Chains {
    private static final Map<Integer, byte[][]> OF_CLASS = load();

    private Chains() {}

    /** The chains of the class of which {@code representative} is the smallest table. */
    static byte[][] of(int representative) {
        return OF_CLASS.get(representative);
    }

    private static Map<Integer, byte[][]> load() {
        Map<Integer, byte[][]> chains = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Chains.class.getResourceAsStream("chains4.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split(" ", -1);
                byte[][] ofClass = new byte[words.length - 1][];
                for (int i = 1; i < words.length; i++) {
                    ofClass[i - 1] = literals(words[i]);
                }
                chains.put(Integer.parseInt(words[0], 16), ofClass);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chains;
    }

    private static byte[] literals(String word) {
        byte[] literals = new byte[word.length()];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = (byte) (word.charAt(i) - 'a');
        }
        return literals;
    }
}
