package io.headwater.launcher.erase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.jspecify.annotations.Nullable;

/// Lines of text on pages of A4, with the same words at the foot of each. Lengths are in points.
final class PdfPages implements AutoCloseable {

    private static final float MARGIN = 56;
    private static final float SIZE = 9.5f;
    private static final float LEADING = 13.5f;
    private static final float LABEL = 96;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float FOOT = 36;

    private final PDType1Font plain = new PDType1Font(FontName.HELVETICA);
    private final PDType1Font bold = new PDType1Font(FontName.HELVETICA_BOLD);
    private final PDDocument document = new PDDocument();
    private final String foot;
    private @Nullable PDPageContentStream page;
    private float y;

    PdfPages(String foot) {
        this.foot = foot;
        document.getDocumentInformation().setTitle("Certificate of erasure");
    }

    void title(String text) throws IOException {
        room(30);
        write(bold, 18, MARGIN, text);
        y -= 28;
    }

    void heading(String text) throws IOException {
        y -= 8;
        room(3 * LEADING);
        write(bold, 11.5f, MARGIN, text);
        y -= LEADING + 3;
    }

    void text(String label, String text) throws IOException {
        room(LEADING);
        write(bold, SIZE, MARGIN, label);
        paragraph(MARGIN + LABEL, WIDTH - LABEL, text);
    }

    void item(String text) throws IOException {
        room(LEADING);
        write(plain, SIZE, MARGIN, "-");
        paragraph(MARGIN + 10, WIDTH - 10, text);
    }

    private void paragraph(float x, float width, String text) throws IOException {
        for (String line : wrapped(text, width)) {
            room(LEADING);
            write(plain, SIZE, x, line);
            y -= LEADING;
        }
    }

    private List<String> wrapped(String text, float width) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : known(text).split(" ")) {
            String rest = word;
            while (width(rest) > width) {
                int fits = rest.length();
                while (width(rest.substring(0, fits)) > width) {
                    fits--;
                }
                flush(line, lines);
                lines.add(rest.substring(0, fits));
                rest = rest.substring(fits);
            }
            if (!line.isEmpty() && width(line + " " + rest) > width) {
                flush(line, lines);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        flush(line, lines);
        return lines;
    }

    private static void flush(StringBuilder line, List<String> lines) {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }

    private float width(String text) throws IOException {
        return plain.getStringWidth(text) / 1000 * SIZE;
    }

    /// The fonts that every reader has know the letters of western Europe.
    private String known(String text) {
        var known = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    try {
                        plain.encode(Character.toString(c));
                        known.appendCodePoint(c);
                    } catch (IOException | IllegalArgumentException unknown) {
                        known.append(Character.isWhitespace(c) ? ' ' : '?');
                    }
                });
        return known.toString();
    }

    private void write(PDType1Font font, float size, float x, String text) throws IOException {
        var out = page;
        if (out == null) {
            throw new IllegalStateException("no page was begun");
        }
        out.beginText();
        out.setFont(font, size);
        out.newLineAtOffset(x, y);
        out.showText(known(text));
        out.endText();
    }

    private void room(float height) throws IOException {
        if (page != null && y - height > MARGIN) {
            return;
        }
        end();
        var fresh = new PDPage(PDRectangle.A4);
        document.addPage(fresh);
        page = new PDPageContentStream(document, fresh);
        y = FOOT;
        write(plain, 7.5f, MARGIN, foot + "   page " + document.getNumberOfPages());
        y = PDRectangle.A4.getHeight() - MARGIN - 10;
    }

    private void end() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }

    byte[] bytes() throws IOException {
        end();
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        end();
        document.close();
    }
}
