import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { BytePath } from '../../../clients/disks/byte-path.ts'
import { attributesOutOfReach } from '../../../kit/privileges.ts'

/** Numbers of llistxattr(2) and lgetxattr(2): Node has no call for them, and perl can make any by its number. */
const CALLS: Readonly<Record<string, readonly [number, number]>> = {
  x64: [195, 192],
  arm64: [12, 9],
  arm: [233, 230],
  ppc64: [216, 213],
  s390x: [231, 228],
  riscv64: [12, 9],
}

/** For each path that comes in, ended by NUL: one line, with `name=value` in hex for each attribute. */
const PROGRAM = `
use bytes; binmode STDIN; $/ = "\\0"; my ($list, $get) = map { $_ + 0 } @ARGV;
my $names = "\\0" x 65536; my $value = "\\0" x 65536;
while (defined(my $path = <STDIN>)) {
  chomp $path; my $line = "";
  my $length = syscall($list, $path, $names, 65536);
  if ($length > 0) {
    for my $name (split /\\0/, substr($names, 0, $length)) {
      my $size = syscall($get, $path, $name, $value, 65536);
      $line .= unpack("H*", $name) . "=" . unpack("H*", substr($value, 0, $size)) . " " if $size >= 0;
    }
  }
  print "$line\\n";
}`

/** How many entries are asked about at once: the start of the program costs as much as 500 entries. */
export const ATTRIBUTES_AT_ONCE = 4096

/**
 * Which attributes are told, as a name: every process that sees others tells another one. The rest is what rsync leaves out
 * too: names of the kernel's own but for ACLs, and the second form of an ACL that XFS shows.
 */
export function attributesInReach(): string {
  return attributesOutOfReach().length === 0 ? 'all' : 'user'
}

function isTold(name: string, scope: string): boolean {
  if (name.startsWith('user.') || name.startsWith('system.posix_acl_')) return true
  if (scope !== 'all' || name.startsWith('system.')) return false
  return !name.startsWith('trusted.SGI_ACL_')
}

/** False on a machine whose numbers of calls are not known. */
export function canAsk(): boolean {
  return CALLS[process.arch] !== undefined
}

/** What perl is called with and given to read; its answer is one line for each path, as {@link answerOf} reads it. */
export function questionOf(root: BytePath, paths: readonly BytePath[]): { args: string[]; input: Buffer } {
  const input = paths.map((path) => `${path === '.' ? root : `${root}/${path}`}\0`).join('')
  const args = ['-e', PROGRAM, ...(CALLS[process.arch] ?? []).map(String)]
  return { args, input: Buffer.from(input, 'latin1') }
}

/**
 * For each entry below `root` a hash of its extended attributes and ACLs; null for one that has none. Blocks its thread.
 */
export function attributesOf(root: BytePath, paths: readonly BytePath[], scope: string): (string | null)[] {
  if (paths.length === 0 || !canAsk()) return paths.map(() => null)
  // A root that is held open is handed on: the program knows it by a descriptor of its own.
  const held = /^\/proc\/self\/fd\/(\d+)(.*)$/.exec(root)
  const seen = held ? `/proc/self/fd/3${held[2]}` : root
  const { args, input } = questionOf(seen, paths)
  const { status, stdout } = spawnSync('perl', args, {
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ['pipe', 'pipe', 'pipe', ...(held ? [Number(held[1])] : [])],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
  })
  const lines = stdout?.toString('latin1').split('\n') ?? []
  if (status !== 0 || lines.length !== paths.length + 1)
    throw new Error('perl could not read the extended attributes')
  return paths.map((_, index) => answerOf(lines[index] ?? '', scope))
}

/** The hash of what a line of the answer tells; null when it tells of nothing. */
export function answerOf(line: string, scope: string): string | null {
  if (line === '') return null
  const told = line
    .trimEnd()
    .split(' ')
    .filter((attribute) => {
      const name = attribute.slice(0, attribute.indexOf('='))
      return isTold(Buffer.from(name, 'hex').toString('latin1'), scope)
    })
  if (told.length === 0) return null
  return createHash('sha256').update(told.sort().join('\n')).digest('hex')
}
