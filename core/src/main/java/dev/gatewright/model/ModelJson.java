package dev.gatewright.model;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Stencil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a model that are stored as JSON, to and fro. */
final class ModelJson {
    private ModelJson() {}

    static Object inputs(Encoder.Inputs inputs) {
        return switch (inputs) {
            case Encoder.Inputs.Pixels p -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("pixels", List.of(p.channels(), p.height(), p.width()));
                if (!p.stencils().isEmpty()) {
                    json.put(
                            "stencils",
                            p.stencils().stream().map(Stencil::weights).toList());
                }
                yield json;
            }
            case Encoder.Inputs.Columns columns -> {
                List<Object> list = new ArrayList<>();
                for (Encoder.InputColumn column : columns.columns()) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("name", column.name());
                    entry.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
                    entry.put("categories", column.categories());
                    list.add(entry);
                }
                yield Map.of("columns", list);
            }
        };
    }

    static Encoder.Inputs inputs(Object json) throws FormatException {
        if (json instanceof Map<?, ?> object) {
            boolean alone = object.size() == 1;
            boolean derived = object.size() == 2 && object.containsKey("stencils");
            if ((alone || derived) && object.get("pixels") instanceof List<?> shape && shape.size() == 3) {
                return new Encoder.Inputs.Pixels(
                        size(shape.get(0)),
                        size(shape.get(1)),
                        size(shape.get(2)),
                        alone ? List.of() : stencils(object.get("stencils")));
            }
            if (alone && object.get("columns") instanceof List<?> list) {
                List<Encoder.InputColumn> columns = new ArrayList<>();
                for (Object entry : list) {
                    columns.add(column(entry));
                }
                return new Encoder.Inputs.Columns(columns);
            }
        }
        throw new FormatException("metadata inputs names neither pixels nor columns");
    }

    private static List<Stencil> stencils(Object json) throws FormatException {
        List<Stencil> stencils = new ArrayList<>();
        if (!(json instanceof List<?> list) || list.isEmpty()) {
            throw new FormatException("the stencils are not a list of some");
        }
        for (Object element : list) {
            List<Integer> weights = new ArrayList<>();
            if (element instanceof List<?> numbers) {
                for (Object number : numbers) {
                    if (!(number instanceof Long weight) || weight != (byte) (long) weight) {
                        throw new FormatException("found " + number + " where a weight of a stencil was expected");
                    }
                    weights.add((int) (long) weight);
                }
            }
            stencils.add(new Stencil(weights));
        }
        return stencils;
    }

    private static Encoder.InputColumn column(Object json) throws FormatException {
        if (json instanceof Map<?, ?> entry
                && entry.get("name") instanceof String name
                && entry.get("kind") instanceof String kind) {
            List<String> categories = strings(entry.get("categories"), "categories of column " + name);
            for (Encoder.Kind known : Encoder.Kind.values()) {
                if (known.name().toLowerCase(Locale.ROOT).equals(kind)) {
                    return new Encoder.InputColumn(name, known, categories);
                }
            }
        }
        throw new FormatException("metadata inputs has a column without name, known kind and categories");
    }

    static Object readout(Readout readout) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (readout) {
            case Readout.GroupSum sum -> {
                json.put("kind", "group-sum");
                json.put("classes", sum.classes());
                json.put("tau", (double) sum.tau());
            }
            case Readout.Regression regression -> {
                json.put("kind", "regression");
                json.put("scale", (double) regression.scale());
                json.put("offset", (double) regression.offset());
            }
            case Readout.Bits bits -> json.put("kind", "bits");
        }
        return json;
    }

    static Readout readout(Object json) throws FormatException {
        if (json instanceof Map<?, ?> object && object.get("kind") instanceof String kind) {
            return switch (kind) {
                case "group-sum" -> new Readout.GroupSum(size(object.get("classes")), number(object.get("tau")));
                case "regression" -> new Readout.Regression(number(object.get("scale")), number(object.get("offset")));
                case "bits" -> new Readout.Bits();
                default -> throw new FormatException("the read-out " + kind + " is unknown");
            };
        }
        throw new FormatException("metadata readout has no kind");
    }

    static List<String> strings(Object json, String what) throws FormatException {
        List<String> strings = new ArrayList<>();
        if (!(json instanceof List<?> list)) {
            throw new FormatException("the " + what + " are not a list");
        }
        for (Object element : list) {
            if (!(element instanceof String string)) {
                throw new FormatException("the " + what + " are not all strings");
            }
            strings.add(string);
        }
        return strings;
    }

    static Provenance provenance(Object json) throws FormatException {
        SortedMap<String, String> facts = new TreeMap<>();
        if (!(json instanceof Map<?, ?> object)) {
            throw new FormatException("metadata provenance is not an object");
        }
        for (Map.Entry<?, ?> fact : object.entrySet()) {
            if (!(fact.getValue() instanceof String value)) {
                throw new FormatException("the provenance " + fact.getKey() + " is not a string");
            }
            facts.put((String) fact.getKey(), value);
        }
        return new Provenance(facts);
    }

    static int size(Object json) throws FormatException {
        if (json instanceof Long size && size >= 0 && size <= Integer.MAX_VALUE) {
            return (int) (long) size;
        }
        throw new FormatException("found " + json + " where a size was expected");
    }

    private static float number(Object json) throws FormatException {
        if (json instanceof Number number) {
            return number.floatValue();
        }
        throw new FormatException("found " + json + " where a number was expected");
    }
}
