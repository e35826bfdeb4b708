import { CmdbuildLab } from '../../lab/cmdbuild/cmdbuild-lab.ts'
import { generatedEstate, OFFICE_NOW, type VeeamEstate, VeeamLab } from '../../lab/veeam/veeam-lab.ts'
import { Worker } from './worker.ts'
import type { WorkAnswer, WorkRequest } from './working.ts'

export interface Size {
  readonly machines: number
  readonly backups: number
}

/** A run with all that it took on both sides. */
export interface Measured extends WorkAnswer {
  readonly veeamCalls: number
  readonly cmdbReads: number
  readonly cmdbWrites: number
}

/** Two servers in this process, and jobs between them, each in a process of its own. */
export class Stage implements AsyncDisposable {
  readonly veeam: VeeamLab
  readonly cmdb: CmdbuildLab

  private constructor(veeam: VeeamLab, cmdb: CmdbuildLab) {
    this.veeam = veeam
    this.cmdb = cmdb
  }

  /** The CMDB is the one that the product ships, prepared as the job asks for, and without cards. */
  static async start(size: Size): Promise<Stage> {
    const stage = new Stage(
      await VeeamLab.start({ estate: generatedEstate({ ...size, restorePoints: 2 }) }),
      await CmdbuildLab.start(),
    )
    await using worker = new Worker()
    await worker.work(stage.request('prepare'))
    return stage
  }

  request(operation: WorkRequest['operation']): WorkRequest {
    const { url, user, password } = this.cmdb
    const veeam = { url: this.veeam.url, user: this.veeam.user, password: this.veeam.password }
    return { operation, veeam, cmdb: { url, user, password }, now: OFFICE_NOW.toISOString() }
  }

  async run(worker: Worker): Promise<Measured> {
    this.veeam.forgetRequests()
    this.cmdb.forgetRequests()
    const answer = await worker.work(this.request('run'))
    const { writeRequests } = this.cmdb
    return {
      ...answer,
      veeamCalls: this.veeam.requests.length,
      cmdbReads: this.cmdb.requests.length - writeRequests,
      cmdbWrites: writeRequests,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.veeam[Symbol.asyncDispose]()
    await this.cmdb[Symbol.asyncDispose]()
  }
}

/** So many machines are saved once more, half an hour before now, and lose their oldest restore points for it. */
export function saveAgain({ restorePoints }: VeeamEstate, machines: number): void {
  const creationTime = new Date(OFFICE_NOW.getTime() - 1_800_000).toISOString()
  // Of each day in the same order, the newest day first.
  restorePoints.splice(restorePoints.length / 2, machines)
  const points = restorePoints.slice(0, machines)
  restorePoints.unshift(
    ...points.map((point) => ({ ...point, id: point.id.replace(/^0/, '9'), creationTime })),
  )
}
