import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DiskState, proveState, STATE_FILE, writeState } from './disk-state.ts'

let directory: string

const state: DiskState = {
  format: 'holdfast-disk/1',
  vaultId: 'vlt_000000000000',
  uuid: '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11',
  label: 'Monday',
  runId: null,
  writtenAt: '2026-11-21T12:00:00.000Z',
  token: 'a',
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-state-'))
})
afterEach(() => rm(directory, { recursive: true }))

it('what was written last is what is read back', async () => {
  await writeState(directory, state)
  await proveState(directory, state)
})

it('another text than the one that was written is a failing disk', async () => {
  const failing = { code: 'disk-failing', message: expect.stringContaining('Monday') }
  await expect(proveState(directory, state)).rejects.toMatchObject(failing)
  await writeState(directory, { ...state, token: 'of the run before' })
  await expect(proveState(directory, state)).rejects.toMatchObject(failing)
  await writeFile(join(directory, STATE_FILE), Buffer.alloc(200))
  await expect(proveState(directory, state)).rejects.toMatchObject(failing)
})
