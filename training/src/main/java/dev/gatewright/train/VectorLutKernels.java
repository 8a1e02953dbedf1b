package dev.gatewright.train;

import static dev.gatewright.train.VectorLutStages.every;
import static dev.gatewright.train.VectorLutStages.load;

import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.train.LutGate.Stage;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The kernels of larger gates on 256-bit vectors. */
final class VectorLutKernels implements LutKernels {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;

    private static final Stage[] FORWARD = {VectorLutStages::mixLow, VectorLutStages::interpolate};
    private static final Stage[] INPUTS = {
        VectorLutStages::weigh,
        VectorLutStages::mixHigh,
        gate -> VectorLutStages.slopes(gate, gate.x0, gate.x1, gate.x2, 0),
        VectorLutStages::mixLow,
        gate -> VectorLutStages.slopes(gate, gate.x3, gate.x4, gate.x5, LutPlan.LOW)
    };

    @Override
    public void forward(LutPlan plan, float[] entries, float[] slab, int in, int out, int scratch) {
        LutGate at = new LutGate(plan, entries, slab, scratch);
        for (int gate = 0; gate < plan.gates; gate++) {
            at.place(gate, in, out, 0);
            at.run(FORWARD);
        }
    }

    @Override
    public void entryGradients(LutPlan plan, float[] slab, int in, int outGradient, float[] sums, int scratch) {
        LutGate at = new LutGate(plan, sums, slab, scratch);
        Stage[] stages = entryStages(at.high);
        for (int gate = 0; gate < plan.gates; gate++) {
            at.place(gate, in, 0, outGradient);
            at.run(stages);
        }
    }

    @Override
    public void inputGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, int inGradient, int scratch) {
        LutGate at = new LutGate(plan, entries, slab, scratch);
        at.gradients = slab;
        for (int gate = 0; gate < plan.gates; gate++) {
            at.place(gate, in, 0, outGradient);
            at.placeInputGradients(gate, inGradient);
            at.run(INPUTS);
        }
    }

    @Override
    public void slotGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, float[] gradients, int scratch) {
        LutGate at = new LutGate(plan, entries, slab, scratch);
        at.gradients = gradients;
        for (int gate = 0; gate < plan.gates; gate++) {
            at.place(gate, in, 0, outGradient);
            at.placeSlotGradients(gate);
            at.run(INPUTS);
        }
    }

    private static Stage[] entryStages(int high) {
        Stage weigh = VectorLutStages::weigh;
        Stage share = VectorLutStages::share;
        return switch (high) {
            case 1 -> new Stage[] {weigh, share, VectorLutStages::addOne};
            case 2 -> new Stage[] {weigh, share, VectorLutStages::addTwo};
            case 4 -> new Stage[] {weigh, share, gate -> VectorLutStages.addFour(gate, 0)};
            default ->
                new Stage[] {
                    weigh, share, gate -> VectorLutStages.addFour(gate, 0), gate -> VectorLutStages.addFour(gate, 4)
                };
        };
    }

    @Override
    public void squash(float[] values, int from, int length) {
        for (int i = from; i < from + length; i += LANES) {
            VectorMath.sigmoid(load(values, i)).intoArray(values, i);
        }
    }

    @Override
    public void unsquash(LutPlan plan, float[] slab, int out, int outGradient, int to) {
        for (int gate = 0; gate < plan.gates; gate++) {
            for (int j = 0; j < TILE; j += LANES) {
                FloatVector output = load(slab, out + plan.out[gate] * TILE + j);
                FloatVector delta = load(slab, outGradient + plan.gradient[gate] * TILE + j);
                delta.mul(output.mul(every(1).sub(output))).intoArray(slab, to + gate * TILE + j);
            }
        }
    }

    @Override
    public void round(float[] values, int from, float[] rounded, int to, int length, float low, float high) {
        for (int i = 0; i < length; i += LANES) {
            VectorMask<Float> half = load(values, from + i).compare(VectorOperators.GE, 0.5f);
            every(low).blend(every(high), half).intoArray(rounded, to + i);
        }
    }

    @Override
    public void project(
            LutPlan plan, TableRelaxation relaxation, float[] parameters, float[] entries, int from, int to) {
        VectorLutUpdate.project(plan, relaxation, parameters, entries, from, to);
    }

    @Override
    public void update(
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
        VectorLutUpdate.update(plan, relaxation, adam, sums, parameters, moments, entries, from, to, scratch);
    }
}
