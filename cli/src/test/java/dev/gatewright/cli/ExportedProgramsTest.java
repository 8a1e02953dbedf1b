package dev.gatewright.cli;

import dev.gatewright.data.Datasets;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.encode.ColumnValues;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.model.CSourceTest;
import dev.gatewright.model.ExportCase;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.WasmTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of trained models, on the data that they learnt from. */
class ExportedProgramsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"digits, threshold | dense:500x2 | groupsum:tau=5", "monk1, dense:64x3 | groupsum:tau=4"})
    void programsPredictRealRowsAsTheModelDoes(String data, String network) throws IOException, InterruptedException {
        Path file = folder.resolve("net.gate");
        Run.of("train", "--data", data, "--network", network, "--epochs", "3", "--out", file.toString())
                .succeeded();
        Model model = ModelFile.read(file);
        Samples samples = Datasets.open(data, ReadOptions.DEFAULT).train().samples();
        ExportCase each = ExportCase.of(data, model, samples.rows(), values(model.encoder(), samples));
        CSourceTest.assertAlike(each, folder, "-DGATEWRIGHT_WIDTH=64");
        WasmTest.assertAlike(each, folder);
    }

    private static float[] values(Encoder encoder, Samples samples) {
        return switch (samples) {
            case Images images -> {
                float[] values = new float[images.rows() * images.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = images.pixels()[i] & 0xFF;
                }
                yield values;
            }
            case Table table -> {
                Encoder.Inputs.Columns wanted = (Encoder.Inputs.Columns) encoder.inputs();
                List<ColumnValues.Source> columns = new ColumnValues(wanted).bind(table);
                float[] values = new float[table.rows() * columns.size()];
                float[] column = new float[table.rows()];
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).read(0, table.rows(), column, 0);
                    for (int row = 0; row < column.length; row++) {
                        values[row * columns.size() + i] = column[row];
                    }
                }
                yield values;
            }
        };
    }
}
