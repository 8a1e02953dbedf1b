package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.InputException;
import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Drawings as an XML parser reads them. */
class SvgTest {
    private static Document drawn(Design design) throws Exception {
        byte[] bytes = Designs.written(new Svg(), design);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    @Test
    void everyGateIsABoxAndEveryConnectionALine() throws Exception {
        Circuit circuit = CircuitText.parse("""
                inputs 4 arity 3
                g0 = 6(i0, i1)
                g1 = e8(g0, i1, i2)
                outputs g1 g0 i0 1
                """);
        Document drawing = drawn(Designs.bits("a --> b", circuit));
        // The background is one more; the output wires are lines, too.
        assertThat(drawing.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2);
        assertThat(drawing.getElementsByTagName("path").getLength()).isEqualTo(2 + 3 + 4);
        String text = drawing.getDocumentElement().getTextContent();
        assertThat(text).contains("xor", "e8", "x[0] pixel (0,0) > 127", "y[3]").doesNotContain("x[3]");
        Element box = (Element) drawing.getElementsByTagName("rect").item(2);
        Element before = (Element) drawing.getElementsByTagName("rect").item(1);
        assertThat(Integer.parseInt(box.getAttribute("x"))).isGreaterThan(Integer.parseInt(before.getAttribute("x")));
    }

    @Test
    void largeCircuitsAreRefused() {
        Design design = Designs.bits("large", RandomCircuits.random(1, 30, 900, 200, 2));
        assertThatThrownBy(() -> drawn(design))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("format svg draws up to 500");
    }
}
