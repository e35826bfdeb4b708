import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../repo/repository.ts'
import { PICTURES } from './pictures.ts'

const MOST_BYTES = 3_000_000

const folder = join(ROOT, 'docs/screenshots')
const page = readFileSync(join(ROOT, 'docs/how-to/web-interface.md'), 'utf8')
const files = PICTURES.flatMap(({ name }) => [`${name}-light.webp`, `${name}-dark.webp`])

/** Names of the components that the routes of the web application show. */
function screensOfRoutes(): string[] {
  const screens = join(ROOT, 'web/src/screens')
  const routes = readdirSync(screens, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /routes\.tsx?$/.test(path),
  )
  const texts = routes.map((path) => readFileSync(join(screens, path), 'utf8'))
  return texts.flatMap((text) =>
    [...text.matchAll(/lazyPage\([^']*'[^']+'\),\s*'(\w+)'/g)].map(([, name = '']) => name),
  )
}

describe('docs/screenshots', () => {
  it('shows every screen that a route leads to: else add it to tools/docs/screenshots/pictures.ts', () => {
    const screens = screensOfRoutes()
    expect(screens.length).toBeGreaterThan(20)
    expect([...new Set(PICTURES.map(({ screen }) => screen))].sort()).toEqual([...new Set(screens)].sort())
  })

  it('holds each picture light and dark, and nothing else: else run `npm run docs:screenshots`', () => {
    expect(readdirSync(folder).sort()).toEqual(files.toSorted())
  })

  it('is small enough to be cloned by everybody', () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
    expect(bytes).toBeLessThan(MOST_BYTES)
  })

  it.each(PICTURES.map(({ name }) => name))(
    '%s stands in the page, the dark one for readers in the dark',
    (name) => {
      const light = page.indexOf(`src="../screenshots/${name}-light.webp"`)
      const dark = page.indexOf(
        `media="(prefers-color-scheme: dark)" srcset="../screenshots/${name}-dark.webp"`,
      )
      expect(dark).toBeGreaterThan(0)
      expect(light - dark).toBeGreaterThan(0)
      expect(light - dark).toBeLessThan(250)
    },
  )
})
