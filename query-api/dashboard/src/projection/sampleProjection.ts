import type { ProjectionView } from './projection'

/** A generation for tests. */
export const sampleProjection: ProjectionView = {
  name: 'leads', generation: 1, state: 'LIVE', health: 'RUNNING', lag_records: 3, lag_age_ms: 40, rate_per_second: 12.5,
  updated_at: '2026-11-21T03:00:00Z', alive: true, fold_version: 1, purpose: 'serve', planned_at: '2026-11-20T03:00:00Z',
  live_at: '2026-11-20T03:00:00Z', retire_at: null, expected: [], max_rate: null, rate_limit: null, progress: null, step: null,
  verification: null, sample: null, accounting: { read: 10, applied: 9, parked: 0, skipped: 1, fenced: 0, holds: true },
  positions: [
    { topic: 'lead.events.v1', partition: 0, next_offset: 7, end_offset: 10, epoch: 4, owner: 'projectors-1', heartbeat: null },
  ],
}

/** One on its way beside it. */
export const sampleRebuild: ProjectionView = {
  ...sampleProjection, generation: 2, state: 'BACKFILL', live_at: null,
  progress: { done: 300, total: 900, per_second: 100, eta_seconds: 6 },
  step: null,
}
