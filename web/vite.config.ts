import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8420'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // Browsers of the last two years: those that know `light-dark()` themselves, for which nothing has to be rewritten.
    target: ['chrome125', 'edge125', 'firefox128', 'safari18'],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // What so many pages share is one file: a small one of its own costs a request and its headers, for the first page too.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 20 }] } } },
  },
  // The server compares Host with Origin, so it gets the Host that the browser sent.
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/docs': { target: server, changeOrigin: false },
    },
  },
})
