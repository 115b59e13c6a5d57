// Makes the scripts that pages embed, each one classic script without a module system: a page embeds
// it by its URL alone. Brotli beside each, which Java cannot make; and the promise about their sizes.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

const KIB = 1024
const versions = {}

/** @param atMost bytes, gzipped */
async function script(name, global, atMost) {
  await build({
    configFile: false,
    logLevel: 'warn',
    define: {
      __RECORDER_VERSION__: JSON.stringify(versions.recorder),
      __FORM_VERSION__: JSON.stringify(versions.form),
    },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'es2020',
      sourcemap: false,
      minify: true,
      lib: { entry: `src/${name}.ts`, formats: ['iife'], name: global, fileName: () => `${name}.js` },
    },
  })
  const made = readFileSync(`dist/${name}.js`)
  // as the server names it, see EntityTags
  versions[name] = createHash('sha256').update(made).digest('hex').slice(0, 24)
  writeFileSync(
    `dist/${name}.js.br`,
    brotliCompressSync(made, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  )
  const size = gzipSync(made).length
  if (size > atMost) throw new Error(`${name}.js has ${size} bytes gzipped; at most ${atMost} are promised`)
}

rmSync('dist', { recursive: true, force: true })
await script('form', 'HeadwaterForm', 8 * KIB)
await script('recorder', 'HeadwaterRecorder', 32 * KIB)
// these name the versions of the two above
await script('tracker', 'HeadwaterTracker', 6 * KIB)
await script('pulse', 'HeadwaterPulse', 6 * KIB)
