import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Problem, Written } from './api'
import { Problem as Refusal } from './api'
import { useGet, useSend } from './auth'
import { asProblem } from './useLoad'

interface CommandStatus {
  status: 'pending' | 'decided'
  outcome: string | null
  code: string | null
  detail: string | null
}

/** How often and how long a command that was answered with 202 is asked after. */
const ASK_EVERY = 1_000
const ASK_TIMES = 60

/**
 * One write at a time: whether it is on its way, waits for its decision, was done, or was refused and why.
 * A write that is answered with 202 is followed until it is decided.
 */
export function useCommand() {
  const send = useSend()
  const get = useGet()
  const busy = ref(false)
  const pending = ref(false)
  const done = ref<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  /** The answer once decided; null: refused, see `problem`, or nobody waits any more. */
  async function run(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    said: string,
  ): Promise<Written | null> {
    if (busy.value) return null
    busy.value = true
    done.value = null
    problem.value = null
    try {
      const written = await send(method, path, body)
      if (written.status === 202 && !(await decided(written))) return null
      done.value = said
      return written
    } catch (cause) {
      problem.value = asProblem(cause)
      return null
    } finally {
      busy.value = false
      pending.value = false
    }
  }

  async function decided(written: Written): Promise<boolean> {
    const id = written.data.command_id
    if (typeof id !== 'string') return true
    pending.value = true
    for (let i = 0; i < ASK_TIMES && !gone; i++) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY))
      const { data } = await get<CommandStatus>(`/commands/${encodeURIComponent(id)}`)
      if (data.status === 'pending') continue
      if (data.outcome === 'refused') {
        throw new Refusal(409, 'Refused', data.detail, [], null, null, data.code)
      }
      return true
    }
    throw new Refusal(0, 'Not decided yet', 'It was accepted and is still waiting. Look again in a moment.')
  }

  return { busy, pending, done, problem, run }
}
