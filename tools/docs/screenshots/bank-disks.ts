import { BareDisk } from '../../lab/bare-disk.ts'
import { BANK_DISKS } from './firm.ts'

const SIZE_MB = 900

/** The disks that the firm carries to the bank, none of them plugged in. */
export class BankDisks implements AsyncDisposable {
  readonly #disks = new Map<string, BareDisk>()

  static async make(): Promise<BankDisks> {
    const bank = new BankDisks()
    for (const { label, uuid } of BANK_DISKS) {
      const disk = await BareDisk.create({ type: 'ext4', sizeMb: SIZE_MB, with: ['-U', uuid] })
      bank.#disks.set(label, disk)
      await disk.unplug()
    }
    return bank
  }

  plugIn(label: string): Promise<void> {
    return this.#called(label).plugIn()
  }

  unplug(label: string): Promise<void> {
    return this.#called(label).unplug()
  }

  #called(label: string): BareDisk {
    const disk = this.#disks.get(label)
    if (!disk) throw new Error(`the firm has no disk ${label}`)
    return disk
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const disk of this.#disks.values()) await disk[Symbol.asyncDispose]()
  }
}
