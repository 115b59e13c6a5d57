import { keep, kept } from '../storage'
import { sha256 } from './sha256'

/**
 * What a browser is, as one hash: the same on every page and after every visit, without anything
 * being stored. What a browser hides counts as nothing.
 */

const KEPT = '_pg_fp'
const LONGEST_AUDIO_MILLIS = 500

export async function fingerprint(): Promise<string> {
  const before = kept('localStorage', KEPT)
  return before ?? fingerprintOf([...traits(), canvas(), ...graphics(), await audio()])
}

export const keepFingerprint = (made: string) => keep('localStorage', KEPT, made)

/** @param parts in the order of the contract; what is unknown is empty */
export const fingerprintOf = (parts: unknown[]) => sha256(parts.map((part) => part ?? '').join('|'))

export const device = () => ({
  user_agent: navigator.userAgent,
  language: navigator.language,
  platform: navigator.platform,
  hardware_concurrency: navigator.hardwareConcurrency,
  device_memory: (navigator as { deviceMemory?: number }).deviceMemory,
})

export const display = () => ({
  width: screen.width,
  height: screen.height,
  color_depth: screen.colorDepth,
  pixel_ratio: devicePixelRatio,
})

const traits = () => {
  const { width, height, color_depth, pixel_ratio } = display()
  return [...Object.values(device()), `${width}x${height}`, color_depth, pixel_ratio, new Date().getTimezoneOffset()]
}

/** How text and shapes come out differs by fonts, driver and anti-aliasing. */
function canvas(): string {
  try {
    const element = document.createElement('canvas')
    const to = element.getContext('2d')!
    to.font = '16px Arial'
    to.fillStyle = '#f60'
    to.fillRect(90, 2, 60, 18)
    to.fillStyle = '#069'
    to.fillText('Headwater \u{1f30a} 1.0', 2, 16)
    return element.toDataURL()
  } catch {
    return ''
  }
}

function graphics(): string[] {
  try {
    const to = document.createElement('canvas').getContext('webgl')!
    const named = to.getExtension('WEBGL_debug_renderer_info')
    return named
      ? [named.UNMASKED_VENDOR_WEBGL, named.UNMASKED_RENDERER_WEBGL].map((name) => String(to.getParameter(name)))
      : ['', '']
  } catch {
    return ['', '']
  }
}

/** A tone through a compressor: the sum of what comes out differs by the arithmetic used. */
async function audio(): Promise<string> {
  try {
    const context = new OfflineAudioContext(1, 5000, 44100)
    const tone = context.createOscillator()
    const compressor = context.createDynamicsCompressor()
    tone.type = 'triangle'
    tone.frequency.value = 10000
    tone.connect(compressor)
    compressor.connect(context.destination)
    tone.start()
    const heard = await Promise.race([
      context.startRendering(),
      new Promise<undefined>((done) => setTimeout(done, LONGEST_AUDIO_MILLIS)),
    ])
    return heard ? String(heard.getChannelData(0).slice(4500).reduce((sum, one) => sum + Math.abs(one), 0)) : ''
  } catch {
    return ''
  }
}
