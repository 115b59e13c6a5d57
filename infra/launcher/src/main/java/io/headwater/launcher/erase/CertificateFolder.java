package io.headwater.launcher.erase;

import io.headwater.backends.PrivateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The certificates of a data folder, `certificates/LEAD.json` and `.pdf`, of mode 600.
final class CertificateFolder {

    /// As ids are; none leads out of the folder.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private final Path folder;

    CertificateFolder(Path data) {
        this.folder = data.resolve("certificates");
    }

    static String checked(String lead) throws Failed {
        if (!ID.matcher(lead).matches()) {
            throw new Failed("this is no id of a lead");
        }
        return lead;
    }

    void keep(ObjectNode certificate, PrintStream out) throws Failed, IOException {
        String lead = checked(certificate.path("lead_id").asString());
        Files.createDirectories(folder);
        Path json = folder.resolve(lead + ".json");
        write(json, Certificate.pretty(certificate));
        Path pdf = folder.resolve(lead + ".pdf");
        write(pdf, CertificatePdf.of(certificate));
        out.println("certificate: " + json + " and " + pdf);
    }

    /// @throws Failed when it is not what was issued
    Optional<JsonNode> find(String lead) throws Failed, IOException {
        Path json = folder.resolve(checked(lead) + ".json");
        if (!Files.exists(json)) {
            return Optional.empty();
        }
        var kept = new JsonMapper().readTree(Files.readString(json));
        if (!Certificate.isIntact(kept)) {
            throw new Failed(json + " was changed: its sha256 is another one");
        }
        return Optional.of(kept);
    }

    static void write(Path file, String content) {
        PrivateFile.write(file.toAbsolutePath(), content);
    }

    static void write(Path file, byte[] content) {
        PrivateFile.write(file.toAbsolutePath(), content);
    }
}
