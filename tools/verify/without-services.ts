import { runProgram } from './run-program.ts'

/** What the scripts of Debian packages call to start or stop a service. */
const SERVICE_STARTERS = ['/usr/sbin/invoke-rc.d', '/usr/bin/deb-systemd-invoke']

const HIDE_AND_RUN = `
for starter in ${SERVICE_STARTERS.join(' ')}; do
  [ ! -e "$starter" ] || mount --bind /bin/true "$starter" || exit 125
done
exec "$@"`

/**
 * A command line that runs another one as root while nothing it installs can start a service: it sees a program that
 * does nothing in place of those that start services. The mounts exist for it and its children alone and end with them,
 * however they end; no file of the machine is touched.
 */
export function withServicesHidden(command: readonly string[]): string[] {
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', HIDE_AND_RUN, 'sh', ...command]
}

/** Whether this machine allows that: containers often forbid mounts, also to root. */
export async function canHideServices(): Promise<boolean> {
  const [program = '', ...args] = withServicesHidden(['true'])
  return (await runProgram(program, args)).exitCode === 0
}
