package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Images;
import dev.gatewright.engine.Engine;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictors are used by several threads, and closed while they are. */
class PredictorLifeTest {
    private static final int CLASSES = 5;
    private static final Model IMAGES = RandomModels.classes(RandomModels.pixels(), 35, CLASSES);
    private static final int ROWS = 300;

    static List<Engine> engines() {
        return Engine.all();
    }

    private static byte[] pixels() {
        byte[] pixels = new byte[ROWS * RandomModels.PIXEL_COUNT];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesEverythingOnceClosed(Engine engine) {
        Predictor predictor = Predictor.of(IMAGES, engine, 2);
        predictor.predict(new byte[180]);
        predictor.close();
        predictor.close();
        int[] classes = new int[1];
        refusesClosed(() -> predictor.predict(new byte[180]));
        refusesClosed(() -> predictor.predict(new float[180]));
        refusesClosed(() -> predictor.classes(new byte[1][180], classes));
        refusesClosed(() -> predictor.classes(new float[1][180], classes));
        refusesClosed(() -> predictor.classes(MemorySegment.ofArray(new byte[180]), classes));
        refusesClosed(() -> predictor.classes(new Images(1, 2, 9, 10, new byte[180])));
        refusesClosed(() ->
                predictor.classesOfBytes(List.of(new byte[180]).iterator()).nextInt());
    }

    private static void refusesClosed(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class).hasMessage("this predictor is closed");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void finishesWhatRunsWhenItIsClosed(Engine engine) throws InterruptedException {
        Images images = new Images(ROWS, 2, 9, 10, pixels());
        int[] expected = RandomModels.expectedClasses(IMAGES, CLASSES, images);
        byte[] row = Arrays.copyOf(images.pixels(), 180);
        for (int round = 0; round < 20; round++) {
            Predictor predictor = Predictor.of(IMAGES, engine, 1 + round % 3);
            ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
            CountDownLatch running = new CountDownLatch(3);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean single = i == 2;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (true) {
                            int[] found = single ? new int[] {predictor.predict(row)} : predictor.classes(images);
                            if (!Arrays.equals(found, 0, found.length, expected, 0, found.length)) {
                                wrong.add(Arrays.toString(found));
                            }
                            running.countDown();
                        }
                    } catch (IllegalStateException closed) {
                        if (!"this predictor is closed".equals(closed.getMessage())) {
                            wrong.add(closed.toString());
                        }
                    } finally {
                        running.countDown();
                    }
                }));
            }
            running.await();
            predictor.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).as("round %s", round).isEmpty();
        }
    }
}
