package io.headwater.launcher.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/// A file as the archive writes them, with one value: packed by blocks.
final class AvroFile {

    private AvroFile() {}

    static byte[] of(byte[] value) throws IOException {
        var out = new ByteArrayOutputStream();
        var schema = Schema.create(Schema.Type.BYTES);
        try (var file = new DataFileWriter<>(new GenericDatumWriter<ByteBuffer>(schema))) {
            file.setCodec(CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL));
            file.create(schema, out);
            file.append(ByteBuffer.wrap(value));
        }
        return out.toByteArray();
    }
}
