// Brotli beside the script, which Java cannot make; and the promise about its size.
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const MOST_GZIPPED_BYTES = 8 * 1024

const script = readFileSync('dist/form.js')
writeFileSync(
  'dist/form.js.br',
  brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
)
const size = gzipSync(script).length
if (size > MOST_GZIPPED_BYTES) {
  console.error(`form.js has ${size} bytes gzipped; at most ${MOST_GZIPPED_BYTES} are promised`)
  process.exit(1)
}
