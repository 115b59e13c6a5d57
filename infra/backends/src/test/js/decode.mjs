// Reads lines of {"topic", "base64"} from standard input, decodes each with Confluent's client, and
// writes it as a line of JSON: bytes as UTF-8 text, numbers beyond 2^53 as text.
//
//     node decode.mjs http://127.0.0.1:18081/apis/ccompat/v7 < values
import { createInterface } from "node:readline";
import {
  AvroDeserializer,
  SchemaRegistryClient,
  SerdeType,
  SubjectNameStrategyType,
} from "@confluentinc/schemaregistry";

const client = new SchemaRegistryClient({ baseURLs: [process.argv[2]] });
const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {
  subjectNameStrategyType: SubjectNameStrategyType.TOPIC_RECORD,
});

const shown = (name, value) => {
  if (value?.type === "Buffer" && Array.isArray(value.data)) {
    return Buffer.from(value.data).toString("utf8");
  }
  return typeof value === "bigint" ? value.toString() : value;
};

for await (const line of createInterface({ input: process.stdin })) {
  const { topic, base64 } = JSON.parse(line);
  const value = await deserializer.deserialize(topic, Buffer.from(base64, "base64"));
  process.stdout.write(JSON.stringify(value, shown) + "\n");
}
