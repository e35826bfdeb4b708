import { HoldfastError } from '@holdfast/contract'
import type { FastifyInstance } from 'fastify'

/** Starts to listen and returns the address. Throws `listen-failed`, naming what is in the way. */
export async function listen(app: FastifyInstance, address: { host: string; port: number }): Promise<string> {
  try {
    return await app.listen(address)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    const reason = typeof code === 'string' ? REASONS[code] : undefined
    if (reason === undefined) throw error
    const { host, port } = address
    throw new HoldfastError('listen-failed', `cannot listen at ${host}, port ${port}: ${reason}`, {
      cause: error,
    })
  }
}

const REASONS: Record<string, string> = {
  EADDRINUSE: 'another program does',
  EACCES: 'only root may use this port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name cannot be resolved',
}
