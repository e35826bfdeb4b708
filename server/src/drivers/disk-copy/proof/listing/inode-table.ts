const EMPTY = -1
/** Numbers above are not exact; no file system here counts so far, but one could. */
const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER)

/** Numbers by inode, in twelve bytes each at best: a million files must not take the memory of a million objects. */
export class InodeTable {
  #keys = new Float64Array(1024).fill(EMPTY)
  #values = new Uint32Array(1024)
  #count = 0
  readonly #beyond = new Map<bigint, number>()

  get(inode: bigint): number | undefined {
    if (inode > MAX_EXACT) return this.#beyond.get(inode)
    const slot = this.#slotOf(Number(inode))
    return this.#keys[slot] === EMPTY ? undefined : this.#values[slot]
  }

  /** `value` is below 2^32. */
  set(inode: bigint, value: number): void {
    if (inode > MAX_EXACT) {
      this.#beyond.set(inode, value)
      return
    }
    if (this.#count * 3 > this.#keys.length * 2) this.#grow()
    this.#put(Number(inode), value)
  }

  #put(key: number, value: number): void {
    const slot = this.#slotOf(key)
    if (this.#keys[slot] === EMPTY) this.#count += 1
    this.#keys[slot] = key
    this.#values[slot] = value
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY)
    this.#values = new Uint32Array(keys.length * 2)
    this.#count = 0
    for (const [slot, key] of keys.entries()) if (key !== EMPTY) this.#put(key, values[slot] ?? 0)
  }

  /** Where a key is or belongs: neighbours in number lie apart, so that they do not queue behind each other. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let slot = Math.imul((key ^ (key / 2 ** 32)) | 0, 0x9e3779b1) >>> 0
    for (slot &= mask; this.#keys[slot] !== EMPTY && this.#keys[slot] !== key; ) slot = (slot + 1) & mask
    return slot
  }
}
