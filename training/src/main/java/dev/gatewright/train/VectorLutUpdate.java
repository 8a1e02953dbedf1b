package dev.gatewright.train;

import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.relax.WalshTable;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The half of {@link VectorLutKernels} that sees parameters: projection on entries, gradients, AdamW. */
final class VectorLutUpdate {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = Kernels.LANES;

    /** Parameters whose gradients stand in the scratch memory at a time: whole gates. */
    private static final int SPAN = Kernels.SCRATCH;

    /** One thing done to a span. All run from one call site, to be compiled each on its own; see {@link TilePasses.Pass}. */
    @FunctionalInterface
    private interface Sweep {
        void run(Span span);
    }

    private static final Sweep[] SIGMOID = {
        VectorLutUpdate::add, VectorLutUpdate::sigmoidSlopes, VectorLutUpdate::step, VectorLutUpdate::sigmoids
    };
    private static final Sweep[] SINE = {
        VectorLutUpdate::add, VectorLutUpdate::sineSlopes, VectorLutUpdate::step, VectorLutUpdate::sines
    };
    private static final Sweep[] WALSH = {
        VectorLutUpdate::add, VectorLutUpdate::transform, VectorLutUpdate::step, VectorLutUpdate::coefficients
    };
    private static final Sweep[] FINITE_DIFFERENCE = {
        VectorLutUpdate::add, VectorLutUpdate::step, VectorLutUpdate::clamp, VectorLutUpdate::halves
    };

    /** Parameters {@code from} to {@code to − 1} and all that belongs to them; gradients are counted from 0. */
    private static final class Span {
        final LutPlan plan;
        final Kernels.AdamStep adam;
        final float[][] sums;
        final float[] gradients;
        final float[] parameters;
        final float[][] moments;
        final float[] entries;
        int from;
        int to;

        Span(
                LutPlan plan,
                Kernels.AdamStep adam,
                float[][] sums,
                float[] gradients,
                float[] parameters,
                float[][] moments,
                float[] entries) {
            this.plan = plan;
            this.adam = adam;
            this.sums = sums;
            this.gradients = gradients;
            this.parameters = parameters;
            this.moments = moments;
            this.entries = entries;
        }

        void run(Sweep[] sweeps, int first, int start, int end) {
            from = start;
            to = end;
            for (int i = first; i < sweeps.length; i++) {
                sweeps[i].run(this);
            }
        }
    }

    private VectorLutUpdate() {}

    private static Sweep[] sweeps(TableRelaxation relaxation) {
        return switch (relaxation) {
            case LightTable light ->
                switch (light.estimator()) {
                    case SIGMOID -> SIGMOID;
                    case SINE -> SINE;
                };
            case WalshTable ignored -> WALSH;
            case FiniteDifferenceTable ignored -> FINITE_DIFFERENCE;
        };
    }

    /** {@link LutKernels#project}: the last of the sweeps. */
    static void project(
            LutPlan plan, TableRelaxation relaxation, float[] parameters, float[] entries, int from, int to) {
        Sweep[] sweeps = sweeps(relaxation);
        Span span = new Span(plan, null, new float[0][], new float[0], parameters, new float[0][], entries);
        span.run(sweeps, sweeps.length - 1, from, to);
    }

    /** {@link LutKernels#update}. */
    static void update(
            LutPlan plan,
            TableRelaxation relaxation,
            Kernels.AdamStep adam,
            float[][] sums,
            float[] parameters,
            float[][] moments,
            float[] entries,
            int from,
            int to,
            float[] scratch) {
        Sweep[] sweeps = sweeps(relaxation);
        Span span = new Span(plan, adam, sums, scratch, parameters, moments, entries);
        for (int start = from; start < to; start += SPAN) {
            span.run(sweeps, 0, start, Math.min(start + SPAN, to));
        }
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }

    private static FloatVector every(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    private static void add(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            FloatVector gradient = FloatVector.zero(SPECIES);
            for (float[] chunk : span.sums) {
                gradient = gradient.add(load(chunk, i));
            }
            gradient.intoArray(span.gradients, i - span.from);
        }
    }

    private static void sigmoidSlopes(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            FloatVector entry = load(span.entries, i);
            FloatVector slope = entry.mul(every(1).sub(entry));
            load(span.gradients, i - span.from).mul(slope).intoArray(span.gradients, i - span.from);
        }
    }

    private static void sineSlopes(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            FloatVector slope = VectorMath.cos(load(span.parameters, i)).mul(0.5f);
            load(span.gradients, i - span.from).mul(slope).intoArray(span.gradients, i - span.from);
        }
    }

    private static void transform(Span span) {
        for (int gate = 0; gate < span.to - span.from; gate += span.plan.stride) {
            WalshTable.transform(span.gradients, gate, span.plan.arity);
        }
    }

    private static void step(Span span) {
        float[] first = span.moments[0];
        float[] second = span.moments[1];
        for (int i = span.from; i < span.to; i += LANES) {
            VectorUpdate.step(span.adam, span.parameters, first, second, i, load(span.gradients, i - span.from));
        }
    }

    private static void clamp(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            load(span.parameters, i).max(-1).min(1).intoArray(span.parameters, i);
        }
    }

    private static void sigmoids(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            VectorMath.sigmoid(load(span.parameters, i)).intoArray(span.entries, i);
        }
    }

    private static void sines(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            every(0.5f)
                    .fma(VectorMath.sin(load(span.parameters, i)), every(0.5f))
                    .intoArray(span.entries, i);
        }
    }

    private static void coefficients(Span span) {
        LutPlan.walsh(span.plan, span.parameters, span.entries, span.from, span.to);
    }

    private static void halves(Span span) {
        for (int i = span.from; i < span.to; i += LANES) {
            every(0.5f).fma(load(span.parameters, i), every(0.5f)).intoArray(span.entries, i);
        }
    }
}
