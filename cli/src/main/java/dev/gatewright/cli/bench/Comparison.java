package dev.gatewright.cli.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sets our engines beside the peers' C in one process, one thread, in alternating rounds.
 *
 * @param cache where compiled C is kept
 * @param gccLimit after which one compilation is given up
 * @param engines ours
 * @param alternation how long and how often to measure
 * @param progress told what is going on
 */
public record Comparison(
        Path cache, Duration gccLimit, List<Engine> engines, Alternation alternation, Consumer<String> progress) {
    /** Beyond these gates gcc does not finish with optimisation. */
    private static final int MOST_OPTIMISED = 60_000;
    /** Beyond these it takes too much memory without. */
    private static final int MOST_LINES = 500_000;

    private static final int CHECKED = 1024;
    /** For 60,000 variables of 512 bits or 500,000 of 64, several times over. */
    private static final long STACK_BYTES = 64L << 20;

    /**
     * @param network its name
     * @param peers the network as the peers run it
     * @param ours the same function over the same bits, or another that is as accurate
     * @param same whether both compute the same; then they are checked against each other
     * @param samples what full calls read
     * @param bits the same samples as the peers read them
     */
    public record Task(String network, RawNet peers, Model ours, boolean same, Samples samples, BitMatrix bits) {}

    private record Entry(
            String name, double seconds, long source, long code, Alternation.Work net, Alternation.Work full) {}

    /** The forms of C that are worth trying for so many gates, the one that ratios divide by first. */
    static List<CForm> forms(int gates) {
        List<CForm> tables = List.of(CForm.table(64), CForm.table(256), CForm.table(512));
        List<CForm> forms = new ArrayList<>();
        if (gates <= MOST_OPTIMISED) {
            forms.addAll(List.of(CForm.PEERS, CForm.PEERS_O3));
            forms.addAll(HostFacts.hasAvx512() ? List.of() : List.of(CForm.vectors(256)));
            forms.add(CForm.vectors(512));
            forms.addAll(tables);
        } else {
            forms.addAll(tables);
            forms.addAll(gates <= MOST_LINES ? List.of(CForm.PEERS_O0) : List.of());
        }
        return forms;
    }

    /** All that takes part, and what the first samples must give. */
    private record Field(
            List<EngineRun> runs,
            List<CBaseline> baselines,
            List<Entry> entries,
            List<Scores.Contestant> absent,
            BitMatrix checked,
            BitMatrix expected) {}

    /**
     * Compiles whatever is needed, checks that all compute the same, and measures. That happens on a thread of its own,
     * because straight-line C keeps up to a word a gate on the stack.
     *
     * @throws IllegalStateException if a contestant computes something else, or runs out of memory
     */
    public Scores run(Task task) throws IOException, InterruptedException {
        FutureTask<Scores> work = new FutureTask<>(() -> compare(task));
        Thread thread = new Thread(null, work, "gatewright-compare", STACK_BYTES);
        thread.start();
        try {
            return work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            thread.interrupt();
        }
    }

    private Scores compare(Task task) throws IOException, InterruptedException {
        List<EngineRun> runs = new ArrayList<>();
        List<CBaseline> baselines = new ArrayList<>();
        List<Scores.Contestant> absent = new ArrayList<>();
        try {
            for (Engine engine : engines) {
                progress.accept(task.network + ": compiling for the " + engine.name() + " engine");
                EngineRun run = EngineRun.of(engine, task);
                // An engine that left the work to another is listed, and measured only where it is all there is.
                if (engines.size() == 1 || run.name().startsWith(engine.name())) {
                    runs.add(run);
                } else {
                    run.close();
                    absent.add(Scores.Contestant.absent("ours, " + engine.name(), "runs as " + run.name()));
                }
            }
            int rows = Math.min(CHECKED, task.bits.samples());
            BitMatrix checked = task.bits.select(IntStream.range(0, rows).toArray());
            BitMatrix expected = runs.getFirst().executable().evaluate(checked, 1);
            Field field = new Field(runs, baselines, new ArrayList<>(), absent, checked, expected);
            for (CForm form : forms(task.peers.gates())) {
                add(form.name(), task.peers, form, task, field);
            }
            if (task.same && task.ours.circuit().gates() <= MOST_OPTIMISED) {
                RawNet own = RawNet.of(task.ours.circuit(), task.peers.groups());
                add("our circuit as " + CForm.PEERS.name(), own, CForm.PEERS, task, field);
            }
            for (EngineRun run : runs) {
                requireSame(expected, run.executable().evaluate(checked, 1), run.name());
                progress.accept(task.network + ": warming up the " + run.name() + " engine");
                run.warmUp(alternation);
                field.entries.add(new Entry("ours, " + run.name(), run.compileSeconds(), 0, 0, run.net(), run.full()));
            }
            return scores(task, field);
        } finally {
            runs.forEach(EngineRun::close);
            baselines.forEach(CBaseline::close);
        }
    }

    private void add(String name, RawNet net, CForm form, Task task, Field field)
            throws IOException, InterruptedException {
        try {
            CBaseline baseline = CBaseline.compile(net, form, cache, gccLimit, progress);
            field.baselines.add(baseline);
            if (task.same) {
                requireSame(field.expected, baseline.evaluate(field.checked), name);
            }
            field.entries.add(new Entry(
                    name,
                    baseline.compileTime().toMillis() / 1e3,
                    baseline.sourceBytes(),
                    baseline.codeBytes(),
                    new Alternation.Work(form.lanes(), baseline.net(task.bits)),
                    new Alternation.Work(task.bits.samples(), baseline.full(task.bits))));
        } catch (SharedObject.UnfinishedException unfinished) {
            field.absent.add(Scores.Contestant.absent(name, unfinished.getMessage()));
        }
    }

    private Scores scores(Task task, Field field) {
        List<Entry> entries = field.entries;
        double before = Quiet.share(1);
        progress.accept(task.network + ": measuring " + entries.size() + " contestants in turn");
        List<Alternation.Work> works = new ArrayList<>();
        for (Entry entry : entries) {
            works.addAll(List.of(entry.net, entry.full));
        }
        List<Alternation.Rate> rates = alternation.measure(works);
        List<Scores.Contestant> contestants = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            contestants.add(new Scores.Contestant(
                    entry.name,
                    entry.seconds,
                    entry.source,
                    entry.code,
                    Optional.of(rates.get(2 * i)),
                    Optional.of(rates.get(2 * i + 1)),
                    ""));
        }
        contestants.addAll(field.absent);
        double quiet = Math.min(before, Quiet.share(1));
        progress.accept(task.network + ": measuring threads, single samples and allocation");
        return new Scores(
                task.network,
                task.peers.gates(),
                task.ours.circuit().gates(),
                forms(task.peers.gates()).getFirst().name(),
                contestants,
                field.runs.stream().map(run -> run.facts(alternation)).toList(),
                quiet);
    }

    private static void requireSame(BitMatrix expected, BitMatrix found, String name) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(name + " computes other outputs than the first engine");
        }
    }
}
