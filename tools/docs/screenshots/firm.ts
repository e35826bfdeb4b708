import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Officine Brenner, an invented maker of machine parts with a works in Bozen and an office in Munich. */

export const ADMIN = { name: 'marta.huber', password: 'corriere pendolare ahorn 58' }
export const USERS = [
  {
    name: 'luca.ferrari',
    password: 'lampione sentiero glocke 31',
    role: 'operator',
    nodes: null,
    language: 'it',
  },
  {
    name: 'jonas.weber',
    password: 'isar regenschirm forno 77',
    role: 'viewer',
    nodes: ['sv-muenchen'],
    language: 'de',
  },
] as const

export const HOSTS = [
  'localhost',
  'sv-backup01',
  'smtp.officine-brenner.example',
  'chat.officine-brenner.example',
]
export const MAIL_PORT = 2525

const night = { cron: '30 2 * * *', timeZone: 'Europe/Rome' }
const guards = { deletedPercent: 50, changedPercent: 50, minFiles: 10 }

function job(name: string, description: string, node: string, source: string, more: object = {}) {
  const config = { source, guards }
  return {
    name,
    description,
    kind: 'disk-copy',
    node,
    vault: 'nas-bozen',
    policy: 'nightly',
    schedule: night,
    config,
    ...more,
  }
}

const office = '/srv/sv-bozen'
const munich = '/srv/sv-muenchen'

/** Each is a file system of its own; where it lies, only the one who makes them knows. */
export const BANK_DISKS = [
  {
    label: 'Bank red',
    uuid: '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11',
    mail: ['marta.huber@officine-brenner.example'],
  },
  {
    label: 'Bank blue',
    uuid: '6958a8c2-7a47-4d3b-8c1e-b0de41f2a922',
    mail: ['luca.ferrari@officine-brenner.example'],
  },
  { label: 'Bank green', uuid: '72e7c0de-1f5a-4bd0-9e33-5a8c0d7f1b33' },
] as const

export const CONFIGURATION = {
  nodes: [
    {
      name: 'sv-bozen',
      kind: 'host',
      description: 'File server of the works in Bozen',
      restoreRoots: ['/srv/restored'],
    },
    {
      name: 'sv-muenchen',
      kind: 'host',
      description: 'File server of the office in Munich',
      restoreRoots: ['/srv/restored'],
    },
    { name: 'erp01', kind: 'host', description: 'Merchandise management' },
  ],
  vaults: [
    {
      name: 'nas-bozen',
      kind: 'directory',
      path: '/mnt/nas-bozen/holdfast',
      description: 'NAS in the server room',
      minFree: '256MiB',
    },
    {
      name: 'usb-a',
      kind: 'directory',
      path: '/mnt/usb-a',
      mustBeMounted: true,
      minFree: '64MiB',
      description: 'Disk A, in the safe in even weeks',
    },
    {
      name: 'usb-b',
      kind: 'directory',
      path: '/mnt/usb-b',
      mustBeMounted: true,
      minFree: '64MiB',
      description: 'Disk B, in the safe in odd weeks',
    },
    {
      name: 'bank',
      kind: 'disk-set',
      description: 'Disks that are carried to the bank',
      disks: BANK_DISKS,
      rotation: '14d',
      // Each copy is started when the story wants it.
      runWhenPluggedIn: false,
      minFree: '16MiB',
    },
  ],
  policies: [
    {
      name: 'nightly',
      description: 'Everything that people work on',
      rpo: '26h',
      retention: { keepLast: 3, keepDaily: 14, keepWeekly: 8, keepMonthly: 12, timeZone: 'Europe/Rome' },
    },
    {
      name: 'hourly',
      description: 'What must not lose a morning',
      rpo: '1h',
      retention: { keepHourly: 48, keepDaily: 7 },
    },
    {
      name: 'ten-years',
      description: 'Documents that the law wants kept',
      rpo: '8d',
      retention: { keepMonthly: 12, keepYearly: 10 },
      verification: { afterRun: 'full', maxAge: '90d' },
    },
  ],
  notifications: [
    {
      name: 'it-team',
      kind: 'mail',
      from: 'holdfast@officine-brenner.example',
      to: ['it@officine-brenner.example', 'luca.ferrari@officine-brenner.example'],
      smtp: { host: 'smtp.officine-brenner.example', port: MAIL_PORT, tls: 'none' },
      language: 'it',
      timeZone: 'Europe/Rome',
      digest: { at: '07:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    },
    {
      name: 'chat',
      kind: 'webhook',
      url: 'http://chat.officine-brenner.example:8065/hooks/backup',
      headers: { Authorization: { secret: 'chat-token' } },
      on: ['failed', 'held', 'lost'],
      timeZone: 'Europe/Rome',
    },
  ],
  jobs: [
    job('accounting', 'Accounting and wages', 'sv-bozen', `${office}/accounting`),
    job('drawings', 'Drawings and models of the design office', 'sv-bozen', `${office}/drawings`),
    job('quality', 'Test certificates', 'sv-bozen', `${office}/quality`, { policy: 'ten-years' }),
    job('projects-archive', 'Finished projects', 'sv-bozen', `${office}/archive`),
    job('scan-inbox', 'What the scanner of the reception puts down', 'sv-bozen', `${office}/scans`),
    job('sales-muenchen', 'Offers and contracts', 'sv-muenchen', `${munich}/sales`),
    job('homes-muenchen', 'Home folders', 'sv-muenchen', `${munich}/homes`),
    job('milling-programs', 'Programs of the milling machines', 'sv-bozen', `${office}/programs`, {
      vault: 'usb-a',
      schedule: { ...night, cron: '0 12 * * 1-5', missed: 'skip' },
    }),
    job('contracts', 'Contracts, for the bank', 'sv-muenchen', `${munich}/sales`, {
      vault: 'bank',
      schedule: undefined,
    }),
    job('erp-export', 'Hourly export of the orders', 'erp01', '/srv/erp01/export', {
      policy: 'hourly',
      schedule: { ...night, cron: '15 * * * *' },
    }),
    job('web-shop', 'Pictures and texts of the shop', 'erp01', '/srv/erp01/web-shop'),
    job('vm-images', 'Images of the virtual machines', 'erp01', '/srv/erp01/images', {
      policy: undefined,
      config: { source: '/srv/erp01/images', bandwidthLimit: '256KiB', hash: false },
      schedule: undefined,
    }),
    job('old-mail', 'Mail of before 2019', 'sv-bozen', `${office}/mail`, { enabled: false }),
  ],
}

const FOLDERS: Record<string, { files: number; kilobytes: number; name: string }> = {
  [`${office}/accounting`]: { files: 240, kilobytes: 60, name: 'invoice-2026-%.pdf' },
  [`${office}/drawings`]: { files: 120, kilobytes: 400, name: 'housing-%.step' },
  [`${office}/quality`]: { files: 90, kilobytes: 80, name: 'certificate-%.pdf' },
  [`${office}/archive`]: { files: 160, kilobytes: 50, name: 'project-%.zip' },
  [`${office}/scans`]: { files: 0, kilobytes: 0, name: '' },
  [`${office}/mail`]: { files: 8, kilobytes: 100, name: 'mailbox-%.mbox' },
  [`${office}/programs`]: { files: 60, kilobytes: 12, name: 'O%.nc' },
  [`${munich}/sales`]: { files: 110, kilobytes: 70, name: 'offer-%.docx' },
  [`${munich}/homes`]: { files: 200, kilobytes: 45, name: 'note-%.odt' },
  '/srv/erp01/export': { files: 40, kilobytes: 90, name: 'orders-%.csv' },
  '/srv/erp01/images': { files: 3, kilobytes: 60_000, name: 'vm-%.qcow2' },
}

/** The folders of the firm; the web shop is missing, as if its share were not mounted. */
export function fillFolders(): void {
  for (const [folder, { files, kilobytes, name }] of Object.entries(FOLDERS)) {
    mkdirSync(folder, { recursive: true })
    for (let number = 1; number <= files; number++) writeNumber(folder, name, number, kilobytes, 0)
  }
}

/** A day of work: a few files change, some are new. */
export function workForADay(day: number): void {
  for (const [folder, { files, kilobytes, name }] of Object.entries(FOLDERS)) {
    if (files < 10) continue
    for (let number = 1; number <= 3 + day; number++) writeNumber(folder, name, number, kilobytes, day)
    for (let number = 1; number <= 2; number++)
      writeNumber(folder, name, files + day * 2 + number, kilobytes, day)
  }
}

/** What a tidy person or a thief does. */
export function emptyArchive(): void {
  for (let number = 1; number <= 140; number++)
    rmSync(path.join(`${office}/archive`, fileName('project-%.zip', number)), { force: true })
}

function writeNumber(folder: string, name: string, number: number, kilobytes: number, day: number): void {
  // Every size and content is its own, and the same each time.
  const text = `${name} ${number} of day ${day}\n`
  const size = kilobytes * (600 + ((number * 137) % 800))
  writeFileSync(path.join(folder, fileName(name, number)), text.repeat(Math.ceil(size / text.length)))
}

function fileName(name: string, number: number): string {
  return name.replace('%', String(number).padStart(4, '0'))
}
