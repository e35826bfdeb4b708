import { parentPort, workerData } from 'node:worker_threads'
import { type BuildProgress, type BuildRequest, type BuildResult, buildListings } from './build.ts'
import { type CompareRequest, type CompareResult, compareTree } from './compare.ts'
import { EarlyLook } from './early.ts'
import { type PartRequest, partTwins, type WeedRequest, type WeedResult, weedPartial } from './weed.ts'

/**
 * Reads, hashes and compares in a thread of its own, with blocking calls: the fastest way through many small files,
 * and the thread that answers the API stays free. Messages are worked off in order.
 */
export type ProofRequest =
  | { type: 'look'; root: string; paths: string[] }
  | { type: 'build'; request: BuildRequest }
  | { type: 'compare'; request: CompareRequest }
  | { type: 'weed'; request: WeedRequest }
  | { type: 'part'; request: PartRequest }

export type ProofProgress = BuildProgress | CompareResult | WeedResult

export type ProofAnswer =
  | { type: 'progress'; progress: ProofProgress }
  | { type: 'built'; result: BuildResult }
  | { type: 'compared'; result: CompareResult }
  | { type: 'weeded'; result: WeedResult }
  | { type: 'failed'; code: string | null; message: string }

const early = new EarlyLook()

function answer(message: ProofAnswer): void {
  parentPort?.postMessage(message)
}

function work(message: ProofRequest): void {
  const onProgress = (progress: ProofProgress) => answer({ type: 'progress', progress })
  if (message.type === 'look') early.look(message.root, message.paths)
  else if (message.type === 'build') {
    answer({ type: 'built', result: buildListings(message.request, early.files, onProgress) })
  } else if (message.type === 'compare') {
    answer({ type: 'compared', result: compareTree(message.request, onProgress) })
  } else if (message.type === 'part') answer({ type: 'weeded', result: partTwins(message.request) })
  else answer({ type: 'weeded', result: weedPartial(message.request, onProgress) })
}

if (parentPort && workerData === 'holdfast-proof') {
  parentPort.on('message', (message: ProofRequest) => {
    try {
      work(message)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? null
      answer({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) })
    }
  })
}
