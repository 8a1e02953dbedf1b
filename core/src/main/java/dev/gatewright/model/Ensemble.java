package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.EncoderUnion;
import dev.gatewright.encode.InputException;
import dev.gatewright.pass.Pipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Several models as one whose votes are all of theirs: one encoder, one circuit that shares equal gates, one read-out. */
public final class Ensemble {
    private final List<Model> members;

    private Ensemble(List<Model> members) {
        this.members = members;
    }

    /**
     * Joins models of the same classes, or of numbers on the same scale. Votes of classes count the same whichever member
     * they come from, and the scores are the mean of the members' where these have the same τ; a number is the mean.
     *
     * @throws InputException if the models do not predict the same, or their encoders do not fit each other
     */
    public static Model of(List<Model> members) {
        if (members.size() < 2) {
            throw new InputException(members.size() + " model(s) to join; expected 2 or more");
        }
        return new Ensemble(List.copyOf(members)).model();
    }

    private Model model() {
        Model first = members.getFirst();
        for (Model member : members) {
            if (!member.target().equals(first.target()) || !member.labels().equals(first.labels())) {
                throw new InputException("one model predicts " + words(first) + " and another " + words(member)
                        + "; expected the same of all");
            }
        }
        Readout readout = readout();
        EncoderUnion union =
                EncoderUnion.of(members.stream().map(Model::encoder).toList());
        int groups = Math.max(1, first.labels().size());
        Circuit circuit = Pipeline.STANDARD.run(joined(union, groups)).circuit();
        return new Model(union.encoder(), circuit, readout, first.target(), first.labels(), provenance());
    }

    private static String words(Model model) {
        return "'" + model.target() + "' " + (model.labels().isEmpty() ? "as a number" : "among " + model.labels());
    }

    private Readout readout() {
        return switch (members.getFirst().readout()) {
            case Readout.GroupSum sum -> {
                double tau = 0;
                for (Model member : members) {
                    tau += ((Readout.GroupSum) member.readout()).tau();
                }
                yield new Readout.GroupSum(sum.classes(), (float) tau);
            }
            case Readout.Regression first -> {
                double offset = 0;
                for (Model member : members) {
                    if (!(member.readout() instanceof Readout.Regression scaled) || scaled.scale() != first.scale()) {
                        throw new InputException("the models count on different scales; expected networks with the same"
                                + " number of outputs, trained on the same samples (--split-seed)");
                    }
                    offset += scaled.offset();
                }
                yield new Readout.Regression(first.scale() / members.size(), (float) (offset / members.size()));
            }
            case Readout.Bits ignored ->
                throw new InputException("a model of bits has no votes to add; expected one of classes or a number");
        };
    }

    /** All outputs, class after class and in each member after member. */
    private Circuit joined(EncoderUnion union, int groups) {
        int arity = members.stream().mapToInt(m -> m.circuit().maxArity()).max().orElseThrow();
        CircuitBuilder builder = new CircuitBuilder(union.encoder().bits(), arity);
        List<int[]> outputs = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            int[] bits = IntStream.of(union.places().get(i)).map(builder::input).toArray();
            outputs.add(members.get(i).circuit().addTo(builder, bits));
        }
        int[] wires = IntStream.range(0, groups)
                .boxed()
                .flatMap(group -> outputs.stream().map(all -> {
                    int size = all.length / groups;
                    return Arrays.copyOfRange(all, group * size, (group + 1) * size);
                }))
                .flatMapToInt(Arrays::stream)
                .toArray();
        return builder.build(wires);
    }

    /**
     * Facts that are the same for all members, and those that differ by member. The part held out for validation is a
     * fact only where all held out the same samples.
     */
    private Provenance provenance() {
        SortedMap<String, String> facts = new TreeMap<>();
        Set<String> names = new HashSet<>();
        members.forEach(member -> names.addAll(member.provenance().facts().keySet()));
        for (String name : names) {
            List<Optional<String>> values = members.stream()
                    .map(member ->
                            Optional.ofNullable(member.provenance().facts().get(name)))
                    .toList();
            if (values.stream().distinct().count() == 1) {
                facts.put(name, values.getFirst().orElseThrow());
                continue;
            }
            for (int i = 0; i < values.size(); i++) {
                String own = "member_" + (i + 1) + "_" + name;
                values.get(i).ifPresent(value -> facts.put(own, value));
            }
        }
        facts.put("members", Integer.toString(members.size()));
        if (splitAlike(members)) {
            facts.put("split_seed", splitSeed(members.getFirst()));
        } else {
            facts.remove("validation");
        }
        return new Provenance(facts);
    }

    /** Whether the models were trained, validated and tested on the same parts of the same data, as far as they say. */
    public static boolean splitAlike(List<Model> members) {
        return members.stream()
                        .map(member -> List.of(
                                splitSeed(member),
                                member.provenance().facts().getOrDefault("validation", ""),
                                member.provenance().facts().getOrDefault("data_sha256", "")))
                        .distinct()
                        .count()
                == 1;
    }

    private static String splitSeed(Model model) {
        SortedMap<String, String> facts = model.provenance().facts();
        return facts.getOrDefault("split_seed", facts.getOrDefault("seed", "0"));
    }
}
