import { onScopeDispose, shallowRef } from 'vue'

/** Colours of the page for drawing on a canvas; `series[0]` is for what is left over. */
export interface ChartColours {
  series: string[]
  text: string
  muted: string
  line: string
  surface: string
  font: string
}

/** The colours of the style sheet, again whenever the system changes between light and dark. */
export function useChartColours() {
  const colours = shallowRef(readColours())
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const update = () => (colours.value = readColours())
  dark.addEventListener('change', update)
  onScopeDispose(() => dark.removeEventListener('change', update))
  return colours
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    series: ['other', 1, 2, 3, 4, 5, 6, 7, 8].map((name) => read(`--series-${name}`)),
    text: read('--text'),
    muted: read('--muted'),
    line: read('--line'),
    surface: read('--surface'),
    font: read('--font'),
  }
}

/** What all charts share. Tooltips are drawn on the canvas: names come from outside and never become markup. */
export function baseOption(colours: ChartColours) {
  const axisLabel = { color: colours.muted, hideOverlap: true }
  return {
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: colours.font },
    grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow' },
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 12 },
    },
    xAxis: {
      type: 'category',
      axisLabel,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: { type: 'value', axisLabel, splitLine: { lineStyle: { color: colours.line } } },
  }
}
