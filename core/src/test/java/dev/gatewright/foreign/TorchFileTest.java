package dev.gatewright.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.encode.InputException;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strict reader of pickles, against what Python's own pickler writes and against what attackers would. */
class TorchFileTest {
    @TempDir
    private Path folder;

    /** Stands in for PyTorch and difflogic: Python's pickler sees classes of their names and shapes. */
    private static final String PYTHON = """
            import array, io, pickle, sys, types, zipfile
            from collections import OrderedDict
            def module(name):
                made = types.ModuleType(name)
                sys.modules[name] = made
                return made
            def named(cls, mod, name):
                cls.__module__ = mod
                cls.__qualname__ = cls.__name__ = name
                setattr(sys.modules[mod], name, cls)
                return cls
            for name in ('torch', 'torch._utils', 'torch.nn', 'torch.nn.modules', 'torch.nn.modules.container',
                         'torch.nn.modules.flatten', 'difflogic', 'difflogic.difflogic'):
                module(name)
            def _rebuild_tensor_v2(): pass
            def _rebuild_parameter(): pass
            named(_rebuild_tensor_v2, 'torch._utils', '_rebuild_tensor_v2')
            named(_rebuild_parameter, 'torch._utils', '_rebuild_parameter')
            storages = {kind: named(type(kind, (), {}), 'torch', kind) for kind in ('FloatStorage', 'LongStorage')}
            class Storage:
                def __init__(self, kind, key, count): self.id = ('storage', storages[kind], key, 'cuda:0', count)
            data = []
            class Tensor:
                def __init__(self, values, shape, kind='FloatStorage'):
                    self.storage = Storage(kind, str(len(data)), len(values))
                    self.shape = tuple(shape)
                    data.append(array.array('f' if kind == 'FloatStorage' else 'q', values).tobytes())
                def __reduce_ex__(self, protocol):
                    strides = (self.shape[1], 1) if len(self.shape) == 2 else (1,)
                    return sys.modules['torch._utils']._rebuild_tensor_v2, (
                        self.storage, 0, self.shape, strides, False, OrderedDict())
            class Parameter:
                def __init__(self, tensor): self.tensor = tensor
                def __reduce_ex__(self, protocol):
                    return sys.modules['torch._utils']._rebuild_parameter, (self.tensor, True, OrderedDict())
            class Module: pass
            def layer(cls, parameters=(), modules=(), **fields):
                made = cls()
                made.__dict__.update(training=True, _parameters=OrderedDict(parameters), _buffers=OrderedDict(),
                    _non_persistent_buffers_set=set(), _backward_hooks=OrderedDict(), _modules=OrderedDict(modules),
                    **fields)
                return made
            Sequential = named(type('Sequential', (Module,), {}), 'torch.nn.modules.container', 'Sequential')
            Flatten = named(type('Flatten', (Module,), {}), 'torch.nn.modules.flatten', 'Flatten')
            LogicLayer = named(type('LogicLayer', (Module,), {}), 'difflogic.difflogic', 'LogicLayer')
            GroupSum = named(type('GroupSum', (Module,), {}), 'difflogic.difflogic', 'GroupSum')
            def logic(gates, a, b, in_dim):
                weights = [1.0 if k == gate else 0.0 for gate in gates for k in range(16)]
                return layer(LogicLayer, [('weights', Parameter(Tensor(weights, (len(gates), 16))))], in_dim=in_dim,
                    out_dim=len(gates), device='cuda', grad_factor=1.0, implementation='cuda', connections='random',
                    indices=(Tensor(a, (len(a),), 'LongStorage'), Tensor(b, (len(b),), 'LongStorage')),
                    num_neurons=len(gates), num_weights=len(gates))
            model = layer(Sequential, modules=[('0', layer(Flatten, start_dim=1, end_dim=-1)),
                ('1', logic([1, 6, 7, 14], [0, 1, 2, 0], [1, 2, 3, 4], 5)),
                ('2', logic([3, 12, 9, 2], [0, 1, 2, 3], [3, 2, 1, 0], 4)),
                ('3', layer(GroupSum, k=2, tau=7.0, device='cuda'))])
            class Pickler(pickle.Pickler):
                def persistent_id(self, value): return value.id if isinstance(value, Storage) else None
            out = io.BytesIO()
            Pickler(out, protocol=int(sys.argv[2])).dump(model)
            with zipfile.ZipFile(sys.argv[1], 'w') as file:
                file.writestr('archive/data.pkl', out.getvalue())
                for i, bytes in enumerate(data):
                    file.writestr('archive/data/%d' % i, bytes)
                file.writestr('archive/version', '3')
            """;

    @Test
    void wholeModelsThatPythonPickledAreRead() throws IOException, InterruptedException {
        for (int protocol : new int[] {2, 4}) {
            Path file = python(protocol);
            Model model = ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, file, ImportOptions.defaults());
            assertThat(model.readout().toString()).contains("classes=2", "tau=7.0");
            Published.assertScores(model, Published.rows(new SplittableRandom(1), 64, 5, true), x -> {
                double[] first = {
                    Published.gate(1, x[0], x[1]),
                    Published.gate(6, x[1], x[2]),
                    Published.gate(7, x[2], x[3]),
                    Published.gate(14, x[0], x[4])
                };
                double[] second = {
                    Published.gate(3, first[0], first[3]),
                    Published.gate(12, first[1], first[2]),
                    Published.gate(9, first[2], first[1]),
                    Published.gate(2, first[3], first[0])
                };
                return Published.scores(second, 2, 7);
            });
        }
    }

    private Path python(int protocol) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("model.py"), PYTHON);
        Path file = folder.resolve("model.pt");
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString(), file.toString(), Integer.toString(protocol))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue("required".equals(System.getProperty("tools")), "python3 is not installed");
            throw e;
        }
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
        } finally {
            process.destroyForcibly();
        }
        return file;
    }

    private Path zipped(String pickle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TorchWriter.zip(bytes, pickle.getBytes(StandardCharsets.ISO_8859_1), List.of(new byte[64]));
        return Files.write(folder.resolve("bad.pt"), bytes.toByteArray());
    }

    private void refused(String pickle, String... words) throws IOException {
        Path file = zipped(pickle);
        assertThatThrownBy(() -> TorchFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void nothingIsCalledThatIsNotAllowed() throws IOException {
        refused("\u0080\u0002cposix\nsystem\nX\u0004\u0000\u0000\u0000true\u0085R.", "posix.system", "byte 2");
        refused("\u0080\u0002cbuiltins\neval\n.", "builtins.eval");
        refused("\u0080\u0002ctorch\nload\n.", "torch.load");
        refused("\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093.", "os.system");
        refused("\u0080\u0002ctorch\nFloatStorage\n)R.", "calls torch.FloatStorage");
        refused("\u0080\u0002ccollections\nOrderedDict\n)\u0081.", "makes an object of");
        refused("\u0080\u0002(iposix\nsystem\n.", "opcode 0x69");
        refused("\u0080\u0002I1\n.", "opcode 0x49");
    }

    @Test
    void tensorsStayWithinTheirStorage() throws IOException {
        String start = "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\u0000\u0000\u0000storagectorch\n"
                + "FloatStorage\nX\u0001\u0000\u0000\u00000X\u0003\u0000\u0000\u0000cpuK\u0010tQ";
        String end = "\u0089NtR.";
        assertThat(TorchFile.read(zipped(start + "K\u0000K\u0004K\u0004\u0086K\u0004K\u0001\u0086" + end))
                        .tensor("")
                        .elements())
                .isEqualTo(16);
        refused(start + "K\u0001K\u0004K\u0004\u0086K\u0004K\u0001\u0086" + end, "does not fit its storage");
        refused(start + "K\u0000K\u0004K\u0004\u0086K\u0005K\u0001\u0086" + end, "does not fit its storage");
        refused(start + "K\u0000J\u00ff\u00ff\u00ff\u007f\u0085K\u0000\u0085" + end, "does not fit its storage");
        refused(start + "J\u00ff\u00ff\u00ff\u00ffK\u0001\u0085K\u0001\u0085" + end, "does not fit its storage");
    }

    @Test
    void valuesInEachOtherDoNotMultiply() throws IOException {
        StringBuilder pickle = new StringBuilder("\u0080\u0002]q\u0000");
        for (int level = 1; level < 30; level++) {
            pickle.append("](")
                    .append(("h" + (char) (level - 1)).repeat(10))
                    .append("eq")
                    .append((char) level);
        }
        refused(pickle.toString().replaceFirst("]q", "]q") + ".", "left over");
        StringBuilder nested = new StringBuilder("\u0080\u0002]q\u0000");
        for (int level = 1; level < 30; level++) {
            nested.append("0](")
                    .append(("h" + (char) (level - 1)).repeat(10))
                    .append("eq")
                    .append((char) level);
        }
        refused(nested + ".", "131072");
        refused("\u0080\u0002]q\u0000h\u0000a.", "32 levels");
    }

    /** Whatever is cut off or changed, there is a sentence, and never anything else. */
    @Test
    void damagedFilesAreRefusedInASentence() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        TorchWriter state = new TorchWriter()
                .floats("0.luts", Published.randomFloats(random, 32), 8, 4)
                .ints("0.mapping", Published.randomWires(random, 16, 6), 8, 2)
                .number("k", 2)
                .number("tau", 1.5);
        byte[] pt = Files.readAllBytes(state.pt(folder.resolve("good.pt")));
        byte[] safetensors = Files.readAllBytes(state.safetensors(folder.resolve("good.safetensors")));
        for (byte[] good : List.of(pt, safetensors)) {
            for (int i = 0; i < 300; i++) {
                byte[] bad = good.clone();
                if (i % 2 == 0) {
                    bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
                } else {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                }
                Path file = Files.write(folder.resolve("bad.pt"), bad);
                try {
                    ForeignModel.read(ForeignModel.Origin.DWN, file, ImportOptions.defaults());
                } catch (FormatException | InputException e) {
                    assertThat(e).hasMessageContaining("bad.pt: ").hasMessageNotContaining("\n");
                }
            }
        }
    }
}
