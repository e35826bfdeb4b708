import type { ImportLine } from '@holdfast/contract'
import type { Setting, Settings } from './settings.ts'

/** The folder that is copied. The script handed it to a shell, which took quotes, backslashes and patterns out. */
export function readSource(settings: Settings): { path: string; isContents: boolean } | null {
  const setting = settings.find('Backup', 'backup-source')
  if (!setting) {
    settings.missing('Backup', 'backup-source', 'Name the folder to copy.')
    return null
  }
  const words = shellWords(setting.value)
  const [word = '', ...others] = words
  const path = word.replace(/\/\*$/, '/')
  if (others.length > 0) {
    settings.mistake(
      setting,
      `${words.length} folders are named, and a job copies one`,
      'Leave one of them here; make another job for each of the others afterwards. A blank in a path is written in quotes.',
    )
  } else if (!path.startsWith('/')) {
    settings.mistake(setting, 'the folder is not named by its absolute path', 'Begin it with a slash.')
  } else if (/[*?[\]{}$`~]/.test(path)) {
    settings.mistake(setting, 'the path is a pattern', 'Name the folder itself.')
  }
  tell(settings, setting, word)
  return { path: path.replace(/(?<=.)\/+$/, ''), isContents: path.endsWith('/') }
}

function tell(settings: Settings, setting: Setting, word: string): void {
  if (word.endsWith('/*'))
    settings.tell(setting, 'changed', 'the source; what begins with a dot is copied as well now')
  else if (word !== setting.value)
    settings.tell(setting, 'changed', `the source ${word}, without the quotes of the shell`)
  else settings.tell(setting, 'taken', 'the source')
}

function shellWords(text: string): string[] {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+|["'\\]/gs) ?? []
  return words.map((word) =>
    word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, one, double, single) =>
      String(one ?? single ?? String(double).replace(/\\(["\\$`])/g, '$1')),
    ),
  )
}

/** Patterns of the file `rsync_excludes`, with a line of the report for each that means something else now. */
export function readExcludes(
  text: string | null,
  file: string,
  source: { path: string; isContents: boolean },
): { exclude: string[]; lines: ImportLine[] } {
  const exclude: string[] = []
  const lines: ImportLine[] = []
  const tell = (value: string, outcome: ImportLine['outcome'], remark: string) =>
    lines.push({ setting: file, line: null, value, outcome, remark })
  const patterns = (text ?? '').split(/\r\n|\r|\n/).filter((line) => line !== '' && !/^[#;]/.test(line))
  const base = `/${source.path.slice(source.path.lastIndexOf('/') + 1)}`
  for (const line of patterns) {
    const pattern = line.replace(/^- /, '')
    if (/^(!|[+-] )/.test(pattern)) {
      tell(line, 'open', 'rules that keep or forget others have no counterpart: look at what is left out now')
    } else if (!pattern.startsWith('/') || source.isContents) {
      exclude.push(pattern)
      tell(line, 'taken', 'left out of the copy')
    } else if (pattern.startsWith(`${base}/`) && pattern !== `${base}/`) {
      exclude.push(pattern.slice(base.length))
      tell(
        line,
        'changed',
        `left out of the copy as ${pattern.slice(base.length)}: patterns begin in the source now`,
      )
    } else {
      tell(line, 'open', `not taken over: it left nothing out, because it does not begin with ${base}/`)
    }
  }
  return { exclude, lines }
}
