import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createDashboardRouter } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

// After a new release an open tab may ask for a part of the page that no longer exists: load the new page, once.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('headwater.reloaded') ?? 0)
  if (Date.now() - last < 30_000) return
  sessionStorage.setItem('headwater.reloaded', String(Date.now()))
  window.location.reload()
})

const app = createApp(App)
app.use(createPinia())
app.use(createDashboardRouter())
app.mount('#app')
