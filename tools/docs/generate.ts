import { mkdirSync, writeFileSync } from 'node:fs'
import { REFERENCE_DIR, referenceFiles } from './reference.ts'

mkdirSync(REFERENCE_DIR, { recursive: true })
for (const [name, text] of Object.entries(await referenceFiles())) {
  writeFileSync(new URL(name, REFERENCE_DIR), text)
  console.log(`docs/reference/${name}`)
}
