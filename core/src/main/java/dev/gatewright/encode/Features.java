package dev.gatewright.encode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The banks of fixed features from which a description of an encoder picks. */
public enum Features {
    /** Where it gets lighter to the right, to the left, downwards and upwards (Sobel). */
    EDGES,
    /** Light and dark upright lines, light and dark level ones: second differences, smoothed along the line. */
    CURVATURE,
    /** Pixels lighter than their four neighbours, and darker ones. */
    LAPLACE;

    private static final Map<String, Stencil> EDGE_STENCILS = named(
            "right edge", Stencil.of(-1, 0, 1, -2, 0, 2, -1, 0, 1),
            "left edge", Stencil.of(1, 0, -1, 2, 0, -2, 1, 0, -1),
            "lower edge", Stencil.of(-1, -2, -1, 0, 0, 0, 1, 2, 1),
            "upper edge", Stencil.of(1, 2, 1, 0, 0, 0, -1, -2, -1));

    private static final Map<String, Stencil> CURVATURE_STENCILS = named(
            "upright line", Stencil.of(-1, 2, -1, -2, 4, -2, -1, 2, -1),
            "upright gap", Stencil.of(1, -2, 1, 2, -4, 2, 1, -2, 1),
            "level line", Stencil.of(-1, -2, -1, 2, 4, 2, -1, -2, -1),
            "level gap", Stencil.of(1, 2, 1, -2, -4, -2, 1, 2, 1));

    private static final Map<String, Stencil> LAPLACE_STENCILS = named(
            "spot", Stencil.of(0, -1, 0, -1, 4, -1, 0, -1, 0),
            "hole", Stencil.of(0, 1, 0, 1, -4, 1, 0, 1, 0));

    private static Map<String, Stencil> named(Object... namesAndStencils) {
        Map<String, Stencil> named = new LinkedHashMap<>();
        for (int i = 0; i < namesAndStencils.length; i += 2) {
            named.put((String) namesAndStencils[i], (Stencil) namesAndStencils[i + 1]);
        }
        return named;
    }

    private Map<String, Stencil> named() {
        return switch (this) {
            case EDGES -> EDGE_STENCILS;
            case CURVATURE -> CURVATURE_STENCILS;
            case LAPLACE -> LAPLACE_STENCILS;
        };
    }

    /** One a plane and colour. */
    List<Stencil> stencils() {
        return List.copyOf(named().values());
    }

    /** The name by which descriptions pick the bank. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String name(Stencil stencil) {
        for (Features bank : values()) {
            for (Map.Entry<String, Stencil> named : bank.named().entrySet()) {
                if (named.getValue().equals(stencil)) {
                    return named.getKey();
                }
            }
        }
        return stencil.weights().toString();
    }
}
