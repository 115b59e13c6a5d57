import { start } from './record/recorder'

/** Loaded by the tracker where sessions are recorded. */
window.PulseGateRecorder = start
