/** Whoever may write here may take over the machine. Nothing is restored to these places, nor below, nor around them. */
export const SYSTEM_PLACES = [
  '/etc',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/libo32',
  '/boot',
  '/proc',
  '/sys',
  '/dev',
  '/run',
  '/var/spool',
]

/** What programs and services live on. Restored into only where the configuration names a folder in it. */
export const SERVICE_PLACES = ['/var', '/opt', '/snap']

/** In one of them, and yet nobody's: for files of any kind. */
const FREE_PLACES = /^\/var\/tmp\/./

/** A home itself, and the programs in it. Other folders of a home are fine. */
const HOME = /^(\/home(?=$)|(?:\/root|\/home\/[^/]+)(?:\/bin(?=\/|$)|$))/

/** A hidden folder anywhere: keys and settings that programs obey. The longest such beginning of a path. */
const HIDDEN = /^(?:.*\/)?\.[^/]*(?=\/|$)/

/** One part of a target's path that speaks against it. */
export interface Objection {
  /** A folder that the configuration names in here, or this one itself, takes the objection back. */
  area: string
  /** What the target lies in. */
  what: string
}

/** What speaks against a real path, by its words alone. `touches` tells whether it lies in or around a folder. */
export function objectionsTo(target: string, touches: (place: string) => boolean): Objection[] {
  const services = FREE_PLACES.test(target) ? [] : SERVICE_PLACES.filter(touches)
  const home = HOME.exec(target)?.[1]
  const hidden = HIDDEN.exec(target)?.[0]
  return [
    ...services.map((area) => ({
      area,
      what: `in or around ${area}, which belongs to the system and its services`,
    })),
    ...(home ? [{ area: home, what: 'where a home itself or its programs are' }] : []),
    ...(hidden
      ? [{ area: hidden, what: `in ${hidden}, which is hidden: programs keep keys and settings there` }]
      : []),
  ]
}
