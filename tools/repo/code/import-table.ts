/** A part of the code that the import table knows, and which parts it may import. */
export interface Layer {
  name: string
  /** Matches the paths of its files; the first layer that matches wins. */
  files: RegExp
  /** Names of the layers it may import besides itself. */
  mayImport: readonly string[]
  /** Of those, the ones of which it may take types only. */
  typesOnly?: readonly string[]
  /** Said when it imports anything else. */
  why: string
}

export const SERVER_LAYERS = [
  'domain',
  'kit',
  'clients',
  'driver.ts',
  'registry.ts',
  'drivers',
  'point-directories',
  'vaults',
  'engine/ports.ts',
  'engine',
  'store',
  'notify',
  'access/ports.ts',
  'access',
  'api/ports.ts',
  'api',
  'cli',
] as const

/** The table of who may import whom: docs/decisions/001-boundaries-are-tests.md says why it is as it is. */
export const LAYERS: readonly Layer[] = [
  {
    name: 'contract',
    files: /^contract\/src\//,
    mayImport: [],
    why: 'the contract is where server, web and CLI meet, so it knows none of them',
  },
  {
    name: 'main.ts',
    files: /^server\/src\/(main\.ts$|wiring\/)/,
    mayImport: ['contract', 'config.ts', ...SERVER_LAYERS],
    why: 'main.ts and wiring/ put the server together and do nothing else',
  },
  {
    name: 'config.ts',
    files: /^server\/src\/config\.ts$/,
    mayImport: ['contract', 'kit'],
    why: 'config.ts reads the environment and knows no other part',
  },
  {
    name: 'domain',
    files: /^server\/src\/domain\//,
    mayImport: ['contract'],
    why: 'domain rules are pure functions of data and a clock',
  },
  {
    name: 'kit',
    files: /^server\/src\/kit\//,
    mayImport: ['contract'],
    why: 'the kit serves every part, so it depends on none',
  },
  {
    name: 'clients',
    files: /^server\/src\/clients\//,
    mayImport: ['contract', 'kit'],
    why: 'a client speaks the language of a foreign system and holds no product rule',
  },
  {
    name: 'driver.ts',
    files: /^server\/src\/drivers\/driver\.ts$/,
    mayImport: ['contract'],
    why: 'the driver interface must stand without anything behind it',
  },
  {
    name: 'registry.ts',
    files: /^server\/src\/drivers\/registry\.ts$/,
    mayImport: ['contract', 'driver.ts', 'drivers'],
    why: 'the registry lists the drivers and does nothing else',
  },
  {
    name: 'drivers',
    files: /^server\/src\/drivers\//,
    mayImport: ['contract', 'domain', 'kit', 'clients', 'driver.ts', 'point-directories'],
    why: 'a driver owns only its technology: time, retries, locks and storage are the engine’s',
  },
  {
    name: 'point-directories',
    files: /^server\/src\/point-directories\//,
    mayImport: ['contract', 'kit', 'clients', 'driver.ts'],
    typesOnly: ['driver.ts'],
    why: 'how restore points that are directories lie on a vault is the same for every kind of job',
  },
  {
    name: 'vaults',
    files: /^server\/src\/vaults\//,
    mayImport: ['contract', 'domain', 'kit', 'clients', 'driver.ts', 'engine/ports.ts'],
    why: 'vaults brings places within reach: which run uses them and what lies there is for others to know',
  },
  {
    name: 'engine/ports.ts',
    files: /^server\/src\/engine\/((catalog-)?ports|vault-port)\.ts$/,
    mayImport: ['contract', 'domain', 'driver.ts'],
    typesOnly: ['driver.ts'],
    why: 'the ports say what the engine needs of a store, so they stand without either',
  },
  {
    name: 'engine',
    files: /^server\/src\/engine\//,
    mayImport: ['contract', 'domain', 'kit', 'driver.ts', 'engine/ports.ts'],
    typesOnly: ['driver.ts'],
    why: 'the engine runs any driver on any store: main.ts hands them in',
  },
  {
    name: 'store',
    files: /^server\/src\/store\//,
    mayImport: ['contract', 'domain', 'kit', 'engine/ports.ts', 'access/ports.ts', 'api/ports.ts'],
    typesOnly: ['engine/ports.ts', 'access/ports.ts', 'api/ports.ts'],
    why: 'the store keeps rows; it implements the ports of engine, access and API and decides nothing',
  },
  {
    name: 'notify',
    files: /^server\/src\/notify\//,
    mayImport: ['contract', 'domain', 'kit', 'clients'],
    why: 'a notification is made from what happened, not from how it was stored',
  },
  {
    name: 'access/ports.ts',
    files: /^server\/src\/access\/ports\.ts$/,
    mayImport: ['contract'],
    why: 'the ports say what users and sessions need of a store, so they stand without either',
  },
  {
    name: 'access',
    files: /^server\/src\/access\//,
    mayImport: ['contract', 'kit', 'access/ports.ts'],
    why: 'who may do what is decided without knowing how the question came or where users are kept',
  },
  {
    name: 'api/ports.ts',
    files: /^server\/src\/api\/ports\.ts$/,
    mayImport: ['contract'],
    why: 'the ports say what the API needs beside the Control interface, so they stand alone',
  },
  {
    name: 'api',
    files: /^server\/src\/api\//,
    mayImport: ['contract', 'domain', 'kit', 'access', 'access/ports.ts', 'api/ports.ts'],
    why: 'routes speak to the Control interface of the contract that main.ts hands in',
  },
  {
    name: 'cli',
    files: /^server\/src\/cli\//,
    mayImport: ['contract', 'kit'],
    why: 'a command speaks to the Control interface of the contract that main.ts hands in',
  },
  {
    name: 'web/texts',
    files: /^web\/src\/texts\//,
    mayImport: ['contract'],
    why: 'texts are data, which journeys hold against what is on the screen',
  },
  {
    name: 'web',
    files: /^web\/src\//,
    mayImport: ['contract', 'web/texts'],
    why: 'the browser gets what the contract says and nothing of the server',
  },
  {
    name: 'tools',
    files: /^tools\//,
    mayImport: ['contract', 'config.ts', 'web/texts', ...SERVER_LAYERS],
    why: 'tools may use the server; they do not start it from inside',
  },
]

/** Packages that only some parts may import, with the reason. */
export interface PackageRule {
  packages: RegExp
  onlyIn: RegExp
  why: string
  /** Tests keep to it as well. */
  isForTests?: true
}

export const PACKAGE_RULES: readonly PackageRule[] = [
  {
    packages: /^(?!zod$)/,
    onlyIn: /^(?!contract\/)/,
    why: 'the contract depends on zod only, so that a browser can load it',
  },
  {
    packages: /^(pg|pg-boss|pg-copy-streams|kysely)(\/|$)/,
    onlyIn: /^(server\/src\/(store\/|main\.ts)|tools\/)/,
    why: 'the store is the only place with SQL',
  },
  {
    packages: /^(node:)?(fs|net|http|https|tls|dns|os|child_process|worker_threads|timers|process)(\/|$)/,
    onlyIn: /^(?!server\/src\/domain\/)/,
    why: 'domain rules do no input or output and take the clock as an argument',
  },
  {
    packages: /^fast-check$/,
    onlyIn: /^tools\/lab\/properties\.testkit\.ts$/,
    why: 'tests take fast-check from tools/lab/properties.testkit.ts, which gives it its seed',
    isForTests: true,
  },
]
