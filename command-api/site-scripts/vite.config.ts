import { defineConfig } from 'vitest/config'

// One classic script without a module system: a page embeds it by its URL alone.
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'es2020',
    sourcemap: false,
    minify: true,
    lib: { entry: 'src/form.ts', formats: ['iife'], name: 'HeadwaterForm', fileName: () => 'form.js' },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    // A busy machine is slow: only what hangs fails.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
