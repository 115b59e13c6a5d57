import { defineConfig } from 'vitest/config'

// build.mjs says which script; see there.
export default defineConfig({
  define: { __RECORDER_VERSION__: '"test"', __FORM_VERSION__: '"test"' },
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
