import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Store } from '../../engine/ports.ts'
import { type Database, openDatabase } from '../database.ts'
import { Queue } from '../runs/queue.ts'
import { createStore } from '../store.ts'

/** A database of its own on the server that the test project started, with the whole schema. */
export interface TestStore extends AsyncDisposable {
  connection: pg.PoolConfig
  database: Database
  store: Store
  /** A queue that works; stopped with the store unless stopped before. */
  openQueue(): Queue
}

export async function openTestStore(): Promise<TestStore> {
  const { connection: server, template } = inject('databaseServer')
  const name = `t_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} template ${template}`)
  const connection = { ...server, database: name }
  const errors: Error[] = []
  const onError = (error: Error) => errors.push(error)
  const database = openDatabase(connection, onError)
  const queues: Queue[] = []
  const openQueue = (sendOnly = false) => {
    const queue = new Queue({ connection, onError, sendOnly })
    queues.push(queue)
    return queue
  }
  return {
    connection,
    database,
    store: createStore(database.db, openQueue(true)),
    openQueue,
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.stop()))
      await database.close()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(server: pg.PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client({ ...server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
