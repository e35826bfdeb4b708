import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RestorePoint, Run } from '@holdfast/contract'
import { byteText } from '../../contract/src/phrases/english.ts'
import { phraseText } from '../../contract/src/phrases/phrase-text.ts'
import { installMissingPackages } from '../verify/install-packages.ts'
import { compareTrees } from './compare-trees.ts'
import { type Holdfast, openHoldfast } from './holdfast.ts'
import { showOnScreen } from './show-on-screen.ts'

/**
 * `npm run quickstart [folder]`: the main job on real input. Protects a folder in a vault under ./data, again after a
 * change, checks both restore points, restores one beside, compares the trees, prints what it proved, and leaves the
 * server running with the result on screen.
 */

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** What a run of this repository makes by itself and a clone gets back anyway. */
const OWN_EXCLUDES = ['/data/', '/node_modules/']
const NOTE = 'holdfast-quickstart.txt'

async function main(argument: string | undefined): Promise<void> {
  const source = path.resolve(process.env.INIT_CWD ?? root, argument ?? root)
  if (!existsSync(source) || !(await stat(source)).isDirectory()) {
    throw new Error(`${source} is not a folder. Name one: npm run quickstart -- /path/to/a/folder`)
  }
  await installMissingPackages('The quickstart copies with the real rsync', ['rsync'])
  const data = path.join(root, 'data')
  const vault = path.join(data, 'vault')
  const exclude = source === root ? OWN_EXCLUDES : []
  // Apart from vault and restored folders: nothing may be restored into what belongs to Holdfast itself.
  const own = path.join(data, 'holdfast')
  const holdfast = openHoldfast(root, own)
  await configure(holdfast, data, { source, exclude, vault })

  const say = (title: string, text: string) => process.stdout.write(`${title.padEnd(11)} ${text}\n`)
  const shown = (file: string) => (file.startsWith(root) ? `./${path.relative(root, file)}` : file)

  const first = await protect(holdfast)
  say('protected', `${source} in ${shown(vault)}: ${amount(first)}`)
  const note = path.join(source, NOTE)
  const isNoteOurs = await addNote(note)
  const restored = await freshFolder(data, 'restored')
  try {
    const second = await protect(holdfast)
    say(
      'changed',
      isNoteOurs
        ? `added ${NOTE}; second generation: ${amount(second)}`
        : `nothing (${source} is read-only); second generation: ${amount(second)}`,
    )
    const points = [first, second].flatMap((run) => run.report?.restorePointIds ?? [])
    const [check] = await holdfast.json<Run[]>('verify', ...points, '--full')
    const verdict = check?.report ? phraseText(check.report.summary) : 'not checked'
    say('verified', `${verdict}: ${check?.report?.counts.checkedItems} entries read back`)
    const point = await holdfast.json<RestorePoint>('points', 'show', points[1] ?? '')
    const [restore] = await holdfast.json<Run[]>('restore', point.id, '--to', restored)
    say('restored', `${point.itemCount} entries to ${shown(restored)} in ${seconds(restore)}`)
    const [live, copy] = await Promise.all([
      compareTrees(source, restored, exclude),
      compareTrees(path.join(vault, point.location, 'data'), restored, []),
    ])
    say('compared', `with the vault: ${copy.words}; with the source: ${live.words}`)
    say('by hand', `cd ${shown(path.join(vault, point.location))} && sha256sum -c --quiet SHA256SUMS`)
    say('look', `HOLDFAST_DATA=${own} ./holdfast status   (also: runs, points list, logs ${second.id})`)
    if (!copy.isEqual) throw new Error('the restored folder differs from the restore point')
    say('proved', 'two restore points, each checked to the last byte, and one restored and compared')
    say('on screen', await showOnScreen(root, own, `/runs/${second.id}`))
  } finally {
    if (isNoteOurs) await rm(note, { force: true })
  }
}

async function configure(
  holdfast: Holdfast,
  data: string,
  job: { source: string; exclude: string[]; vault: string },
): Promise<void> {
  const folder = path.join(data, 'quickstart')
  await mkdir(folder, { recursive: true })
  // JSON is YAML: no quoting of paths to get wrong.
  const document = {
    vaults: [{ name: 'quickstart', kind: 'directory', path: job.vault }],
    policies: [{ name: 'quickstart', retention: { keepLast: 10 }, rpo: '24h' }],
    jobs: [
      {
        name: 'quickstart',
        kind: 'disk-copy',
        vault: 'quickstart',
        policy: 'quickstart',
        config: { source: job.source, exclude: job.exclude },
      },
    ],
  }
  const file = path.join(folder, 'holdfast.yaml')
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`)
  await holdfast.json('apply', file)
}

async function protect(holdfast: Holdfast): Promise<Run> {
  const [run] = await holdfast.json<Run[]>('run', 'quickstart')
  if (!run || (run.outcome !== 'success' && run.outcome !== 'warning')) {
    throw new Error(`the run ended as ${run?.outcome}: ${run?.error?.message}\n${run?.error?.hint}`)
  }
  return run
}

/** The one change: a small file of our own, taken away at the end. Never touches a file that is there already. */
async function addNote(file: string): Promise<boolean> {
  try {
    await writeFile(file, `Written by the Holdfast quickstart at ${new Date().toISOString()}.\n`, {
      flag: 'wx',
    })
    return true
  } catch {
    return false
  }
}

async function freshFolder(parent: string, name: string): Promise<string> {
  const taken = new Set(await readdir(parent))
  let number = 1
  while (taken.has(`${name}-${number}`)) number++
  return path.join(parent, `${name}-${number}`)
}

function seconds(run: Run | undefined): string {
  const ms = Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? '')
  return `${(ms / 1000).toFixed(1)} s`
}

function amount(run: Run): string {
  const { counts, bytesMoved } = run.report ?? { counts: {} as Record<string, number>, bytesMoved: 0 }
  return `${counts.files} files, ${byteText(bytesMoved)} copied in ${seconds(run)}`
}

try {
  await main(process.argv[2])
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
